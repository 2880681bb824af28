-- Gives permits of one caller: of all its limits, or of none.
--
-- KEYS: 1 HASH  window -> number of the window that the counts are of; NAME:SUBJECT -> permits given in it
-- ARGV: 1 now (ms), empty: the clock of Redis; 2 length of a window (ms); 3 permits that are needed at once;
--       4 permits that are wanted, as many or more; 5 permits that passed without asking; then for each limit:
--       6 its field, 7 the permits of a window
-- Gives: permits given (0: a limit is reached), ms until the window ends, then what remains of each limit.
local KEY = KEYS[1]
-- Nobody gets more than this part of what remains ahead of need: others may need it, and what is not used is lost.
local PART = 20

local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local length, needed, wanted, owed = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local number = math.floor(now / length)
local window = string.format('%.0f', number)
local left = (number + 1) * length - now

if redis.call('HGET', KEY, 'window') ~= window then
  redis.call('DEL', KEY)
  redis.call('HSET', KEY, 'window', window)
  redis.call('PEXPIRE', KEY, left)
end

local given = wanted
local remaining = {}
for i = 6, #ARGV, 2 do
  local count = tonumber(redis.call('HGET', KEY, ARGV[i]) or 0) + owed
  local rest = math.max(0, tonumber(ARGV[i + 1]) - count)
  given = math.min(given, rest, math.max(needed, math.floor(rest / PART)))
  remaining[#remaining + 1] = rest
end

local output = {given, left}
for i = 6, #ARGV, 2 do
  if owed + given > 0 then redis.call('HINCRBY', KEY, ARGV[i], owed + given) end
  output[#output + 1] = remaining[(i - 4) / 2] - given
end
return output
