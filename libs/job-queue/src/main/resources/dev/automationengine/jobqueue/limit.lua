-- Sets or removes the rate limit of a lane.
-- ARGV: 4 organization, 5 limit key, 6 permits (0: no limit), 7 microseconds per permit
-- Output: 1
local lane = ARGV[4] .. ' ' .. ARGV[5]
if ARGV[6] == '0' then
  redis.call('HDEL', LIMITS, lane)
  redis.call('ZREM', USED, lane)
else
  redis.call('HSET', LIMITS, lane, ARGV[6] .. ' ' .. ARGV[7])
end
-- What it may give by the new limit is found out when it is its turn.
if redis.call('ZSCORE', CLOSED, lane) then open_lane(lane) end
announce()
return 1
