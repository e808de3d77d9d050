"""The planning answer on paper, as somebody waits for it: question, answer, map, page.

``GIS_BENCH_PARCELS`` is the size; the target holds for 500,000.
"""

import time
from http.client import HTTPConnection
from statistics import median, quantiles
from urllib.parse import urlsplit

from tests.bench.city import bench_city
from tests.bench.load import NoFigure
from tests.bench.options import read_options
from tests.bench.questions import Here
from tests.bench.registry import Result, benchmark
from tests.support.server import RunningServer

_EXTRACTS = 60
_MOST_SECONDS = 1.0


@benchmark("extract: one PDF/A-2b of a parcel")
def measure() -> Result:
    """The 95th percentile over parcels drawn at random, one after another."""
    options = read_options()
    with bench_city(options.folder, options.parcels) as city:
        places = [place for place in city.samples.here if isinstance(place, Here)][: _EXTRACTS + 1]
        quiet = city.settings.model_copy(update={"run_jobs": False})
        with RunningServer(quiet, city.places) as server:
            connection = HTTPConnection(urlsplit(server.url).netloc, timeout=60)
            # The first makes the fonts ready; each process does so once.
            took, sizes = zip(*(_asked(connection, place) for place in places), strict=True)
            connection.close()
    slow = quantiles(took[1:], n=20)[-1]
    verdict = "met" if slow <= _MOST_SECONDS else "**not met**"
    told = f"median {median(took[1:]):.2f} s, first {took[0]:.2f} s, {median(sizes) / 1000:.0f} kB"
    return Result(slow, "s, 95th percentile", f"({told}; target at most {_MOST_SECONDS:g}: {verdict})")


def _asked(connection: HTTPConnection, place: Here) -> tuple[float, int]:
    began = time.perf_counter()
    connection.request("GET", f"/api/planning/extract.pdf?point={place.lon:.8f},{place.lat:.8f}")
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise NoFigure(f"an extract was answered {answer.status}: {body[:200]!r}")
    return time.perf_counter() - began, len(body)
