"""What happens to a parcel between two deliveries: each alteration gives the rows that stand in its place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.ops import split

Row = dict[str, Any]
#: The positions used up, and the rows that stand in their place; none where it cannot be done here.
Altered = tuple[set[int], list[Row]]

_LEAST_TO_SPLIT_M2 = 60.0
_LEAST_SHARED_M = 3.0
_NEAR_ROWS = 40


class Numbers:
    """The next free parcel number of each sheet: a new parcel never takes a number that was used."""

    def __init__(self, greatest: Iterable[tuple[Any, ...]]) -> None:
        self._greatest = {(unit, sheet): int(number) for unit, sheet, number in greatest}

    def next(self, row: Row) -> str:
        """For another parcel in the sheet of this one."""
        place = (row["unit_code"], row["sheet_no"])
        self._greatest[place] = self._greatest.get(place, 0) + 1
        return str(self._greatest[place])


@dataclass(frozen=True, slots=True)
class Alteration:
    """``share`` of the parcels it is tried on."""

    name: str
    share: float
    alter: Callable[[list[Row], int, Numbers], Altered]


def _splits(rows: list[Row], at: int, numbers: Numbers) -> Altered:
    row = rows[at]
    ring = _simple(row)
    if ring is None or ring.area < _LEAST_TO_SPLIT_M2:
        return set(), []
    parts = split(ring, _across(ring)).geoms
    halves = [part for part in parts if isinstance(part, shapely.Polygon) and part.area > 1]
    if len(halves) != 2:
        return set(), []
    return {at}, [_new(row, half, numbers) for half in halves]


def _merges(rows: list[Row], at: int, numbers: Numbers) -> Altered:
    row, ring = rows[at], _simple(rows[at])
    if ring is None:
        return set(), []
    for other in range(at + 1, min(at + _NEAR_ROWS, len(rows))):
        beside = _simple(rows[other])
        if beside is None or (rows[other]["unit_code"], rows[other]["sheet_no"]) != (
            row["unit_code"],
            row["sheet_no"],
        ):
            continue
        if shapely.intersection(ring, beside).length >= _LEAST_SHARED_M:
            whole = shapely.union(ring, beside)
            if isinstance(whole, shapely.Polygon) and not whole.interiors:
                return {at, other}, [_new(row, whole, numbers)]
    return set(), []


def _renumbered(rows: list[Row], at: int, numbers: Numbers) -> Altered:
    row = rows[at]
    old = {"old_sheet_no": row["sheet_no"], "old_parcel_no": row["parcel_no"]}
    return {at}, [row | old | {"parcel_no": numbers.next(row)}]


def _mortgaged(rows: list[Row], at: int, numbers: Numbers) -> Altered:
    del numbers
    status = "mortgaged" if rows[at]["status"] == "in_force" else "in_force"
    return {at}, [rows[at] | {"status": status}]


def _surveyed(rows: list[Row], at: int, numbers: Numbers) -> Altered:
    """A fence measured anew: the lot is a little smaller all around."""
    del numbers
    ring = _simple(rows[at])
    if ring is None:
        return set(), []
    smaller = shapely.buffer(ring, -0.08, join_style="mitre")
    if smaller.geom_type != "Polygon" or smaller.is_empty:
        return set(), []
    return {at}, [rows[at] | {"geom": smaller, "measured_area_m2": round(smaller.area, 1)}]


ALTERATIONS = (
    Alteration("split", 0.003, _splits),
    Alteration("merged", 0.0015, _merges),
    Alteration("renumbered", 0.002, _renumbered),
    Alteration("changed_attributes", 0.003, _mortgaged),
    Alteration("changed_geometry", 0.001, _surveyed),
)


def _simple(row: Row) -> shapely.Polygon | None:
    """Its one polygon; None where it has several, or holes."""
    parts = list(row["geom"].geoms)
    return parts[0] if len(parts) == 1 and not parts[0].interiors else None


def _across(ring: shapely.Polygon) -> shapely.LineString:
    """A line over the middle, across the longer side."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(ring))
    sides = corners[1:3] - corners[0:2]
    long = sides[np.argmax(np.hypot(*sides.T))]
    reach = np.array([-long[1], long[0]]) / np.hypot(*long) * 1_000
    middle = shapely.get_coordinates(ring.centroid)[0]
    return shapely.LineString([middle - reach, middle + reach])


def _new(row: Row, shape: shapely.Polygon, numbers: Numbers) -> Row:
    """A parcel that came from this one: its own number, no identifier yet, its areas measured."""
    area = round(shape.area, 1)
    return row | {
        "identifier": None,
        "parcel_no": numbers.next(row),
        "old_sheet_no": row["sheet_no"],
        "old_parcel_no": row["parcel_no"],
        "legal_area_m2": area,
        "measured_area_m2": area,
        "geom": shape,
    }
