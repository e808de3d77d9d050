"""From a parcel as it once was to what became of it: versions and lineage, walked forward in time.

Nothing here asks the database: `following.py` gathers what is walked.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush
from itertools import pairwise

from layers.planning.asking.question import Place
from layers.planning.tolerance import tolerance_on


@dataclass(frozen=True, slots=True)
class Version:
    """A parcel as it was from ``valid_from`` to the day before ``valid_to``, None where it still is."""

    id: int
    unit_code: str
    unit: str | None
    generation: int | None
    sheet: str
    parcel: str
    valid_from: date
    valid_to: date | None
    area_m2: float
    delivery_id: int | None

    @property
    def number(self) -> tuple[str, str, str]:
        """What it was filed under."""
        return self.unit_code, self.sheet, self.parcel

    def holds_on(self, day: date | None) -> bool:
        """Whether it was so on a day; None is the present."""
        if day is None:
            return self.valid_to is None
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def place(self, share: float | None = None) -> Place:
        """How it was called."""
        return Place(self.unit or self.unit_code, self.sheet, self.parcel, self.id, share)


@dataclass(frozen=True, slots=True)
class Edge:
    """Ground went from one parcel to another on a day, by a delivery."""

    predecessor: int
    successor: int
    kind: str
    on: date
    delivery_id: int
    area_m2: float


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one parcel on one day: its own number before, and what became of it."""

    kind: str
    on: date
    before: Version
    after: tuple[Place, ...]
    also_from: tuple[Place, ...]
    delivery_id: int | None


@dataclass(slots=True)
class Walk:
    """Where a walk ended: parcels of the day, and versions that ended without saying what became of them."""

    targets: set[int] = field(default_factory=set)
    events: list[Event] = field(default_factory=list)
    lost: list[Version] = field(default_factory=list)


class Graph:
    """Versions of parcels and the edges between them, as believed at one moment."""

    def __init__(self, versions: Iterable[Version], edges: Iterable[Edge]) -> None:
        self.versions: dict[int, list[Version]] = defaultdict(list)
        for version in sorted(versions, key=lambda v: (v.id, v.valid_from)):
            self.versions[version.id].append(version)
        self._out: dict[int, list[Edge]] = defaultdict(list)
        self._into: dict[int, list[Edge]] = defaultdict(list)
        for edge in sorted(edges, key=lambda e: (e.on, e.delivery_id, e.predecessor, e.successor)):
            self._out[edge.predecessor].append(edge)
            self._into[edge.successor].append(edge)

    def walk(self, start: int, since: date, until: date | None) -> Walk:
        """From the parcel as it was on ``since`` forward to the day ``until``; None is the present."""
        walked, waiting, seen = Walk(), [(since, start)], set()
        while waiting:
            # By days: a parcel that is reached twice is left behind on the earlier of them.
            day, parcel = heappop(waiting)
            if parcel in seen:
                continue
            seen.add(parcel)
            for event, successors in self._events(parcel, day, until):
                walked.events.append(event)
                for successor in successors:
                    heappush(waiting, (event.on, successor))
            self._end(walked, parcel, until)
        walked.events.sort(key=lambda event: (event.on, event.before.id))
        return walked

    def _end(self, walked: Walk, parcel: int, until: date | None) -> None:
        """Where the walk over one parcel stops: on the day, at others, or nowhere."""
        known = self.versions[parcel]
        if any(version.holds_on(until) for version in known):
            walked.targets.add(parcel)
        elif known:
            last = known[-1]
            if until is not None and known[0].valid_from > until:
                walked.lost.append(known[0])
            elif not any(edge.on == last.valid_to for edge in self._out[parcel]):
                walked.lost.append(last)

    def _events(self, parcel: int, day: date, until: date | None) -> list[tuple[Event, list[int]]]:
        happened = {
            (edge.on, edge.delivery_id): edge.kind
            for edge in [*self._into[parcel], *self._out[parcel]]
            if edge.on > day and (until is None or edge.on <= until)
        }
        told = []
        for (on, delivery), kind in sorted(happened.items()):
            if (found := self._event(parcel, on, delivery, kind)) is not None:
                told.append(found)
        days = {event.on for event, _ in told}
        return told + [
            (event, []) for event in self._renumberings(parcel, day, until) if event.on not in days
        ]

    def _event(self, parcel: int, on: date, delivery: int, kind: str) -> tuple[Event, list[int]] | None:
        before = next((v for v in reversed(self.versions[parcel]) if v.valid_from < on), None)
        if before is None:
            return None  # it came to be by this event: what became of it follows later
        given = {
            edge.successor: edge.area_m2
            for edge in self._out[parcel]
            if (edge.on, edge.delivery_id) == (on, delivery) and edge.area_m2 > tolerance_on(before.area_m2)
        }
        after = [
            version.place(min(1.0, area / before.area_m2) if before.area_m2 else None)
            for successor, area in given.items()
            if (version := self._at(successor, on)) is not None
        ]
        itself = next((v for v in self.versions[parcel] if v.holds_on(on)), None)
        if itself is not None:
            after.insert(0, itself.place(max(0.0, 1 - sum(given.values()) / before.area_m2)))
        others = {
            edge.predecessor
            for successor in [*given, *([parcel] if itself is not None else [])]
            for edge in self._into[successor]
            if (edge.on, edge.delivery_id) == (on, delivery) and edge.predecessor != parcel
        }
        also = [v.place() for other in sorted(others) if (v := self._before(other, on)) is not None]
        if not after:
            return None
        return Event(kind, on, before, tuple(after), tuple(also), delivery), list(given)

    def _renumberings(self, parcel: int, day: date, until: date | None) -> Iterable[Event]:
        known = self.versions[parcel]
        for before, after in pairwise(known):
            reached = until is None or after.valid_from <= until
            if after.valid_from > day and reached and before.number != after.number:
                on = after.valid_from
                yield Event("renumbered", on, before, (after.place(),), (), after.delivery_id)

    def _at(self, parcel: int, on: date) -> Version | None:
        known = self.versions[parcel]
        return next((v for v in known if v.holds_on(on)), known[0] if known else None)

    def _before(self, parcel: int, on: date) -> Version | None:
        return next((v for v in reversed(self.versions[parcel]) if v.valid_from < on), None)
