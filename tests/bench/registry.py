"""The list of benchmarks: a module beside this one that is named ``bench_*.py`` adds its own."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Result:
    """What one benchmark measured."""

    value: float
    unit: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A name for the table, and the measuring."""

    name: str
    measure: Callable[[], Result]


_registered: list[Benchmark] = []


def benchmark(name: str) -> Callable[[Callable[[], Result]], Callable[[], Result]]:
    """Put a function into the table under this name."""

    def register(measure: Callable[[], Result]) -> Callable[[], Result]:
        _registered.append(Benchmark(name, measure))
        return measure

    return register


def benchmarks() -> list[Benchmark]:
    """Every benchmark of the project, by name."""
    for module in sorted(Path(__file__).parent.glob("bench_*.py")):
        import_module(f"tests.bench.{module.stem}")
    return sorted(_registered, key=lambda each: each.name)
