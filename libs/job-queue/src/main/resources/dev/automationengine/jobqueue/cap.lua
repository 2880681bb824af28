-- Limits how many jobs of an organization may be leased at the same time.
-- ARGV: 4 organization, 5 most leased jobs, -1: no limit
-- Output: 1
local org = ARGV[4]
if ARGV[5] == '-1' then
  redis.call('HDEL', CAPS, org)
else
  redis.call('HSET', CAPS, org, ARGV[5])
end
-- More room may let it onto the ring; less is noticed by the claim that takes it off.
ring(org)
announce()
return 1
