-- Makes delayed jobs ready whose time has come, and forgets old completions.
-- ARGV: 4 most jobs, 5 how long completions are remembered (ms)
-- Output: number of jobs, when the next one is due (ms, -1: none), how late the latest one was (ms)
redis.call('ZREMRANGEBYSCORE', DONE, '-inf', now - ARGV[5])
local due = redis.call('ZRANGEBYSCORE', DELAYED, '-inf', now, 'WITHSCORES', 'LIMIT', 0, ARGV[4])
local jobs, orgs = 0, {}
if #due > 0 then
  -- They go behind what is ready already, in the order in which they are due: a new place for each.
  local place = redis.call('HINCRBY', META, 'seq', #due / 2) - #due / 2
  for i = 1, #due, 2 do
    local id = due[i]
    local job = JOB .. id
    local v = redis.call('HMGET', job, 'org', 'rank')
    redis.call('ZREM', DELAYED, id)
    -- A job that is gone (evicted, deleted by hand) must not stop the others.
    if v[1] then
      place = place + 1
      local rank = math.floor(v[2] / PLACES) * PLACES + place
      redis.call('HSET', job, 'rank', rank)
      redis.call('ZADD', READY .. v[1], rank, id)
      orgs[v[1]] = true
      jobs = jobs + 1
    end
  end
  count_ready(jobs)
  for org in pairs(orgs) do ring(org) end
  announce()
elseif redis.call('EXISTS', RING, LEASES, DELAYED) == 0
    and tonumber(redis.call('HGET', META, 'ready') or 0) == 0 then
  -- An empty shard counts from zero again, and leaves nothing behind.
  redis.call('DEL', META, VT)
end
local next_due = redis.call('ZRANGE', DELAYED, 0, 0, 'WITHSCORES')[2]
return {jobs, tonumber(next_due or -1), jobs > 0 and now - due[2] or 0}
