-- Each request asks for another service's times, so that none can be answered with what another one brought.
local MANY, FIRST = 4096, 1220000101
local requests, at, threads = {}, 0, 0

function setup(thread)
  thread:set("first", FIRST + threads * MANY)
  threads = threads + 1
end

function init(args)
  for n = 1, MANY do requests[n] = wrk.format("GET", args[1] .. (first + n) .. args[2]) end
end

function request()
  at = at % MANY + 1
  return requests[at]
end
