-- Extends leases.
-- ARGV: 4 lease (ms), 5.. per job 2 values: id, fence
-- Output: 'id fence' of what the caller does not hold any more. The id alone would not do: a worker that lost a job may
-- have claimed it again, and then holds it by one fence and not by the other.
local expires = now + ARGV[4]
local lost, kept = {}, {}
local ids, held = named(5, 2)
for i, id in ipairs(ids) do
  if held[i] then
    kept[#kept + 1] = expires
    kept[#kept + 1] = id
  else
    lost[#lost + 1] = id .. ' ' .. ARGV[4 + 2 * i]
  end
end
if #kept > 0 then redis.call('ZADD', LEASES, unpack(kept)) end
return lost
