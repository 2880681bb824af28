-- Adds jobs.
-- ARGV: 4.. per job 9 values: organization, id, priority, due (ms; 0: at once), attempt, fence floor,
--   rescued (0 or 1), limit key (empty: none), payload
-- Output: number of jobs added
--
-- An id that is known, or was completed a short while ago, is left out: a dispatcher that dies after the enqueue and
-- before it commits its offset reads the same message again and sends the same jobs again. By then a fast worker may
-- have completed them, so it is not enough to look at the jobs that are still here.
local FIELDS = 9
local jobs = (#ARGV - 3) / FIELDS
local place = redis.call('HINCRBY', META, 'seq', jobs) - jobs
local added, ready, orgs = 0, 0, {}
for i = 4, #ARGV, FIELDS do
  local org, id, due = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 3])
  local job = JOB .. id
  if redis.call('EXISTS', job) == 0 and not redis.call('ZSCORE', DONE, id) then
    place = place + 1
    local rank = ARGV[i + 2] * PLACES + place
    redis.call('HSET', job, 'org', org, 'rank', rank, 'attempt', ARGV[i + 4], 'fence', ARGV[i + 5],
      'rescued', ARGV[i + 6], 'payload', ARGV[i + 8])
    if ARGV[i + 7] ~= '' then redis.call('HSET', job, 'limit', ARGV[i + 7]) end
    if due > now then
      redis.call('ZADD', DELAYED, due, id)
    else
      redis.call('ZADD', READY .. org, rank, id)
      orgs[org] = true
      ready = ready + 1
    end
    added = added + 1
  end
end
count_ready(ready)
for org in pairs(orgs) do ring(org) end
announce()
return added
