-- Put before every script of the job queue: names, the clock, and what the verbs have in common.
--
-- KEYS: all keys of one shard, in the order of QueueKeys.of(shard):
--   1 ring     ZSET  organization -> virtual time: who has ready jobs and room under its cap
--   2 ready:   ZSET  prefix; ready:ORG: job -> rank, or '@' .. limit key -> rank of the first job of that lane
--   3 job:     HASH  prefix; job:ID: org, rank, payload; where not the default: fence (0), attempt (1), rescued (0),
--                    rescues (0), limit (none)
--   4 leases   ZSET  job -> end of its lease (ms)
--   5 holders  HASH  job -> 'fence worker' of its holder; the same jobs as in leases
--   6 delayed  ZSET  job -> when it is due (ms)
--   7 active   HASH  organization -> leased jobs; no zeros
--   8 vt       ZSET  organization -> virtual time it has used up, while that is ahead of the clock
--   9 caps     HASH  organization -> most leased jobs; only where there is a limit
--  10 lane:    ZSET  prefix; lane:LANE: job -> rank: ready jobs with a limit key. LANE is 'organization key'
--  11 closed   ZSET  lane -> when it may give a job again (ms): has jobs, is not in ready:ORG
--  12 limits   HASH  lane -> 'permits microseconds': a token bucket of so many permits, one more each so many us
--  13 used     ZSET  lane -> when its bucket is full again (us), while that is to come
--  14 holds    ZSET  lane -> nothing goes before (ms), while that is to come
--  15 done     ZSET  job -> when it was completed (ms)
--  16 meta     HASH  seq (last place given), clock (virtual time), ready (number of ready jobs, lanes included)
-- ARGV: 1 now (ms), empty: the clock of Redis; 2 channel of the nudges; 3 number of the shard; 4.. of the verb
--
-- rank = priority * 2^40 + place in the line: exact in a double for 2^40 jobs and ten priorities.
-- The caller holds a job if, and only if, `holders` has the job with the caller's fence.
-- What costs is the number of commands, less what they do: reads and writes of many jobs are one command where they can.
local RING, READY, JOB, LEASES, HOLDERS = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local DELAYED, ACTIVE, VT, CAPS, LANE = KEYS[6], KEYS[7], KEYS[8], KEYS[9], KEYS[10]
local CLOSED, LIMITS, USED, HOLDS, DONE, META = KEYS[11], KEYS[12], KEYS[13], KEYS[14], KEYS[15], KEYS[16]
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

local function fence_in(holder)
  return string.match(holder, '^%d+')
end

-- What the caller names by id and fence: ids[i], and held[i] if it holds that job. A job that is named twice is held
-- once.
local function named(first, step)
  local ids, held, seen = {}, {}, {}
  for i = first, #ARGV, step do ids[#ids + 1] = ARGV[i] end
  if #ids == 0 then return ids, held end
  local holders = redis.call('HMGET', HOLDERS, unpack(ids))
  for i, id in ipairs(ids) do
    held[i] = not seen[id] and holders[i] and fence_in(holders[i]) == ARGV[first + (i - 1) * step + 1]
    if held[i] then seen[id] = true end
  end
  return ids, held
end

-- Jobs that become ready: collected, then added with one command per organization and lane.
local arrivals, arrived = {}, 0
local function arrive(org, id, rank, limit)
  local name = limit and limit ~= '' and org .. ' ' .. limit or org
  local group = arrivals[name]
  if not group then
    group = {org = org, limit = name ~= org and limit, first = math.huge, entries = {}}
    arrivals[name] = group
  end
  rank = tonumber(rank)
  if rank < group.first then group.first = rank end
  local n = #group.entries
  group.entries[n + 1], group.entries[n + 2] = rank, id
  arrived = arrived + 1
end

local function take_in()
  for name, group in pairs(arrivals) do
    redis.call('ZADD', (group.limit and LANE or READY) .. name, unpack(group.entries))
    -- A lane stands in the line where its first job does; while it is closed it does not stand there.
    if group.limit and not redis.call('ZSCORE', CLOSED, name) then
      redis.call('ZADD', READY .. group.org, 'LT', group.first, '@' .. group.limit)
    end
  end
  count_ready(arrived)
  for _, group in pairs(arrivals) do ring(group.org) end
end

-- Lets a lane that was closed stand in the line again; its limit is looked at when it is its turn.
local function open_lane(lane)
  redis.call('ZREM', CLOSED, lane)
  local head = redis.call('ZRANGE', LANE .. lane, 0, 0, 'WITHSCORES')
  if head[1] then
    local org, limit = string.match(lane, '^(%S+) (.*)$')
    redis.call('ZADD', READY .. org, head[2], '@' .. limit)
    ring(org)
  end
end

local function open_lanes(most)
  local due = redis.call('ZRANGEBYSCORE', CLOSED, '-inf', now, 'LIMIT', 0, most)
  for _, lane in ipairs(due) do open_lane(lane) end
end
