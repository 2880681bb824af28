-- Ends an attempt; the job waits for the next one.
-- ARGV: 4 id, 5 fence, 6 due (ms)
-- Output: 1, or 0 if the caller does not hold the job any more
local id, due = ARGV[4], tonumber(ARGV[6])
local job = JOB .. id
local v = redis.call('HMGET', job, 'fence', 'org', 'rank')
if v[1] ~= ARGV[5] then return 0 end
local org = v[2]
redis.call('HINCRBY', job, 'fence', 1)
redis.call('HINCRBY', job, 'attempt', 1)
-- The outcome of the attempt is known: nothing is in doubt any more.
redis.call('HSET', job, 'rescued', 0)
redis.call('ZREM', LEASES, id)
if due > now then
  redis.call('ZADD', DELAYED, due, id)
else
  local rank = math.floor(v[3] / PLACES) * PLACES + redis.call('HINCRBY', META, 'seq', 1)
  redis.call('HSET', job, 'rank', rank)
  redis.call('ZADD', READY .. org, rank, id)
  count_ready(1)
end
gave_back(org, 1)
ring(org)
announce()
return 1
