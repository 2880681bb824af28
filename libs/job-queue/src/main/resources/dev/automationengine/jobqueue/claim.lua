-- Leases ready jobs to a worker: the organization with the least virtual time goes first, takes up to a quantum, pays
-- with virtual time, and goes back onto the ring.
-- ARGV: 4 worker, 5 most jobs, 6 lease (ms), 7 quantum
-- Output: empty, or the end of the leases (ms), then per job 8 values: id, organization, fence, attempt,
--   rescued (0 or 1), rescues, limit key (empty: none), payload
local worker, max, expires, quantum = ARGV[4], tonumber(ARGV[5]), now + ARGV[6], tonumber(ARGV[7])
local out, claimed, gone = {string.format('%.0f', expires)}, 0, 0

-- The clock keeps the fence growing even if Redis has lost its last moments (append-only file, failover) and counts
-- again from an older number: a holder from before can not have the same one.
local function next_fence(fence)
  return string.format('%.0f', math.max(fence + 1, now))
end

-- Leases up to `take` jobs; gives the number that left the ready set.
local function lease(org, take)
  local popped = redis.call('ZPOPMIN', READY .. org, take)
  local leases = {}
  for i = 1, #popped, 2 do
    local id = popped[i]
    local job = JOB .. id
    local v = redis.call('HMGET', job, 'fence', 'attempt', 'rescued', 'rescues', 'limit', 'payload')
    if v[1] then
      local fence = next_fence(v[1])
      redis.call('HSET', job, 'fence', fence, 'worker', worker)
      leases[#leases + 1] = expires
      leases[#leases + 1] = id
      local o = #out
      out[o + 1], out[o + 2], out[o + 3], out[o + 4], out[o + 5], out[o + 6], out[o + 7], out[o + 8] =
        id, org, fence, v[2], v[3], v[4] or '0', v[5] or '', v[6]
    end
  end
  if #leases > 0 then
    redis.call('ZADD', LEASES, unpack(leases))
    redis.call('HINCRBY', ACTIVE, org, #leases / 2)
    claimed = claimed + #leases / 2
  end
  return #popped / 2
end

while claimed < max do
  local head = redis.call('ZPOPMIN', RING)
  local org = head[1]
  if not org then break end
  clock = tonumber(head[2])
  local room = room_of(org)
  local take = math.min(quantum, max - claimed, room)
  local n = take > 0 and lease(org, take) or 0
  gone = gone + n
  if n > 0 and n == take and room > n and redis.call('EXISTS', READY .. org) == 1 then
    redis.call('ZADD', RING, clock + n, org)
  else
    redis.call('ZADD', VT, clock + n, org)
  end
end

if not clock then return {} end
redis.call('HSET', META, 'clock', clock)
count_ready(-gone)
-- What lies behind the clock says nothing any more. With nobody waiting nobody was overtaken: all start equal again,
-- and an organization that has gone leaves nothing behind.
if redis.call('EXISTS', RING) == 0 then
  redis.call('DEL', VT)
else
  redis.call('ZREMRANGEBYSCORE', VT, '-inf', clock)
end
return claimed > 0 and out or {}
