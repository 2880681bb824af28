-- Put before every script of the job queue: names, the clock, and what the verbs have in common.
--
-- KEYS: all keys of one shard, in the order of QueueKeys.of(shard):
--   1 ring     ZSET  organization -> virtual time: who has ready jobs and room under its cap
--   2 ready:   ZSET  prefix; ready:ORG: job -> rank
--   3 job:     HASH  prefix; job:ID: org, rank, fence, attempt, rescued, rescues (none: 0), limit (none: no limit key),
--                    payload, worker
--   4 leases   ZSET  job -> end of its lease (ms)
--   5 delayed  ZSET  job -> when it is due (ms)
--   6 active   HASH  organization -> leased jobs; no zeros
--   7 vt       ZSET  organization -> virtual time it has used up, while that is ahead of the clock
--   8 caps     HASH  organization -> most leased jobs; only where there is a limit
--   9 done     ZSET  job -> when it was completed (ms)
--  10 meta     HASH  seq (last place given), clock (virtual time), ready (number of ready jobs)
-- ARGV: 1 now (ms), empty: the clock of Redis; 2 channel of the nudges; 3 number of the shard; 4.. of the verb
--
-- rank = priority * 2^40 + place in the line: exact in a double for 2^40 jobs and ten priorities.
-- A fence that is stored equals the one that is given if, and only if, the caller holds the job: claim raises it, and
-- so do release, retry and rescue; complete deletes the job.
local RING, READY, JOB, LEASES, DELAYED = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local ACTIVE, VT, CAPS, DONE, META = KEYS[6], KEYS[7], KEYS[8], KEYS[9], KEYS[10]
local PLACES = 1099511627776

local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

local caps_known
local function caps_exist()
  if caps_known == nil then caps_known = redis.call('EXISTS', CAPS) == 1 end
  return caps_known
end

-- How many more jobs of the organization may be leased.
local function room_of(org)
  local cap = caps_exist() and redis.call('HGET', CAPS, org)
  if not cap then return math.huge end
  return tonumber(cap) - tonumber(redis.call('HGET', ACTIVE, org) or 0)
end

local clock
local announced = false
-- Puts the organization on the ring if it has ready jobs and room. One that comes back starts where it stood, or at
-- the clock if that has passed it: idling earns nothing.
local function ring(org)
  if redis.call('EXISTS', READY .. org) == 0 or room_of(org) <= 0 then return end
  clock = clock or tonumber(redis.call('HGET', META, 'clock') or 0)
  local start = math.max(clock, tonumber(redis.call('ZSCORE', VT, org) or 0))
  if redis.call('ZADD', RING, 'NX', start, org) == 1 then announced = true end
end

-- Tells the workers of this shard, once per script, and only if an organization came onto the ring: while one stays
-- there, the workers that were told keep looking.
local function announce()
  if announced then redis.call('PUBLISH', ARGV[2], ARGV[3]) end
end

local function count_ready(n)
  if n ~= 0 then redis.call('HINCRBY', META, 'ready', n) end
end

-- Books jobs of an organization as not leased any more.
local function gave_back(org, n)
  if redis.call('HINCRBY', ACTIVE, org, -n) <= 0 then redis.call('HDEL', ACTIVE, org) end
end
