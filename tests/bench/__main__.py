"""``make bench [ARGS="WORD ... --write FILE"]``: the serving paths against peers and the limit.

Words pick the rows whose name holds one of them; ``growth`` is a row of its own. Other benchmarks that are
registered under such a name are run as well.
"""

import signal
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path as File
from types import FrameType

from tests.bench import table
from tests.bench.city import BenchCity, bench_city
from tests.bench.growing import TARGET, measure_growth
from tests.bench.load import missing_wrk
from tests.bench.machine import conditions
from tests.bench.options import JUDGED, Options, read_options
from tests.bench.paths import PATHS, Path
from tests.bench.registry import benchmarks
from tests.bench.serving import measure_path
from tests.bench.verdict import Verdict, judge

_SERVERS = ("ours", "limit", "tipg", "martin", "pg_tileserv", "mapserver", "pygeoapi", "nginx")


def main(words: list[str]) -> int:
    """Print the tables, and write them where asked to."""
    parser = ArgumentParser(prog="make bench ARGS=", description=__doc__)
    parser.add_argument("words", nargs="*", help="rows to measure; all without")
    parser.add_argument("--write", type=File, help="document whose block between the markers is replaced")
    asked = parser.parse_args(words)
    options = read_options()

    def chosen(name: str) -> bool:
        return not asked.words or any(word in name for word in asked.words)

    def keep(*blocks: str) -> str:
        """What is known so far, written too: a run that is broken off has not been for nothing."""
        text = "\n\n".join(block for block in blocks if block)
        if asked.write:
            document = asked.write.read_text(encoding="utf-8")
            asked.write.write_text(table.put_between(document, text), encoding="utf-8")
        return text

    serving = _serving([path for path in PATHS if chosen(path.name)], options, keep)
    growth = _growth(options) if chosen("growth") else ""
    others = [_single(each.name) for each in benchmarks() if chosen(each.name)]
    sys.stdout.write(f"{keep(serving, growth, *others)}\n")
    return 0


def _serving(paths: list[Path], options: Options, keep: Callable[[str], str]) -> str:
    if not paths:
        return ""
    if why := missing_wrk():
        return f"Serving paths: {why}."
    with bench_city(options.folder, options.parcels) as city:
        return _tables(paths, city, options, keep)


def _tables(paths: list[Path], city: BenchCity, options: Options, keep: Callable[[str], str]) -> str:
    lines: list[table.Line] = []
    found: list[Verdict] = []
    text = ""
    for path in paths:
        measured = measure_path(path, city, options)
        judged = next(line for line in measured if line.connections == JUDGED)
        found += judge(path.name, path.targets, {name: cell.rate for name, cell in judged.cells.items()})
        lines += measured
        text = keep(_so_far(lines, found, city, options))
    return text


def _so_far(lines: list[table.Line], found: list[Verdict], city: BenchCity, options: Options) -> str:
    servers = [name for name in _SERVERS if any(name in line.cells for line in lines)]
    return "\n\n".join(
        [
            conditions(city, options),
            "Requests a second; in brackets ours as a multiple of it.",
            table.figures(lines, servers),
            f"Targets, at {JUDGED} connections:",
            table.verdicts(found),
        ]
    )


def _growth(options: Options) -> str:
    if why := missing_wrk():
        return f"Growth: {why}."
    small, large = options.growth
    found = measure_growth([path for path in PATHS if path.grows], options)
    head = f"Growth: median latency of one connection; target at most {TARGET}."
    return f"{head}\n\n{table.growth(found, small, large, TARGET)}"


def _single(name: str) -> str:
    result = next(each for each in benchmarks() if each.name == name).measure()
    return f"{name}: {result.value:,.1f} {result.unit} {result.note}".rstrip()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    # A signal must unwind the context managers, so that the servers started here are stopped.
    sys.exit(1)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _leave)
    sys.exit(main(sys.argv[1:]))
