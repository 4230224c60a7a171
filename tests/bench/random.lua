-- Asks for addresses at random, one per line of the file that is named after "--".

local requests = {}

function init(args)
   math.randomseed(os.time())
   for address in io.lines(args[1]) do
      requests[#requests + 1] = wrk.format("GET", address)
   end
end

function request()
   return requests[math.random(#requests)]
end
