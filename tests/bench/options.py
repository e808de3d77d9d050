"""What a run of the benchmarks measures, from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONNECTIONS = (1, 8, 32)
# The one the targets speak of.
JUDGED = 8


@dataclass(frozen=True, slots=True)
class Options:
    """Sizes and lengths of one run.

    Attributes:
        folder: holds a cluster for each size of city, kept between runs.
        parcels: parcels of the city that everything but growth is measured on.
        growth: the small and the large city of the growth row.
        seconds: length of one measurement.
        rounds: how often each is measured; the median is told.
        peers: names of the peers wanted; empty is all that can be had.
    """

    folder: Path = ROOT / ".data-bench"
    parcels: int = 500_000
    growth: tuple[int, int] = (100_000, 1_000_000)
    seconds: int = 4
    rounds: int = 3
    peers: tuple[str, ...] = ()


def read_options(environment: Mapping[str, str] = os.environ) -> Options:
    """The options of ``GIS_BENCH_*``; ``GIS_BENCH_GROWTH=1`` asks for five million parcels.

    Raises:
        ValueError: a number is none.
    """
    plain = Options()

    def asked(name: str, otherwise: object) -> str:
        return environment.get(f"GIS_BENCH_{name}") or str(otherwise)

    small, large = plain.growth
    return Options(
        folder=Path(asked("DATA_DIR", plain.folder)).resolve(),
        parcels=int(asked("PARCELS", plain.parcels)),
        growth=(
            int(asked("GROWTH_FROM", small)),
            int(asked("GROWTH_TO", 5_000_000 if environment.get("GIS_BENCH_GROWTH") == "1" else large)),
        ),
        seconds=int(asked("SECONDS", plain.seconds)),
        rounds=int(asked("ROUNDS", plain.rounds)),
        peers=tuple(asked("PEERS", "").replace(",", " ").split()),
    )
