-- Tells Prometheus what the ledger holds, under the names that the site's settings give.
local ledger = require 'ledger'
local requests = require 'requests'

local metrics = {}

local CAUSES = { 'queue-full', 'time-out', 'no-route', 'dependency-failed' }

-- CPU time of the whole container in seconds: cgroup version 2 tells microseconds, version 1 nanoseconds.
local function cpu_seconds()
  local file = io.open '/sys/fs/cgroup/cpu.stat'
  local used = file and file:read('*a'):match 'usage_usec (%d+)'
  if file then file:close() end
  if used then return tonumber(used) / 1e6 end
  file = assert(io.open '/sys/fs/cgroup/cpuacct/cpuacct.usage')
  used = file:read '*n'
  file:close()
  return used / 1e9
end

-- Calls back with each bucket's bound and the number of values up to it, and answers the number of all.
local function each_bucket(bounds, callback)
  local count = 0
  for place, bound in ipairs(bounds) do
    count = count + ledger.read('bucket ' .. place)
    callback(bound, count)
  end
  return count + ledger.read('bucket ' .. #bounds + 1)
end

-- Writes the answer to a scrape.
function metrics.tell()
  local settings = requests.settings
  local names = settings.metrics
  local lines = {}
  local function line(name, labels, value)
    lines[#lines + 1] = string.format('%s%s %.17g\n', name, labels, value)
  end
  local function begin(name, type)
    lines[#lines + 1] = '# TYPE ' .. name .. ' ' .. type .. '\n'
  end

  begin(names.received, 'counter')
  line(names.received, '', ledger.read 'received')
  begin(names.duration, 'histogram')
  local count = each_bucket(settings.bounds, function(bound, values)
    line(names.duration, '_bucket{le="' .. bound .. '"}', values)
  end)
  line(names.duration, '_bucket{le="+Inf"}', count)
  line(names.duration, '_sum', ledger.read 'seconds')
  line(names.duration, '_count', count)
  begin(names.errors, 'counter')
  for _, cause in ipairs(CAUSES) do
    line(names.errors, '{cause="' .. cause .. '"}', ledger.read('cause ' .. cause))
  end
  begin(names.inFlight, 'gauge')
  line(names.inFlight, '', ledger.read 'held')
  begin(names.inFlightPeak, 'gauge')
  line(names.inFlightPeak, '', ledger.take_peak())
  begin(names.cpu, 'counter')
  line(names.cpu, '', cpu_seconds())
  ngx.header.content_type = 'text/plain; version=0.0.4'
  ngx.print(lines)
end

return metrics
