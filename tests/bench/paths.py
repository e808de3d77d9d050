"""The rows of the table: what is asked, of whom, and how fast it is to be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from tests.bench.questions import Question
from tests.bench.samples import Samples
from tests.bench.verdict import FASTEST, LIMIT, Target


class Cached(Enum):
    """What our tile cache does in a row, and what the client already has."""

    NO = "off"
    KEPT = "on"
    UNCHANGED = "on, and the client asks whether its copy still holds"


@dataclass(frozen=True, slots=True)
class Path:
    """One row.

    Attributes:
        zoom: of its tiles; None where it asks for none, or for several zooms.
        grows: whether its latency is compared between a small and a large city.
        whole: whether the list only means something when all of it is asked for.
    """

    name: str
    draw: Callable[[Samples], Sequence[Question]]
    targets: tuple[Target, ...]
    zoom: int | None = None
    cached: Cached = Cached.NO
    grows: bool = True
    whole: bool = False

    @property
    def buffer_zoom(self) -> int:
        """The zoom whose buffer the peers are given; at low zooms it is the same for all."""
        return self.zoom or 14


PATHS = (
    Path(
        "tile z18, uncached",
        lambda s: s.near,
        (Target(LIMIT, 0.85), Target("tipg", 2), Target("martin", 1)),
        zoom=18,
    ),
    Path(
        "tile z16, uncached",
        lambda s: s.middle,
        (Target(LIMIT, 0.85), Target("martin", 1)),
        zoom=16,
    ),
    Path("tiles z10 to z14, all parcels", lambda s: s.low, (Target("tipg", 10),), grows=False, whole=True),
    Path(
        "items, limit 100, pages from anywhere",
        lambda s: s.pages,
        (Target(LIMIT, 0.8), Target("tipg", 15)),
    ),
    Path("items, limit 100, small boxes", lambda s: s.boxes, (Target(LIMIT, 0.8), Target("tipg", 15))),
    Path("item by id", lambda s: s.items, (Target("tipg", 10),)),
    Path("what is here", lambda s: s.here, (Target(FASTEST, 10),)),
    Path(
        "tile z16 from cache",
        lambda s: s.middle[:200],
        (Target("nginx", 0.5),),
        zoom=16,
        cached=Cached.KEPT,
        grows=False,
    ),
    Path(
        "tile z16, 304 where the client has it",
        lambda s: s.middle[:200],
        (Target("nginx", 0.5),),
        zoom=16,
        cached=Cached.UNCHANGED,
        grows=False,
    ),
)
