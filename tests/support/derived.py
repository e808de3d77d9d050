"""A later state of a real cadastre, derived by a seeded hand, with all that was done to it written down.

Made up from real parcels: for tests alone.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import shapely
from pyogrio.raw import read
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from gis_platform.geometry.crs import transform_geometries
from tests.support.cutting import across, cut, nudged, polygon_of, single
from tests.support.delivered import Sample, shared_file

#: Lambert-93, in which the French city works.
FRENCH_GRID = 2154
Key = tuple[str, str, str]
Event = tuple[list[str], list[str], list[str]]
_KEY = ("unit_code", "sheet_no", "parcel_no")


@dataclass(slots=True)
class Truth:
    """What was done: numbers before and after, and for events those of the features that go on."""

    split: list[Event] = field(default_factory=list)
    merged: list[Event] = field(default_factory=list)
    reshaped: list[Event] = field(default_factory=list)
    renumbered: set[tuple[str, str]] = field(default_factory=set)
    changed_geometry: set[str] = field(default_factory=set)
    changed_attributes: set[str] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    vanished: set[str] = field(default_factory=set)


def french_parcels() -> Sample:
    """The 1,990 real parcels in the grid of their city, with made-up addresses and areas."""
    file = shared_file("cadastre_fr_27412_etalab.gpkg")
    meta, _, geometry, fields = read(file, layer="parcelles")
    columns = dict(zip(meta["fields"], fields, strict=True))
    shapes = transform_geometries(shapely.from_wkb(geometry), 4326, FRENCH_GRID)
    return Sample(
        {
            "unit_code": list(columns["commune"]),
            "sheet_no": list(columns["section"]),
            "parcel_no": list(columns["numero"]),
            "address": [f"{i} chemin des Près" for i in range(len(shapes))],
            "legal_area_m2": [100 + i / 7 for i in range(len(shapes))],
            "measured_area_m2": [None if i % 5 == 0 else 99.9 + i / 3 for i in range(len(shapes))],
            "status": ["disputed" if i % 9 == 0 else "in_force" for i in range(len(shapes))],
        },
        list(shapes),
        FRENCH_GRID,
    )


class Derived:
    """Changes a sample bit by bit; no parcel is touched twice, and none whose number occurs twice."""

    def __init__(self, before: Sample, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  # no secret
        self.truth = Truth()
        self._before = before
        self._rows: list[dict[str, Any]] = [
            {name: values[i] for name, values in before.columns.items()} | {"shape": shape}
            for i, shape in enumerate(before.shapes)
        ]
        self._gone: set[int] = set()
        self._touched: set[int] = set()
        self._numbers = iter(range(9_000, 99_999))
        counted: dict[Key, int] = {}
        for row in self._rows:
            counted[_key(row)] = counted.get(_key(row), 0) + 1
        self._free = [
            i for i, row in enumerate(self._rows) if counted[_key(row)] == 1 and row["shape"].area > 150
        ]
        self._random.shuffle(self._free)
        self._tree = shapely.STRtree([row["shape"] for row in self._rows])

    def sample(self) -> Sample:
        """The later state, its rows in an order of their own."""
        rows = [row for i, row in enumerate(self._rows) if i not in self._gone]
        self._random.shuffle(rows)
        columns = {name: [row[name] for row in rows] for name in self._before.columns}
        return Sample(columns, [row["shape"] for row in rows], self._before.srid)

    def all_moved(self, east: float, north: float) -> None:
        """Every parcel a little off, as after another survey."""
        for row in self._rows:
            row["shape"] = translate(row["shape"], east, north)

    def splits(self, times: int, *, keep: bool) -> None:
        """A parcel cut straight into two or three; one of them keeps the number, or none."""
        for i in self._take(times, lambda i: bool(cut(self._rows[i]["shape"], 2))):
            pieces = cut(self._rows[i]["shape"], 3) if self._random.random() < 0.3 else []
            pieces = pieces or cut(self._rows[i]["shape"], 2)
            kept = self._random.randrange(len(pieces)) if keep else -1
            after = []
            for n, piece in enumerate(pieces):
                number = self._rows[i]["parcel_no"] if n == kept else self._number()
                self._put(i, piece, number)
                after.append(number)
            self._gone.add(i)
            before = self._rows[i]["parcel_no"]
            self.truth.split.append(([before], sorted(after), [before] if keep else []))

    def merges(self, times: int, *, keep: bool) -> None:
        """Two neighbours become one, under the number of one of them or a new one."""
        for i, j in self._take_neighbours(times):
            before = sorted(self._rows[n]["parcel_no"] for n in (i, j))
            number = self._rows[i]["parcel_no"] if keep else self._number()
            self._put(i, shapely.union(self._rows[i]["shape"], self._rows[j]["shape"]), number)
            self._gone |= {i, j}
            self.truth.merged.append((before, [number], [number] if keep else []))

    def reshapes(self, times: int) -> None:
        """Two neighbours are dealt out anew across their border, under new numbers."""
        for i, j in self._take_neighbours(
            times, lambda i, j: bool(across(self._rows[i]["shape"], self._rows[j]["shape"]))
        ):
            before = sorted(self._rows[n]["parcel_no"] for n in (i, j))
            after = []
            for piece in self._across(i, j):
                after.append(self._number())
                self._put(i, piece, after[-1])
            self._gone |= {i, j}
            self.truth.reshaped.append((before, sorted(after), []))

    def swaps(self, times: int) -> None:
        """Two parcels of a sheet exchange their numbers."""
        for _ in range(times):
            self._pass_on(2, closed=True)

    def chains(self, times: int, length: int, *, closed: bool) -> None:
        """Numbers go from parcel to parcel; the last gets the first's, or a new one."""
        for _ in range(times):
            self._pass_on(length, closed=closed)

    def new_shapes(self, times: int) -> None:
        """One corner of a parcel moves by half a metre."""
        for i in self._take(times, lambda i: nudged(self._rows[i]["shape"]) is not None):
            self._rows[i]["shape"] = nudged(self._rows[i]["shape"])
            self.truth.changed_geometry.add(self._rows[i]["parcel_no"])

    def new_words(self, times: int) -> None:
        """Another address."""
        for i in self._take(times):
            self._rows[i]["address"] += " bis"
            self.truth.changed_attributes.add(self._rows[i]["parcel_no"])

    def vanish(self, times: int) -> None:
        """Parcels that the later state does not hold."""
        for i in self._take(times):
            self._gone.add(i)
            self.truth.vanished.add(self._rows[i]["parcel_no"])

    def add(self, times: int) -> None:
        """Small parcels where there were none."""
        for i in self._take(times * 3, lambda i: single(self._rows[i]["shape"])):
            x, y = polygon_of(self._rows[i]["shape"]).exterior.coords[0][:2]
            for east, north in ((9, 9), (-9, 9), (9, -9), (-9, -9)):
                box = shapely.box(x + east - 3, y + north - 3, x + east + 3, y + north + 3)
                if len(self.truth.added) < times and not len(self._tree.query(box, "intersects")):
                    number = self._number()
                    self._put(i, box, number)
                    self.truth.added.add(number)
                    break

    def _pass_on(self, length: int, *, closed: bool) -> None:
        first = self._take(1)[0]
        sheet = _key(self._rows[first])[:2]
        chain = [first, *self._take(length - 1, lambda i: _key(self._rows[i])[:2] == sheet)]
        numbers = [self._rows[i]["parcel_no"] for i in chain]
        passed = [*numbers[1:], numbers[0] if closed else self._number()]
        for i, number in zip(chain, passed, strict=True):
            self.truth.renumbered.add((self._rows[i]["parcel_no"], number))
            self._rows[i]["parcel_no"] = number

    def _take(self, times: int, fits: Callable[[int], bool] = lambda _: True) -> list[int]:
        taken: list[int] = []
        for i in self._free:
            if len(taken) == times:
                break
            if i not in self._touched and fits(i):
                taken.append(i)
                self._touched.add(i)
        return taken

    def _take_neighbours(
        self, times: int, fits: Callable[[int, int], bool] = lambda _i, _j: True
    ) -> Iterator[tuple[int, int]]:
        free = set(self._free)
        for i in self._free:
            if not times:
                return
            for j in map(int, self._tree.query(self._rows[i]["shape"], "intersects")):
                if j == i or {i, j} & self._touched or j not in free or not self._joinable(i, j, fits):
                    continue
                self._touched |= {i, j}
                times -= 1
                yield i, j
                break

    def _joinable(self, i: int, j: int, fits: Callable[[int, int], bool]) -> bool:
        if _key(self._rows[i])[:2] != _key(self._rows[j])[:2]:
            return False
        one, other = self._rows[i]["shape"], self._rows[j]["shape"]
        border = shapely.intersection(shapely.boundary(one), shapely.boundary(other)).length
        return border > 3 and single(shapely.union(one, other)) and fits(i, j)

    def _across(self, i: int, j: int) -> list[BaseGeometry]:
        return across(self._rows[i]["shape"], self._rows[j]["shape"])

    def _number(self) -> str:
        return str(next(self._numbers))

    def _put(self, like: int, shape: BaseGeometry, number: str) -> None:
        self._rows.append(self._rows[like] | {"shape": shape, "parcel_no": number})


def _key(row: dict[str, Any]) -> Key:
    unit, sheet, number = (row[name] for name in _KEY)
    return unit, sheet, number
