"""How latency grows with the city: one connection, a small and a large one, turn by turn."""

import sys
from contextlib import ExitStack
from statistics import median

from tests.bench.city import BenchCity, bench_city
from tests.bench.load import NoFigure, press
from tests.bench.measuring import checked, requests_for, settle
from tests.bench.options import Options
from tests.bench.paths import Path
from tests.bench.servers import Ours

TARGET = 1.5


def measure_growth(paths: list[Path], options: Options) -> list[tuple[str, float, float]]:
    """Name and median latency in milliseconds, small city and large, of each path that is asked of both."""
    grown: list[tuple[str, float, float]] = []
    with ExitStack() as stack:
        pairs = []
        for parcels in options.growth:
            city = stack.enter_context(bench_city(options.folder, parcels))
            ours = Ours(tile_cache_mb=0)
            stack.callback(ours.stop)
            ours.start(city, 0)
            pairs.append((city, ours))
        for path in paths:
            try:
                small, large = (median(each) for each in _latencies(path, pairs, options))
            except NoFigure as fault:
                sys.stderr.write(f"  growth, {path.name}: {fault}\n")
                continue
            grown.append((path.name, small, large))
    return grown


def _latencies(path: Path, pairs: list[tuple[BenchCity, Ours]], options: Options) -> list[list[float]]:
    asked = [(ours, path.draw(city.samples), city) for city, ours in pairs]
    ready = [(ours, requests_for(ours, questions)[0], city) for ours, questions, city in asked]
    for (ours, questions, _), (_, lines, _) in zip(asked, ready, strict=True):
        checked(ours.base, path, questions, lines)
        press(ours.base, lines, 1, 1)
    found: list[list[float]] = [[] for _ in pairs]
    for _ in range(options.rounds):
        for place, (ours, lines, city) in enumerate(ready):
            settle(city.places.owner)
            found[place].append(press(ours.base, lines, 1, options.seconds).p50_ms)
    return found
