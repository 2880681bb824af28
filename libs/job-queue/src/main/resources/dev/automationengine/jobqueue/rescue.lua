-- Makes jobs ready again whose leases have ended, in their old places, and refuses their holders from now on.
-- ARGV: 4 most jobs
-- Output: per job 3 values: id, organization, worker that fell silent
local ended = redis.call('ZRANGEBYSCORE', LEASES, '-inf', now, 'LIMIT', 0, ARGV[4])
if #ended == 0 then return ended end
local out, by_org = {}, {}
local holders = redis.call('HMGET', HOLDERS, unpack(ended))
for i, id in ipairs(ended) do
  local job = JOB .. id
  local v = redis.call('HMGET', job, 'org', 'rank', 'limit', 'rescues')
  -- A job that is gone (evicted, deleted by hand) must not stop the others.
  if v[1] then
    local holder = holders[i] or '0 unknown'
    redis.call('HSET', job, 'fence', fence_in(holder), 'rescued', 1, 'rescues', (v[4] or 0) + 1)
    arrive(v[1], id, v[2], v[3])
    by_org[v[1]] = (by_org[v[1]] or 0) + 1
    out[#out + 1] = id
    out[#out + 1] = v[1]
    out[#out + 1] = string.match(holder, '^%d+ (.*)$')
  end
end
redis.call('ZREM', LEASES, unpack(ended))
redis.call('HDEL', HOLDERS, unpack(ended))
for org, n in pairs(by_org) do gave_back(org, n) end
take_in()
announce()
return out
