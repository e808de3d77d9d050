"""Addresses to places: how long a person waits for each, beside the same statement alone.

``GIS_BENCH_PARCELS`` is the size; the target holds for 200,000 addresses, which 250,000 parcels have.
"""

import json
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from statistics import quantiles
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg

from gis_platform.folding import fold
from gis_platform.sqlfiles import named_queries
from layers.numbering.geocoding import forward
from layers.references.address import read_address, street_spellings
from layers.references.house_path import members_of
from tests.bench.city import BenchCity, bench_city
from tests.bench.load import NoFigure
from tests.bench.options import read_options
from tests.bench.registry import Result, benchmark
from tests.support.server import RunningServer

SQL = named_queries(__file__)

_ASKED = 400
_WARM_UP = 20
_MOST_MS = 20.0
_WAYS = ("geocode", "misspelt", "suggest", "reverse")


@benchmark("geocode: one address, a suggestion, and back")
def measure() -> Result:
    """The 95th percentile of the slowest way over addresses drawn at random, one after another."""
    options = read_options()
    with bench_city(options.folder, options.parcels) as city:
        with psycopg.connect(city.places.owner) as connection:
            asked = {"wanted": _ASKED + _WARM_UP}
            places = connection.execute(SQL["addresses"].text.encode(), asked).fetchall()
            row = connection.execute(SQL["count"].text.encode()).fetchone()
        bare = _alone(city, [place[0] for place in places])
        quiet = city.settings.model_copy(update={"run_jobs": False})
        with RunningServer(quiet, city.places) as server:
            http = HTTPConnection(urlsplit(server.url).netloc, timeout=60)
            found = {name: _slow(_timed(http, name, places)) for name in _WAYS}
            http.close()
    worst = max(found.values())
    verdict = "met" if worst <= _MOST_MS else "**not met**"
    each = ", ".join(f"{name} {took:.1f}" for name, took in found.items())
    ratio = found["geocode"] / bare
    told = f"{row[0] if row else 0:,} addresses; {each}; the statement alone {bare:.2f}, ratio {ratio:.1f}"
    return Result(worst, "ms, 95th percentile", f"({told}; target at most {_MOST_MS:g}: {verdict})")


def _timed(http: HTTPConnection, name: str, places: Sequence[Any]) -> list[float]:
    took = []
    for number, (address, lon, lat) in enumerate(places):
        # Every other one as on a phone, without diacritics.
        typed = fold(address) if number % 2 else address
        path = {
            "geocode": f"/api/geocode?q={quote(typed)}",
            # As a finger slips: no street is called so.
            "misspelt": f"/api/geocode?q={quote(typed + typed[-1])}",
            "suggest": f"/api/geocode/suggest?q={quote(typed[: max(6, len(typed) - 4)])}",
            "reverse": f"/api/reverse?point={lon:.8f},{lat:.8f}",
        }[name]
        began = time.perf_counter()
        http.request("GET", path)
        answer = http.getresponse()
        body = answer.read()
        took.append(time.perf_counter() - began)
        if answer.status != 200:
            raise NoFigure(f"{path} was answered {answer.status}: {body[:200]!r}")
        told = json.loads(body)
        if name in ("geocode", "reverse") and not told["results"]:
            raise NoFigure(f"{path} found nothing")
    return took[_WARM_UP:]


def _alone(city: BenchCity, addresses: Sequence[str]) -> float:
    """The statement behind the first reading, prepared and warm, as the public role asks it: milliseconds."""
    took = []
    with psycopg.connect(city.limit_conninfo, autocommit=True, prepare_threshold=0) as connection:
        for address in addresses:
            reading = read_address(address)[0]
            kinds = ("", "duong ", "pho ")
            asked = {
                "streets": [f"{kind}{form}" for form in street_spellings(reading.street) for kind in kinds],
                "unit": "",
                "path": json.dumps(members_of(reading.path)),
                "alleys": json.dumps(members_of(reading.path[:-1])),
                "number": reading.path[-1][0],
                "suffix": reading.path[-1][1],
                "most": 5,
            }
            began = time.perf_counter()
            connection.execute(forward.SQL["houses"].text.encode(), asked).fetchall()
            took.append(time.perf_counter() - began)
    return _slow(took[_WARM_UP:])


def _slow(took: Sequence[float]) -> float:
    return quantiles(took, n=20)[-1] * 1e3
