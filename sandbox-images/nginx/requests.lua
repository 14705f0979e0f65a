-- What happens to each request besides being proxied: it is counted, turned away when too many are held, and
-- a failure carries its cause. The site calls these functions in nginx's phases of the same purpose.
local clock = require 'clock'
local ledger = require 'ledger'

local requests = {}

-- Set by `start`:
--   node         this node's id
--   connections  requests held at once
--   routed       whether a server is linked
--   bounds       upper bounds of the latency buckets in seconds, as the texts that metrics show
--   headers      names of the headers for a failure's cause and for the node where it failed
--   metrics      names of the metrics
requests.settings = nil

local bounds = {}

function requests.start(settings)
  requests.settings = settings
  for place, text in ipairs(settings.bounds) do bounds[place] = tonumber(text) end
end

-- The mark tells the program `configure` that this configuration is in force.
function requests.begin_worker()
  ledger.forget_the_dead()
  assert(io.open('/run/devops/in-force', 'w')):close()
end

local function refuse(cause)
  ngx.ctx.cause = cause
  ngx.exit(ngx.HTTP_SERVICE_UNAVAILABLE)
end

-- Phase rewrite: the request is here.
function requests.arrive()
  local settings = requests.settings
  ngx.ctx.arrived = clock.now()
  if ledger.enter() > settings.connections then return refuse 'queue-full' end
  if not settings.routed then return refuse 'no-route' end
end

local function tell_cause(cause, node)
  ngx.header[requests.settings.headers.cause] = cause
  ngx.header[requests.settings.headers.node] = node
end

-- Phase header filter: an answer leaves. What a server said about its failure is passed on; nginx itself speaks
-- when it was the one that refused, or when no server answered.
function requests.answer()
  local context = ngx.ctx
  if ngx.status < 400 or not context.arrived then return end
  if context.cause then return tell_cause(context.cause, requests.settings.node) end
  context.cause = 'dependency-failed'
  if ngx.header[requests.settings.headers.cause] then return end
  local timed_out = ngx.status == ngx.HTTP_GATEWAY_TIMEOUT and tonumber(ngx.var.upstream_connect_time)
  tell_cause(timed_out and 'time-out' or 'node-down', ngx.var.upstream_node)
end

-- The place of the first bucket that holds the value; one past the last for the overflow.
local function bucket_of(seconds)
  local low, high = 1, #bounds + 1
  while low < high do
    local middle = math.floor((low + high) / 2)
    if seconds <= bounds[middle] then high = middle else low = middle + 1 end
  end
  return low
end

-- Phase log: the request is over, answered or given up by its client (status 499).
function requests.leave()
  local context = ngx.ctx
  if not context.arrived then return end
  ledger.leave()
  local cause = ngx.status == 499 and 'time-out' or context.cause
  if cause then
    ledger.add('cause ' .. cause, 1)
    return
  end
  local seconds = clock.now() - context.arrived
  ledger.add('bucket ' .. bucket_of(seconds), 1)
  ledger.add('seconds', seconds)
end

return requests
