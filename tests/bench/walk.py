"""For answers that take long: a list walked once, each connection taking the next that is left.

wrk does not count what is under way when its time is up, which with slow answers is most of it.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from statistics import median
from threading import Lock
from urllib.parse import urlsplit

from tests.bench.load import PATIENCE_SECONDS, Load, NoFigure


def fetch(connection: HTTPConnection, line: str) -> tuple[int, bytes]:
    """Status and body of one address, with its tag where the line has one."""
    path, _, tag = line.partition("\t")
    connection.request("GET", path, headers={"If-None-Match": tag} if tag else {})
    answer = connection.getresponse()
    return answer.status, answer.read()


def connect(base: str) -> HTTPConnection:
    """A connection to a server by its address."""
    return HTTPConnection(urlsplit(base).netloc, timeout=PATIENCE_SECONDS)


def walk(base: str, lines: Sequence[str], connections: int) -> Load:
    """Ask for each line once.

    Raises:
        NoFigure: an answer was an error, or none came.
    """
    left, taking, latencies = iter(lines), Lock(), list[float]()

    def work(_: int) -> None:
        connection = connect(base)
        while True:
            with taking:
                line = next(left, None)
            if line is None:
                return
            began = time.perf_counter()
            try:
                status, _body = fetch(connection, line)
            except (OSError, HTTPException) as fault:
                raise NoFigure(f"{line}: {fault!r}") from fault
            if status >= 400:
                raise NoFigure(f"{line}: {status}")
            latencies.append(time.perf_counter() - began)

    began = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(work, range(connections)))
    seconds = time.perf_counter() - began
    ordered = sorted(latencies)
    return Load(
        per_second=len(ordered) / seconds,
        p50_ms=median(ordered) * 1e3,
        p95_ms=ordered[int(len(ordered) * 0.95)] * 1e3,
        p99_ms=ordered[int(len(ordered) * 0.99)] * 1e3,
        requests=len(ordered),
    )


def texts(base: str, lines: Sequence[str]) -> list[bytes]:
    """The bodies of some addresses."""
    connection = connect(base)
    return [fetch(connection, line)[1] for line in lines]


def tags(base: str, lines: Sequence[str]) -> list[str]:
    """The same addresses, each with the tag it is answered with now.

    Raises:
        NoFigure: one is answered without a tag.
    """
    connection, tagged = connect(base), []
    for line in lines:
        connection.request("GET", line)
        answer = connection.getresponse()
        answer.read()
        tag = answer.getheader("ETag")
        if tag is None:
            raise NoFigure(f"{line} has no ETag")
        tagged.append(f"{line}\t{tag}")
    return tagged
