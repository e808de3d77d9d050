"""The limit: the same SQL through warm prepared connections, with nothing around it.

libpq itself, answers in binary: pgbench would have PostgreSQL write every tile as hexadecimal text, and so
set the limit too low.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from psycopg import pq

from tests.bench.load import Load, NoFigure

_WARM_UP = 12  # after five, PostgreSQL settles on a plan


@dataclass(frozen=True, slots=True)
class Call:
    """A statement with ``$1`` …, and the values to run it with."""

    sql: bytes
    values: Sequence[bytes]


class Limit:
    """Warm connections, set up as the platform sets up its own."""

    def __init__(self, conninfo: str, connections: int) -> None:
        self._connections = [pq.PGconn.connect(conninfo.encode()) for _ in range(connections)]
        for each in self._connections:
            if each.status != pq.ConnStatus.OK:
                raise NoFigure(f"the limit: {each.get_error_message()}")

    def close(self) -> None:
        """End the connections."""
        for each in self._connections:
            each.finish()

    def press(self, calls: Sequence[Call], connections: int, seconds: float) -> Load:
        """Make the calls in turn, over and over, on so many connections at once.

        Raises:
            NoFigure: PostgreSQL refused one.
        """
        used = self._connections[:connections]
        names = {sql: b"limit%d" % i for i, sql in enumerate(dict.fromkeys(call.sql for call in calls))}
        named = [(names[call.sql], call.values) for call in calls]
        for each in used:
            _check(each.exec_(b"DEALLOCATE ALL"), pq.ExecStatus.COMMAND_OK)
            for sql, name in names.items():
                _check(each.prepare(name, sql), pq.ExecStatus.COMMAND_OK)
                for name_, values in [one for one in named if one[0] == name][:_WARM_UP]:
                    _check(each.exec_prepared(name_, values, result_format=pq.Format.BINARY))
        began = time.perf_counter()
        until = began + seconds
        with ThreadPoolExecutor(connections) as pool:
            lists = list(pool.map(lambda i: _run(used[i], named, i, until), range(connections)))
        took = time.perf_counter() - began
        latencies = sorted(one for each in lists for one in each)
        return Load(
            per_second=len(latencies) / took,
            p50_ms=median(latencies) * 1e3,
            p95_ms=latencies[int(len(latencies) * 0.95)] * 1e3,
            p99_ms=latencies[int(len(latencies) * 0.99)] * 1e3,
            requests=len(latencies),
        )


def _run(
    connection: pq.abc.PGconn,
    named: Sequence[tuple[bytes, Sequence[bytes]]],
    offset: int,
    until: float,
) -> list[float]:
    latencies = []
    place = offset * 37  # the connections are not to ask the same thing at the same moment
    began = time.perf_counter()
    while began < until:
        name, values = named[place % len(named)]
        result = connection.exec_prepared(name, values, result_format=pq.Format.BINARY)
        ended = time.perf_counter()
        if result.status != pq.ExecStatus.TUPLES_OK:
            _check(result)
        result.clear()
        latencies.append(ended - began)
        began, place = ended, place + 1
    return latencies


def _check(result: pq.abc.PGresult, wanted: pq.ExecStatus = pq.ExecStatus.TUPLES_OK) -> None:
    if result.status != wanted:
        raise NoFigure(f"the limit: {result.get_error_message()}")
