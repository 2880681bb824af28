-- Makes jobs ready again whose leases have ended, in their old places. Raising the fence here, not only at the next
-- claim, refuses a holder that wakes up in between.
-- ARGV: 4 most jobs
-- Output: per job 2 values: id, organization
local ended = redis.call('ZRANGEBYSCORE', LEASES, '-inf', now, 'LIMIT', 0, ARGV[4])
if #ended == 0 then return ended end
local out, by_org = {}, {}
for _, id in ipairs(ended) do
  local job = JOB .. id
  local v = redis.call('HMGET', job, 'org', 'rank')
  -- A job that is gone (evicted, deleted by hand) must not stop the others.
  if v[1] then
    redis.call('HINCRBY', job, 'fence', 1)
    redis.call('HINCRBY', job, 'rescues', 1)
    redis.call('HSET', job, 'rescued', 1)
    redis.call('ZADD', READY .. v[1], v[2], id)
    by_org[v[1]] = (by_org[v[1]] or 0) + 1
    out[#out + 1] = id
    out[#out + 1] = v[1]
  end
end
redis.call('ZREM', LEASES, unpack(ended))
count_ready(#out / 2)
for org, n in pairs(by_org) do
  gave_back(org, n)
  ring(org)
end
announce()
return out
