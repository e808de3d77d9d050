"""Many look-ups from a table, as an office sends them: addresses of a city of 100,000 parcels."""

import random
import time

import httpx2
import psycopg

from gis_platform.sqlfiles import named_queries
from tests.bench.city import BenchCity, bench_city
from tests.bench.load import NoFigure
from tests.bench.options import read_options
from tests.bench.registry import Result, benchmark
from tests.support.server import RunningServer

SQL = named_queries(__file__)

_TABLES, _ROWS = 10, 1_000
_LEAST_A_MINUTE = 10_000


@benchmark("batch: 10,000 addresses in tables of 1,000")
def measure() -> Result:
    """Addresses a minute, tables one after another over HTTP; most of the rows must have been found."""
    options = read_options()
    with bench_city(options.folder, options.growth[0]) as city:
        seconds, found = _sent(city)
    rows = _TABLES * _ROWS
    if found < rows * 0.9:
        raise NoFigure(f"of {rows} addresses {found} were found")
    rate = rows / seconds * 60
    verdict = "met" if rate >= _LEAST_A_MINUTE else "**not met**"
    told = f"{found:,} of {rows:,} found in {seconds:.0f} s, {city.parcels:,} parcels"
    return Result(rate, "addresses a minute", f"({told}; target at least {_LEAST_A_MINUTE:,}: {verdict})")


def _sent(city: BenchCity) -> tuple[float, int]:
    """Seconds for all tables, and rows that found one parcel."""
    with psycopg.connect(city.places.owner) as connection:
        asked = {"wanted": _TABLES * _ROWS}
        addresses = [row[0] for row in connection.execute(SQL["addresses"].text.encode(), asked).fetchall()]
    quiet = city.settings.model_copy(update={"run_jobs": False})
    drawn = random.Random(1)  # noqa: S311  # the same ones in every run
    tables = [
        "Địa chỉ\r\n" + "".join(f'"{one}"\r\n' for one in drawn.choices(addresses, k=_ROWS))
        for _ in range(_TABLES + 1)
    ]
    with (
        RunningServer(quiet, city.places) as server,
        httpx2.Client(base_url=server.url, timeout=600) as client,
    ):
        _table(client, tables.pop())  # connections, statements and units are known from then on
        began = time.perf_counter()
        found = sum(_table(client, table) for table in tables)
        return time.perf_counter() - began, found


def _table(client: httpx2.Client, table: str) -> int:
    answer = client.post("/api/planning/batch", content=table.encode())
    lines = answer.text.splitlines()
    if answer.status_code != 200 or len(lines) != _ROWS + 1:
        raise NoFigure(f"a table was answered {answer.status_code} with {len(lines)} lines")
    return sum(",chắc chắn," in line for line in lines)
