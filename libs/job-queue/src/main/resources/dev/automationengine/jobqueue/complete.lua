-- Ends jobs for good and remembers their ids for a while.
-- ARGV: 4 most ids remembered, 5.. per job 2 values: id, fence
-- Output: ids that the caller does not hold any more
local stale, ids, done, by_org = {}, {}, {}, {}
for i = 5, #ARGV, 2 do
  local id = ARGV[i]
  local v = redis.call('HMGET', JOB .. id, 'fence', 'org')
  -- by_org must not count a job twice that is named twice.
  if v[1] == ARGV[i + 1] and redis.call('DEL', JOB .. id) == 1 then
    ids[#ids + 1] = id
    done[#done + 1] = now
    done[#done + 1] = id
    by_org[v[2]] = (by_org[v[2]] or 0) + 1
  else
    stale[#stale + 1] = id
  end
end
if #ids == 0 then return stale end
redis.call('ZREM', LEASES, unpack(ids))
redis.call('ZADD', DONE, unpack(done))
local surplus = redis.call('ZCARD', DONE) - ARGV[4]
if surplus > 0 then redis.call('ZREMRANGEBYRANK', DONE, 0, surplus - 1) end
for org, n in pairs(by_org) do
  gave_back(org, n)
  -- Only a cap can keep an organization with ready jobs off the ring.
  if caps_exist() then ring(org) end
end
announce()
return stale
