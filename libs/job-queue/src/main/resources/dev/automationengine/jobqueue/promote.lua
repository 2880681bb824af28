-- Makes delayed jobs ready whose time has come, lets lanes stand in the line again whose limits have room, and forgets
-- old completions, holds that are over and buckets that are full.
-- ARGV: 4 most jobs and most lanes, 5 how long completions are remembered (ms)
-- Output: number of jobs, when the next one is due or the next lane opens (ms, -1: none), how late the latest job was (ms)
redis.call('ZREMRANGEBYSCORE', DONE, '-inf', now - ARGV[5])
redis.call('ZREMRANGEBYSCORE', HOLDS, '-inf', now)
redis.call('ZREMRANGEBYSCORE', USED, '-inf', now * 1000)
open_lanes(ARGV[4])
local due = redis.call('ZRANGEBYSCORE', DELAYED, '-inf', now, 'WITHSCORES', 'LIMIT', 0, ARGV[4])
if #due > 0 then
  -- They go behind what is ready already, in the order in which they are due: a new place for each.
  local place = redis.call('HINCRBY', META, 'seq', #due / 2) - #due / 2
  local ids = {}
  for i = 1, #due, 2 do
    local id = due[i]
    ids[#ids + 1] = id
    local v = redis.call('HMGET', JOB .. id, 'org', 'rank', 'limit')
    -- A job that is gone (evicted, deleted by hand) must not stop the others.
    if v[1] then
      place = place + 1
      local rank = math.floor(v[2] / PLACES) * PLACES + place
      redis.call('HSET', JOB .. id, 'rank', rank)
      arrive(v[1], id, rank, v[3])
    end
  end
  redis.call('ZREM', DELAYED, unpack(ids))
  take_in()
elseif redis.call('EXISTS', RING, LEASES, DELAYED) == 0
    and tonumber(redis.call('HGET', META, 'ready') or 0) == 0 then
  -- An empty shard counts from zero again, and leaves nothing behind.
  redis.call('DEL', META, VT)
end
announce()
local next_due = tonumber(redis.call('ZRANGE', DELAYED, 0, 0, 'WITHSCORES')[2] or math.huge)
local next_lane = tonumber(redis.call('ZRANGE', CLOSED, 0, 0, 'WITHSCORES')[2] or math.huge)
local next = math.min(next_due, next_lane)
return {arrived, next < math.huge and next or -1, arrived > 0 and now - due[2] or 0}
