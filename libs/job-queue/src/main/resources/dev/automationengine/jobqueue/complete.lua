-- Ends jobs for good and remembers their ids for a while.
-- ARGV: 4 most ids remembered, 5.. per job 3 values: id, fence, organization
-- Output: ids that the caller does not hold any more
local stale, ids, hashes, done, by_org = {}, {}, {}, {}, {}
local all, held = named(5, 3)
for i, id in ipairs(all) do
  if held[i] then
    local n = #ids
    ids[n + 1], hashes[n + 1] = id, JOB .. id
    done[2 * n + 1], done[2 * n + 2] = now, id
    local org = ARGV[4 + 3 * i]
    by_org[org] = (by_org[org] or 0) + 1
  else
    stale[#stale + 1] = id
  end
end
if #ids == 0 then return stale end
redis.call('DEL', unpack(hashes))
redis.call('ZREM', LEASES, unpack(ids))
redis.call('HDEL', HOLDERS, unpack(ids))
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
