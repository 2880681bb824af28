-- Leases ready jobs to a worker: the organization with the least virtual time goes first, takes up to a quantum, pays
-- with virtual time, and goes back onto the ring.
-- ARGV: 4 worker, 5 most jobs, 6 lease (ms), 7 quantum
-- Output: empty, or the end of the leases (ms), then per job 8 values: id, organization, fence, attempt,
--   rescued (0 or 1), rescues, limit key (empty: none), payload
local worker, max, expires, quantum = ARGV[4], tonumber(ARGV[5]), now + ARGV[6], tonumber(ARGV[7])
local out, claimed, gone = {string.format('%.0f', expires)}, 0, 0
local leases, holders, active, served = {}, {}, {}, false

-- Limits are looked at and lanes closed so often in one call: the work of a claim is bounded, whatever the number of
-- an organization's limit keys. What is left is for the next call.
local looks = max + 100

-- Leases the jobs to the worker. The clock keeps the fence growing even if Redis has lost its last moments (append-only
-- file, failover) and counts again from an older number: a holder from before can not have the same one.
local function lease(org, ids)
  for _, id in ipairs(ids) do
    local v = redis.call('HMGET', JOB .. id, 'fence', 'attempt', 'rescued', 'rescues', 'limit', 'payload')
    -- A job that is gone (evicted, deleted by hand) must not stop the others.
    if v[6] then
      local fence = string.format('%.0f', math.max((v[1] or 0) + 1, now))
      local o, n = #out, claimed * 2
      leases[n + 1], leases[n + 2], holders[n + 1], holders[n + 2] = expires, id, id, fence .. ' ' .. worker
      out[o + 1], out[o + 2], out[o + 3], out[o + 4] = id, org, fence, v[2] or '1'
      out[o + 5], out[o + 6], out[o + 7], out[o + 8] = v[3] or '0', v[4] or '0', v[5] or '', v[6]
      claimed = claimed + 1
      active[org] = (active[org] or 0) + 1
    end
  end
  gone = gone + #ids
  return #ids
end

local limits_known
-- How many jobs a lane may give now, up to `most`; if none, also when it may again (ms).
local function permitted(lane, most)
  if limits_known == nil then limits_known = redis.call('EXISTS', LIMITS, HOLDS) > 0 end
  if not limits_known then return most end
  local held = tonumber(redis.call('ZSCORE', HOLDS, lane) or 0)
  if held > now then return 0, held end
  local limit = redis.call('HGET', LIMITS, lane)
  if not limit then return most end
  local permits, each = string.match(limit, '^(%d+) (%d+)$')
  -- Whole numbers below 2^53 all the way: nothing is lost to rounding.
  local used = math.max(now * 1000, tonumber(redis.call('ZSCORE', USED, lane) or 0))
  local free = math.min(most, math.floor((now * 1000 + permits * each - used) / each))
  if free < 1 then return 0, math.ceil((used - (permits - 1) * each) / 1000) end
  return free, nil, used, tonumber(each)
end

-- It is the turn of a lane: leases from it what may go before `next_rank`, and puts it where it belongs then.
local function from_lane(org, limit, most, next_rank)
  local lane = org .. ' ' .. limit
  local free, opens, used, each = permitted(lane, most)
  looks = looks - 1
  if free == 0 then
    redis.call('ZADD', CLOSED, opens, lane)
    return 0
  end
  local ids = redis.call('ZRANGEBYSCORE', LANE .. lane, '-inf', next_rank, 'LIMIT', 0, free)
  if #ids > 0 then redis.call('ZREM', LANE .. lane, unpack(ids)) end
  if used then redis.call('ZADD', USED, used + #ids * each, lane) end
  local head = redis.call('ZRANGE', LANE .. lane, 0, 0, 'WITHSCORES')
  if head[1] then redis.call('ZADD', READY .. org, head[2], '@' .. limit) end
  return lease(org, ids)
end

-- Leases up to `most` jobs of an organization, in the order of their ranks; gives the number that left.
local function take(org, most)
  local taken = 0
  while taken < most and looks > 0 do
    local popped = redis.call('ZPOPMIN', READY .. org, most - taken)
    local ids, at = {}, 1
    while popped[at] and string.sub(popped[at], 1, 1) ~= '@' do
      ids[#ids + 1] = popped[at]
      at = at + 2
    end
    taken = taken + lease(org, ids)
    if not popped[at] then return taken end
    -- What was popped behind the lane goes back: jobs of the lane may come before it.
    if popped[at + 2] then
      local back = {}
      for i = at + 2, #popped, 2 do back[#back + 1], back[#back + 2] = popped[i + 1], popped[i] end
      redis.call('ZADD', READY .. org, unpack(back))
    end
    local following = popped[at + 3] or redis.call('ZRANGE', READY .. org, 0, 0, 'WITHSCORES')[2]
    taken = taken + from_lane(org, string.sub(popped[at], 2), most - taken, following or '+inf')
  end
  return taken
end

open_lanes(100)
while claimed < max and looks > 0 do
  local head = redis.call('ZPOPMIN', RING)
  local org = head[1]
  if not org then break end
  clock, served = tonumber(head[2]), true
  local room = room_of(org) - (active[org] or 0)
  local most = math.min(quantum, max - claimed, room)
  local n = most > 0 and take(org, most) or 0
  if room > n and (n == most or looks <= 0) and redis.call('EXISTS', READY .. org) == 1 then
    redis.call('ZADD', RING, clock + n, org)
  else
    redis.call('ZADD', VT, clock + n, org)
  end
end

if not served then return {} end
if claimed > 0 then
  redis.call('ZADD', LEASES, unpack(leases))
  redis.call('HSET', HOLDERS, unpack(holders))
  for org, n in pairs(active) do redis.call('HINCRBY', ACTIVE, org, n) end
end
redis.call('HSET', META, 'clock', clock)
count_ready(-gone)
-- What lies behind the clock says nothing any more. With nobody waiting nobody was overtaken: all start equal again,
-- and an organization that has gone leaves nothing behind.
if redis.call('EXISTS', RING) == 0 then
  redis.call('DEL', VT)
else
  redis.call('ZREMRANGEBYSCORE', VT, '-inf', clock)
  announce()
end
return claimed > 0 and out or {}
