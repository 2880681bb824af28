-- Gives jobs back that were not worked on: they take their old places, and no attempt is charged. A job that was
-- rescued stays so: its holder has not found out what the one before did.
-- ARGV: 4.. per job 2 values: id, fence
-- Output: number of jobs given back
local released, by_org = 0, {}
for i = 4, #ARGV, 2 do
  local id = ARGV[i]
  local job = JOB .. id
  local v = redis.call('HMGET', job, 'fence', 'org', 'rank')
  if v[1] == ARGV[i + 1] then
    redis.call('HINCRBY', job, 'fence', 1)
    redis.call('ZREM', LEASES, id)
    redis.call('ZADD', READY .. v[2], v[3], id)
    by_org[v[2]] = (by_org[v[2]] or 0) + 1
    released = released + 1
  end
end
count_ready(released)
for org, n in pairs(by_org) do
  gave_back(org, n)
  ring(org)
end
announce()
return released
