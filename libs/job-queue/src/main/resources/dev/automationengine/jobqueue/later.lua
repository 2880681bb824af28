-- Gives jobs up until later: retry ends the attempt, defer does not charge it.
-- ARGV: 4 attempts charged per job (1 retry, 0 defer), 5.. per job 3 values: id, fence, due (ms)
-- Output: ids that the caller does not hold any more
local charged = tonumber(ARGV[4])
local stale, ready, by_org = {}, 0, {}
for i = 5, #ARGV, 3 do
  local id, due = ARGV[i], tonumber(ARGV[i + 2])
  local job = JOB .. id
  local v = redis.call('HMGET', job, 'fence', 'org', 'rank')
  if v[1] == ARGV[i + 1] then
    local org = v[2]
    redis.call('HINCRBY', job, 'fence', 1)
    if charged > 0 then
      redis.call('HINCRBY', job, 'attempt', charged)
      -- The outcome of the attempt is known: nothing is in doubt any more.
      redis.call('HSET', job, 'rescued', 0)
    end
    redis.call('ZREM', LEASES, id)
    if due > now then
      redis.call('ZADD', DELAYED, due, id)
    else
      local rank = math.floor(v[3] / PLACES) * PLACES + redis.call('HINCRBY', META, 'seq', 1)
      redis.call('HSET', job, 'rank', rank)
      redis.call('ZADD', READY .. org, rank, id)
      ready = ready + 1
    end
    by_org[org] = (by_org[org] or 0) + 1
  else
    stale[#stale + 1] = id
  end
end
count_ready(ready)
for org, n in pairs(by_org) do
  gave_back(org, n)
  ring(org)
end
announce()
return stale
