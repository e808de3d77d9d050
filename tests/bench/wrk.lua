-- Asks for the addresses of a file one after another, and tells what came of it as one line of JSON.
-- A line is a path, or a path, a tab and the tag to send as If-None-Match.
local texts, place = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    local path, tag = line:match("^([^\t]*)\t(.*)$")
    texts[#texts + 1] = wrk.format("GET", path or line, tag and { ["If-None-Match"] = tag, Host = wrk.headers.Host })
  end
end

function request()
  place = place % #texts + 1
  return texts[place]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"bytes":%d,"p50":%d,"p95":%d,"p99":%d,'
      .. '"refused":%d,"connect":%d,"read":%d,"write":%d,"timeout":%d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(95),
    latency:percentile(99),
    e.status, e.connect, e.read, e.write, e.timeout))
end
