-- Adds jobs.
-- ARGV: 4.. per job 9 values: organization, id, priority, due (ms; 0: at once), attempt, fence floor,
--   rescued (0 or 1), limit key (empty: none), payload
-- Output: number of jobs added
--
-- An id that is known, or was completed a short while ago, is left out: a dispatcher that dies after the enqueue and
-- before it commits its offset reads the same message again and sends the same jobs again. By then a fast worker may
-- have completed them, so it is not enough to look at the jobs that are still here.
local FIELDS = 9
local ids, hashes = {}, {}
for i = 5, #ARGV, FIELDS do
  ids[#ids + 1] = ARGV[i]
  hashes[#hashes + 1] = JOB .. ARGV[i]
end
local done = redis.call('ZMSCORE', DONE, unpack(ids))
-- Nearly always none is known; only if one is, each is asked for.
local some_known = redis.call('EXISTS', unpack(hashes)) > 0
local place = redis.call('HINCRBY', META, 'seq', #ids) - #ids
local added, delayed, seen = 0, {}, {}
for n, id in ipairs(ids) do
  local known = done[n] or seen[id] or some_known and redis.call('EXISTS', hashes[n]) == 1
  if not known then
    seen[id] = true
    local at = 4 + (n - 1) * FIELDS
    local org, due, limit = ARGV[at], tonumber(ARGV[at + 3]), ARGV[at + 7]
    place = place + 1
    local rank = ARGV[at + 2] * PLACES + place
    local hash = {'org', org, 'rank', rank, 'payload', ARGV[at + 8]}
    local function unless(default, field, value)
      if value ~= default then hash[#hash + 1], hash[#hash + 2] = field, value end
    end
    unless('1', 'attempt', ARGV[at + 4])
    unless('0', 'fence', ARGV[at + 5])
    unless('0', 'rescued', ARGV[at + 6])
    unless('', 'limit', limit)
    redis.call('HSET', hashes[n], unpack(hash))
    if due > now then
      delayed[#delayed + 1] = due
      delayed[#delayed + 1] = id
    else
      arrive(org, id, rank, limit)
    end
    added = added + 1
  end
end
if #delayed > 0 then redis.call('ZADD', DELAYED, unpack(delayed)) end
take_in()
announce()
return added
