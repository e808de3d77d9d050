"""What a review would do: every house that changes, every lot that gets a number, every alley called anew.

Nothing is stored. ``plan`` is a hash of all of it: who applies the review says which one was looked at.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.numbering.collisions import reason
from layers.numbering.ground import Axis, Lot, axis_of, numbered_along, vacant_lots
from layers.numbering.placed import Placed, irregularities, told_house
from layers.numbering.reviewing.sequence import Opening, Standing, alley_numbers, numbered
from layers.planning.asking.refusing import refusal
from layers.references.address import Number, format_path
from layers.references.house_path import members_of, path_of

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Change:
    """A house that gets another path, or a vacant lot that gets one (``house`` is None)."""

    house: int | None
    parcel: int | None
    before: tuple[Number, ...] | None
    after: tuple[Number, ...]
    side: str | None
    lot: Lot | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """All that a review would do to a street or an alley."""

    axis: Axis
    changes: tuple[Change, ...]
    alleys: Mapping[int, tuple[tuple[Number, ...], tuple[Number, ...]]]
    unchanged: int
    unplaced: tuple[Placed, ...]
    along: tuple[Placed, ...]

    @property
    def plan(self) -> str:
        """What names this very review: another where anything of it is another."""
        told = [[c.house, c.parcel, c.before, c.after] for c in self.changes]
        axis = [self.axis.id, [[key, *pair] for key, pair in sorted(self.alleys.items())]]
        return hashlib.sha256(json.dumps([axis, told]).encode()).hexdigest()[:32]

    def told(self, language: Language) -> dict[str, Any]:
        """The review as an answer."""
        irregular = irregularities(self.along)
        return {
            "street": {"id": self.axis.street_id, "name": self.axis.street_name},
            "alley": format_path(self.axis.path) or None,
            "plan": self.plan,
            "unchanged": self.unchanged,
            "changes": [_told(one) for one in self.changes if one.house is not None],
            "reserved": [_told(one) for one in self.changes if one.house is None],
            "alleys": [
                {"axis": axis, "before": format_path(before), "after": format_path(after)}
                for axis, (before, after) in sorted(self.alleys.items())
            ],
            "unplaced": [told_house(one) for one in self.unplaced],
            "collisions": [
                {"code": kind, "reason": reason(kind, one).in_language(language), **told_house(one)}
                for kind, one in irregular
            ],
        }


async def plan_review(work: UnitOfWork, street: int, path: tuple[Number, ...], language: Language) -> Review:
    """Numbers for all of a street, or of an alley of it, in the order of its line.

    Raises:
        BadParameter: it has no direction.
    """
    found = await work.value(SQL["axis_named"], street=street, alleys=json.dumps(members_of(path)))
    axis = await axis_of(work, found) if found is not None else None
    if axis is None:
        raise refusal(BadParameter, _NO_DIRECTION, language, parameter="alley" if path else "street")
    along = await numbered_along(work, axis)
    lots = {lot.parcel_id: lot for lot in await vacant_lots(work, axis)}
    # A lot with a planned number is no vacant one here: its number is among those along the line.
    planned = {one.parcel_id for one in along}
    standing = [Standing(o.at_m, o.side, o.id, o.parcel_id) for o in along if o.side is not None]
    standing += [
        Standing(lot.gate.at_m, lot.gate.side, None, lot.parcel_id)
        for lot in lots.values()
        if lot.gate.side is not None and lot.parcel_id not in planned
    ]
    row = numbered(standing)
    was = {one.id: one.number for one in along}
    changes = [
        Change(
            house=one.house,
            parcel=one.parcel,
            before=None if one.house is None else (*axis.path, was[one.house]),
            after=(*axis.path, number),
            side=one.side,
            lot=lots.get(one.parcel) if one.house is None and one.parcel else None,
        )
        for one, number in row
        if one.house is None or was[one.house] != number
    ]
    openings = await _openings(work, axis)
    called = alley_numbers(openings, row)
    moved = {
        (*axis.path, one.number): (*axis.path, called[one.axis])
        for one in openings
        if one.number != called[one.axis]
    }
    alleys, behind = await _behind(work, axis, moved)
    kept = sum(1 for one in along if one.side is not None) - sum(c.house is not None for c in changes)
    return Review(
        axis=axis,
        changes=(*changes, *behind),
        alleys=alleys,
        unchanged=kept,
        unplaced=tuple(one for one in along if one.side is None),
        along=tuple(along),
    )


async def _openings(work: UnitOfWork, axis: Axis) -> list[Opening]:
    rows = await work.rows(
        SQL["openings"],
        directed=shapely.to_wkb(axis.line),
        street=axis.street_id,
        alleys=json.dumps(members_of(axis.path)),
    )
    return [Opening(row["id"], path_of(row["alley_path"])[-1], row["at_m"], row["side"]) for row in rows]


_Moved = Mapping[tuple[Number, ...], tuple[Number, ...]]


async def _behind(
    work: UnitOfWork, axis: Axis, moved: _Moved
) -> tuple[dict[int, tuple[tuple[Number, ...], tuple[Number, ...]]], list[Change]]:
    """Alleys and houses whose paths lead through an alley that is called anew."""
    if not moved:
        return {}, []
    depth = len(axis.path)
    asked = {"street": axis.street_id, "depth": depth}
    alleys = {}
    for row in await work.rows(SQL["axes_under"], **asked):
        before = path_of(row["alley_path"])
        if before[: depth + 1] in moved:
            alleys[int(row["id"])] = (before, (*moved[before[: depth + 1]], *before[depth + 1 :]))
    changes = []
    for row in await work.rows(SQL["houses_under"], **asked):
        before = (*path_of(row["alley_path"]), (row["number"], row["suffix"]))
        if before[: depth + 1] in moved:
            after = (*moved[before[: depth + 1]], *before[depth + 1 :])
            changes.append(Change(row["id"], row["parcel_id"], before, after, None))
    return alleys, changes


def _told(one: Change) -> dict[str, Any]:
    return {
        "id": one.house,
        "parcel_id": one.parcel,
        "before": format_path(one.before) if one.before else None,
        "after": format_path(one.after),
    }


_NO_DIRECTION = Text(
    "Đường hoặc hẻm này chưa có chiều đánh số. Hãy xác định đầu đường trước.",
    "This street or alley has no numbering direction yet. State where it starts first.",
)
