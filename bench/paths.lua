-- For wrk: asks for the paths in a file, one after the other, each thread and connection further on than the last.
-- Called as: wrk -s bench/paths.lua URL -- FILE START; it ends with one line of figures that bench/load.py reads.

local threads = 0

function setup(thread)
    thread:set("mine", threads)
    threads = threads + 1
end

function init(args)
    paths = {}
    for line in io.lines(args[1]) do
        paths[#paths + 1] = line
    end
    at = tonumber(args[2]) + math.floor(mine * #paths / 2)
end

function request()
    at = at + 1
    return wrk.format("GET", paths[at % #paths + 1])
end

function done(summary, latency, requests)
    local e = summary.errors
    print(string.format(
        "figures %d %d %d %d %d",
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(95),
        e.connect + e.read + e.write + e.status + e.timeout))
end
