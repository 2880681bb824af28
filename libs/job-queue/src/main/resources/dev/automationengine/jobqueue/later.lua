-- Gives jobs up until later: retry ends the attempt, defer does not charge it.
-- ARGV: 4 attempts charged per job (1 retry, 0 defer), 5.. per job 3 values: id, fence, due (ms)
-- Output: ids that the caller does not hold any more
local charged = tonumber(ARGV[4])
local stale, gone, delayed, by_org = {}, {}, {}, {}
local ids, held = named(5, 3)
for i, id in ipairs(ids) do
  local job, due = JOB .. id, tonumber(ARGV[4 + 3 * i])
  local v = held[i] and redis.call('HMGET', job, 'org', 'rank', 'limit', 'attempt')
  if v and v[1] then
    -- The next claim's fence is higher than that of the holder.
    redis.call('HSET', job, 'fence', ARGV[3 + 3 * i])
    if charged > 0 then
      -- The outcome of the attempt is known: nothing is in doubt any more.
      redis.call('HSET', job, 'attempt', (v[4] or 1) + charged, 'rescued', 0)
    end
    if due > now then
      delayed[#delayed + 1] = due
      delayed[#delayed + 1] = id
    else
      local rank = math.floor(v[2] / PLACES) * PLACES + redis.call('HINCRBY', META, 'seq', 1)
      redis.call('HSET', job, 'rank', rank)
      arrive(v[1], id, rank, v[3])
    end
    by_org[v[1]] = (by_org[v[1]] or 0) + 1
    gone[#gone + 1] = id
  else
    stale[#stale + 1] = id
  end
end
if #gone == 0 then return stale end
redis.call('ZREM', LEASES, unpack(gone))
redis.call('HDEL', HOLDERS, unpack(gone))
if #delayed > 0 then redis.call('ZADD', DELAYED, unpack(delayed)) end
for org, n in pairs(by_org) do gave_back(org, n) end
take_in()
for org in pairs(by_org) do ring(org) end
announce()
return stale
