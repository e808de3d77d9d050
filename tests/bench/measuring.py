"""One measurement of one server, and what makes it a fair one."""

import json
import time
from collections.abc import Sequence
from http.client import HTTPException

import psycopg

from gis_platform.sqlfiles import named_queries
from tests.bench.load import Load, NoFigure, press
from tests.bench.paths import Cached, Path
from tests.bench.questions import Box, Here, Page, Question, Tile
from tests.bench.servers import Server
from tests.bench.walk import connect, fetch, walk

SQL = named_queries(__file__)

_CHECKED = 15
# Fewer answers than this for each connection, and wrk's figure is of its own making.
_LEAST_ANSWERS = 4
_PATIENCE_SECONDS = 120


def requests_for(server: Server, questions: Sequence[Question]) -> tuple[list[str], int]:
    """The addresses of all questions in turn, and how many make one answer; none where it cannot."""
    asked = [server.addresses(question) for question in questions]
    lines = [line for each in asked if each for line in each]
    return lines, max((len(each) for each in asked if each), default=1)


def checked(base: str, path: Path, questions: Sequence[Question], lines: Sequence[str]) -> int:
    """Mean size in bytes of some answers, all of which are looked into.

    Raises:
        NoFigure: one is an error, or empty: a fast nothing is no answer.
    """
    wanted = 304 if path.cached is Cached.UNCHANGED else 200
    each = len(lines) // len(questions)
    some = lines[: _CHECKED * each]
    connection, size = connect(base), 0
    for place, line in enumerate(some):
        try:
            status, body = fetch(connection, line)
        except (OSError, HTTPException) as fault:
            raise NoFigure(f"{fault!r} for {line}") from fault
        empty_tile = path.whole and status in (200, 204) and not body
        if status != wanted and not empty_tile:
            raise NoFigure(f"{status} for {line.partition(chr(9))[0]}")
        if wanted == 200 and not empty_tile:
            _look_into(questions[place // each], line, body)
        size += len(body)
    return size // max(len(some) // each, 1)


def _look_into(question: Question, line: str, body: bytes) -> None:
    match question:
        case Tile():
            enough = len(body) > 0
        case Page(limit=limit):
            enough = len(json.loads(body)["features"]) == limit
        case Box():
            enough = len(json.loads(body)["features"]) > 0
        case Here():
            enough = len(body) > 300
        case _:
            enough = json.loads(body)["type"] == "Feature"
    if not enough:
        raise NoFigure(f"too little in the answer to {line}")


def measure(path: Path, base: str, lines: Sequence[str], connections: int, seconds: int) -> Load:
    """Requests a second and latencies.

    A list that must be asked for whole is walked; a server too slow for wrk gets a list of its own length.

    Raises:
        NoFigure: an answer was an error.
    """
    if path.whole:
        began = time.perf_counter()
        walked = walk(base, lines, connections)
        if time.perf_counter() - began > seconds / 2:
            return walked
    pressed = press(base, lines, connections, seconds)
    if pressed.requests < _LEAST_ANSWERS * connections:
        return walk(base, lines[: _LEAST_ANSWERS * connections], connections)
    return pressed


def settle(conninfo: str) -> None:
    """Wait until PostgreSQL is done with what clients have left: some servers do not take a query back."""
    until = time.monotonic() + _PATIENCE_SECONDS
    with psycopg.connect(conninfo, autocommit=True) as connection:
        while time.monotonic() < until:
            row = connection.execute(SQL["busy"].text.encode()).fetchone()
            if row is not None and row[0] == 0:
                return
            time.sleep(0.1)
