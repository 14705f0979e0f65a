-- What is counted, in memory that all workers share and that outlives a reload.
local ledger = {}
local shared = ngx.shared.ledger

function ledger.add(name, amount)
  return shared:incr(name, amount, 0)
end

function ledger.read(name)
  return shared:get(name) or 0
end

-- A request came in: answers how many are held now, this one included.
function ledger.enter()
  ledger.add('received', 1)
  ledger.add('held by ' .. ngx.worker.pid(), 1)
  local held = ledger.add('held', 1)
  if held > ledger.read 'peak' then shared:set('peak', held) end
  return held
end

function ledger.leave()
  ledger.add('held by ' .. ngx.worker.pid(), -1)
  ledger.add('held', -1)
end

-- Most held at once since the last call.
function ledger.take_peak()
  local peak = ledger.read 'peak'
  shared:set('peak', ledger.read 'held')
  return peak
end

-- Takes back what workers held that are no more.
function ledger.forget_the_dead()
  for _, name in ipairs(shared:get_keys(0)) do
    local pid = name:match '^held by (%d+)$'
    local process = pid and io.open('/proc/' .. pid .. '/stat')
    if process then
      process:close()
    elseif pid then
      ledger.add('held', -ledger.read(name))
      shared:delete(name)
    end
  end
end

return ledger
