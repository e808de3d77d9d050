"""Deliveries beside what the database itself needs, and what they leave to those who look something up.

``GIS_BENCH_PARCELS`` is the size; the targets hold for 500,000.
"""

from collections.abc import Callable

from tests.bench.delivery_run import Figures, figures
from tests.bench.registry import Result, benchmark

_MEASURED: tuple[tuple[str, float, Callable[[Figures], float], str, Callable[[Figures], str]], ...] = (
    (
        "deliveries: read and stage",
        3.5,
        lambda f: f.read / f.copy,
        "times a binary COPY of the same rows",
        lambda f: f"{f.read:.1f} s beside {f.copy:.1f} s, {f.rows:,} parcels",
    ),
    (
        "deliveries: from file to layer, all new",
        15,
        lambda f: f.whole / f.copy,
        "times a binary COPY of the same rows",
        lambda f: f"{f.first['proposed']:.1f} s proposed, {f.first['applied']:.1f} s applied",
    ),
    (
        "deliveries: one parcel in a hundred changed",
        3,
        lambda f: (f.changed["proposed"] + f.changed["applied"]) / f.changed_read,
        "times reading it",
        lambda f: (
            f"{f.changed['proposed']:.1f} s proposed, {f.changed['applied']:.1f} s applied, "
            f"{f.changed_read:.1f} s read"
        ),
    ),
    (
        "deliveries: memory of the process",
        500,
        lambda f: f.resident_mb,
        "MB resident at most",
        lambda _: "",
    ),
    (
        "deliveries: look-ups meanwhile",
        2,
        lambda f: f.busy / f.quiet,
        "times their 95th percentile in quiet",
        lambda f: f"{f.busy * 1e3:.1f} ms beside {f.quiet * 1e3:.1f} ms",
    ),
)


def _register(
    name: str, most: float, value: Callable[[Figures], float], unit: str, note: Callable[[Figures], str]
) -> None:
    def measure() -> Result:
        found = figures()
        measured = value(found)
        verdict = "met" if measured <= most else "**not met**"
        told = f"{note(found)}; " if note(found) else ""
        return Result(measured, unit, f"({told}target at most {most:g}: {verdict})")

    benchmark(name)(measure)


for each in _MEASURED:
    _register(*each)
