-- Gives jobs back that were not worked on: they take their old places, and no attempt is charged. A job that was
-- rescued stays so: its holder has not found out what the one before did.
-- ARGV: 4.. per job 2 values: id, fence
-- Output: number of jobs given back
local released, by_org = {}, {}
local ids, held = named(4, 2)
for i, id in ipairs(ids) do
  local v = held[i] and redis.call('HMGET', JOB .. id, 'org', 'rank', 'limit')
  if v and v[1] then
    -- The next claim's fence is higher than that of the holder.
    redis.call('HSET', JOB .. id, 'fence', ARGV[3 + 2 * i])
    arrive(v[1], id, v[2], v[3])
    by_org[v[1]] = (by_org[v[1]] or 0) + 1
    released[#released + 1] = id
  end
end
if #released == 0 then return 0 end
redis.call('ZREM', LEASES, unpack(released))
redis.call('HDEL', HOLDERS, unpack(released))
for org, n in pairs(by_org) do gave_back(org, n) end
take_in()
announce()
return #released
