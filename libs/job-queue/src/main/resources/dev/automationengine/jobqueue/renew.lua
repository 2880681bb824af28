-- Extends leases.
-- ARGV: 4 lease (ms), 5.. per job 2 values: id, fence
-- Output: 'id fence' of what the caller does not hold any more. The id alone would not do: a worker that lost a job may
-- have claimed it again, and then holds it by one fence and not by the other.
local expires = now + ARGV[4]
local lost, kept = {}, {}
for i = 5, #ARGV, 2 do
  local id = ARGV[i]
  if redis.call('HGET', JOB .. id, 'fence') == ARGV[i + 1] then
    kept[#kept + 1] = expires
    kept[#kept + 1] = id
  else
    lost[#lost + 1] = id .. ' ' .. ARGV[i + 1]
  end
end
if #kept > 0 then redis.call('ZADD', LEASES, unpack(kept)) end
return lost
