"""What the database is asked for beside the overlay: streets around, and the day's rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.rules import BOOKS, Held, RuleBook
from gis_platform.sqlfiles import Query, named_queries
from layers.planning.asking.question import Times

SQL = named_queries(__file__)

DENSITY, SMALL_LOT, FAR = "building.density.house", "building.density.small_lot", "building.far.house"
SETBACK, CONDITIONS = "building.setback", "building.permit.conditions"
CODES = (DENSITY, SMALL_LOT, FAR, SETBACK, CONDITIONS)

#: No street is looked for whose centre line is farther than this from a parcel: half of a road of 120 m.
REACH_M = 60.0


@dataclass(frozen=True, slots=True)
class Street:
    """A street near a parcel; its centre line in metres of the working grid, cut to the neighbourhood."""

    id: int
    name: str | None
    kind: str
    width_m: float | None
    planned_width_m: float | None
    line: BaseGeometry
    source_date: date
    synthetic: bool

    @property
    def red_half_m(self) -> float | None:
        """From the centre line to the red line: half the planned width, else half of today's."""
        width = self.planned_width_m or self.width_m
        return width / 2 if width else None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Streets of each parcel that has any, by its id, the rules of the day, and the working grid."""

    streets: Mapping[int, Sequence[Street]]
    book: RuleBook
    srid: int


def surroundings_query(
    ids: list[int], times: Times, on: date, held: Held | None
) -> tuple[Query, dict[str, Any]]:
    """What to ask the database for; a street is near where its strip may meet the lot."""
    known = held.version if held is not None else None
    asked = {"ids": ids, "reach": REACH_M, "codes": list(CODES), "day": on, "known_rules": known}
    return SQL["surroundings"], asked | times.parameters()


def read_surroundings(row: Mapping[str, Any], times: Times, on: date, held: Held | None) -> Surroundings:
    """The one row of that query; ``held`` are the rules that it was asked with."""
    around: dict[int, list[Street]] = {}
    for street in row["streets"] or ():
        around.setdefault(street.pop("lot"), []).append(_street(street))
    known_at = times.parameters()["known_at"]
    book = BOOKS.read(CODES, on, known_at, held, row["rules_version"], row["rules"])
    return Surroundings(around, book, row["srid"])


def _street(row: dict[str, Any]) -> Street:
    line = shapely.line_merge(shapely.from_wkb(row.pop("line")))
    return Street(line=line, **{**row, "source_date": date.fromisoformat(row["source_date"])})
