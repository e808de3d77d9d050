"""Lists of 10,000 open cases, as an officer of a ward asks for them: by list, by word, by name, one after
another.
"""

import json
import time
from http.client import HTTPConnection
from itertools import cycle, islice
from statistics import median, quantiles
from urllib.parse import quote, urlsplit

import psycopg

from gis_platform.access.account_admin import NewAccount, account_exists, add_account
from gis_platform.access.roles import Role
from tests.bench.city import bench_city
from tests.bench.load import NoFigure
from tests.bench.options import read_options
from tests.bench.registry import Result, benchmark
from tests.support.many_cases import how_many_cases, many_cases
from tests.support.server import RunningServer

_CASES, _ASKED, _MOST_MS = 10_000, 300, 200.0
_OFFICER, _PASSWORD = "bench-officer", "bench-officer-password"
_LISTS = (
    "list=overdue",
    "list=today",
    "list=soon",
    "list=open&limit=200",
    "list=open&unit=*",
    "list=waiting",
    f"list=open&q={quote('đường số 12')}",
    f"list=open&q={quote('Nguyễn Văn')}&unit=*",
    "list=open&q=khong-co-ai&unit=*",
)


@benchmark("cases: lists of 10,000 open ones")
def measure() -> Result:
    """The 95th percentile over all kinds of lists."""
    options = read_options()
    with bench_city(options.folder, min(options.parcels, 20_000)) as city:
        missing = _CASES - how_many_cases(city.places.owner)
        if missing > 0:
            many_cases(city.places.owner, missing, "now")
        with psycopg.connect(city.places.owner) as owner:
            if not account_exists(owner, _OFFICER):
                new = NewAccount(
                    username=_OFFICER,
                    display_name="Bench",
                    role=Role.PERMIT,
                    unit_code="28261",
                    password=_PASSWORD,
                )
                add_account(owner, new, actor="bench")
        with RunningServer(city.settings.model_copy(update={"run_jobs": False}), city.places) as server:
            connection = HTTPConnection(urlsplit(server.url).netloc, timeout=60)
            token = _token(connection)
            _each(connection, token, len(_LISTS))
            took = _each(connection, token, _ASKED)
            connection.close()
    slow = quantiles(took, n=20)[-1]
    verdict = "met" if slow <= _MOST_MS else "**not met**"
    told = (
        f"median {median(took):.0f} ms, slowest {max(took):.0f} ms; target at most {_MOST_MS:.0f}: {verdict}"
    )
    return Result(slow, "ms, 95th percentile", f"({told})")


def _token(connection: HTTPConnection) -> str:
    body = f"username={_OFFICER}&password={_PASSWORD}"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/api/auth/token", body, headers)
    return str(_json(connection)["access_token"])


def _each(connection: HTTPConnection, token: str, count: int) -> list[float]:
    """Milliseconds of each answer."""
    took = []
    for asked in islice(cycle(_LISTS), count):
        began = time.perf_counter()
        connection.request("GET", f"/api/cases?{asked}", headers={"Authorization": f"Bearer {token}"})
        _json(connection)
        took.append((time.perf_counter() - began) * 1000)
    return took


def _json(connection: HTTPConnection) -> dict[str, object]:
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise NoFigure(f"a list was answered {answer.status}: {body[:200]!r}")
    told: dict[str, object] = json.loads(body)
    return told
