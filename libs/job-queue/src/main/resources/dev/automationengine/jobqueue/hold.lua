-- Holds a lane: no job of it is claimed before a time. A hold that ends later stays.
-- ARGV: 4 organization, 5 limit key, 6 end of the hold (ms)
-- Output: 1
local lane, ends = ARGV[4] .. ' ' .. ARGV[5], tonumber(ARGV[6])
if ends <= now then return 1 end
redis.call('ZADD', HOLDS, 'GT', ends, lane)
redis.call('ZADD', CLOSED, 'XX', 'GT', ends, lane)
return 1
