-- A clock finer than nginx's own, which has milliseconds and stands still during an event.
local ffi = require 'ffi'

ffi.cdef [[
  struct devops_time { long seconds; long nanoseconds; };
  int clock_gettime(int clock, struct devops_time *time);
]]

local MONOTONIC = 1
local time = ffi.new 'struct devops_time'

local clock = {}

-- Seconds since some fixed instant, to the nanosecond.
function clock.now()
  ffi.C.clock_gettime(MONOTONIC, time)
  return tonumber(time.seconds) + tonumber(time.nanoseconds) / 1e9
end

return clock
