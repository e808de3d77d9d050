"""The table of the serving paths: ours, the peers and the limit, in rounds, medians told."""

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from subprocess import CalledProcessError

from gis_platform.city import load_city
from tests.bench.calls import buffer_at, calls
from tests.bench.city import CONNECTIONS_PER_WORKER, WORKERS, BenchCity
from tests.bench.limit import Limit
from tests.bench.load import Load, NoFigure, press
from tests.bench.measuring import checked, measure, requests_for, settle
from tests.bench.nginx import Nginx
from tests.bench.options import CONNECTIONS, Options
from tests.bench.paths import Cached, Path
from tests.bench.peers.known import peers
from tests.bench.questions import Question
from tests.bench.servers import Ours, Server
from tests.bench.table import Cell, Line
from tests.bench.verdict import LIMIT
from tests.bench.walk import tags, texts

_POOL = WORKERS * CONNECTIONS_PER_WORKER


@dataclass(slots=True)
class Runner:
    """Something that can be measured: its name, how, and how many requests make one answer."""

    name: str
    press: Callable[[int], Load]
    each: int = 1


def measure_path(path: Path, city: BenchCity, options: Options) -> list[Line]:
    """A line for each concurrency."""
    with ExitStack() as open_until_done:
        runners, failed = _runners(path, city, options, open_until_done)
        found: dict[tuple[str, int], list[Load]] = {}
        for turn in range(options.rounds):
            for connections in CONNECTIONS:
                for runner in list(runners):
                    _tell(f"  {path.name}: round {turn + 1}, {connections} connections, {runner.name}")
                    settle(city.places.owner)
                    try:
                        load = runner.press(connections)
                    except NoFigure as fault:
                        failed[runner.name] = Cell(None, why=f"failed: {fault}"[:160])
                        runners.remove(runner)
                        continue
                    found.setdefault((runner.name, connections), []).append(_by_answer(load, runner.each))
    return [Line(path.name, connections, _cells(found, failed, connections)) for connections in CONNECTIONS]


def _cells(
    found: dict[tuple[str, int], list[Load]], failed: dict[str, Cell], connections: int
) -> dict[str, Cell]:
    cells = {
        name: Cell(median(load.per_second for load in loads), median(load.p50_ms for load in loads))
        for (name, at), loads in found.items()
        if at == connections
    }
    return {**cells, **failed}


def _by_answer(load: Load, each: int) -> Load:
    return Load(
        per_second=load.per_second / each,
        p50_ms=load.p50_ms * each,
        p95_ms=load.p95_ms * each,
        p99_ms=load.p99_ms * each,
        requests=load.requests // each,
    )


def _runners(
    path: Path, city: BenchCity, options: Options, stack: ExitStack
) -> tuple[list[Runner], dict[str, Cell]]:
    questions = path.draw(city.samples)
    if path.cached is not Cached.NO:
        return _cache_runners(path, questions, city, options, stack)
    runners: list[Runner] = []
    failed: dict[str, Cell] = {}
    servers: list[Server] = [Ours(tile_cache_mb=0), *peers(options)]
    for server in servers:
        lines, each = requests_for(server, questions)
        if not lines or server.available() is not None:
            continue
        try:
            stack.callback(server.stop)
            server.start(city, buffer_at(path.buffer_zoom))
            size = checked(server.base, path, questions, lines)
            runners.append(_http(path, server.name, server.base, lines, each, options))
            _tell(f"  {path.name}: {server.name} answers, {size:,} bytes each")
        except (NoFigure, CalledProcessError) as fault:
            failed[server.name] = Cell(None, why=f"failed: {fault}"[:160])
    work = calls(questions, load_city(city.settings.city))
    limit = Limit(city.limit_conninfo, _POOL)
    stack.callback(limit.close)
    runners.insert(1, Runner(LIMIT, lambda c: limit.press(work, min(c, _POOL), options.seconds)))
    return runners, failed


def _cache_runners(
    path: Path, questions: Sequence[Question], city: BenchCity, options: Options, stack: ExitStack
) -> tuple[list[Runner], dict[str, Cell]]:
    ours, nginx = Ours(tile_cache_mb=None), Nginx()
    if nginx.available() is not None:
        return [], {}
    stack.callback(ours.stop)
    ours.start(city, 0)
    lines, _ = requests_for(ours, questions)
    for _ in range(WORKERS * 4):  # so that each worker has made each tile
        press(ours.base, lines, WORKERS * 4, 1)
    stack.callback(nginx.stop)
    nginx.start(dict(zip(lines, texts(ours.base, lines), strict=True)))
    runners = []
    for name, base in (("ours", ours.base), ("nginx", nginx.base)):
        asked = tags(base, lines) if path.cached is Cached.UNCHANGED else lines
        checked(base, path, questions, asked)
        runners.append(_http(path, name, base, asked, 1, options))
    return runners, {}


def _http(path: Path, name: str, base: str, lines: Sequence[str], each: int, options: Options) -> Runner:
    if not path.whole:
        press(base, lines, _POOL, 1)
    return Runner(name, lambda connections: measure(path, base, lines, connections, options.seconds), each)


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
