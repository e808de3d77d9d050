"""A number proposed for a gate or a lot: street, side, parity, place, number, and every rule on the way.

Nothing is stored, and nothing blocks: the officer may give another number with a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language
from gis_platform.rules import RuleBook, rules_on
from layers.numbering import said
from layers.numbering.between import between, of_parity
from layers.numbering.collisions import collisions_around
from layers.numbering.ground import (
    SQL,
    Axis,
    Gate,
    Subject,
    Way,
    axis_of,
    gate_on,
    numbered_along,
    vacant_lots,
    ways_around,
)
from layers.numbering.lines import CODES, RuleLine
from layers.numbering.mouth import alley_at
from layers.numbering.placed import neighbours
from layers.numbering.street_choice import called, choose
from layers.references.address import Number, format_path
from layers.references.house_path import members_of

#: A place picked that far inside a lot means the lot, not its gate.
_INSIDE_M = 3.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed. ``path`` is None where no number can be told; the lines say why."""

    subject: Subject
    axis: Axis | None
    gate: Gate | None
    path: tuple[Number, ...] | None
    alternatives: tuple[tuple[Number, ...], ...]
    lines: tuple[RuleLine, ...]
    collisions: Sequence[Mapping[str, Any]] = ()
    current: Sequence[Mapping[str, Any]] = field(default_factory=tuple)

    def told(self, language: Language) -> dict[str, Any]:
        """The proposal as an answer."""
        axis, gate = self.axis, self.gate
        return {
            "parcel": self.subject.parcel_id,
            "street": None
            if axis is None
            else {
                "id": axis.street_id,
                "name": axis.street_name,
                "alley": format_path(axis.path) or None,
                "alley_path": members_of(axis.path),
                "basis": axis.basis,
            },
            "side": gate.side if gate else None,
            "position_m": round(gate.at_m, 2) if gate else None,
            "unit_code": gate.unit_code if gate else None,
            "gate": {"type": "Point", "coordinates": list(gate.point)} if gate else None,
            "number": format_path(self.path) if self.path else None,
            "path": members_of(self.path or ()),
            "address": f"{format_path(self.path)} {axis.street_name}" if self.path and axis else None,
            "alternatives": [format_path(path) for path in self.alternatives],
            "current": list(self.current),
            "rules": [line.told(language) for line in self.lines],
            "collisions": [{**one, "reason": one["reason"].in_language(language)} for one in self.collisions],
        }


async def propose(work: UnitOfWork, subject: Subject, today: date) -> Proposal:
    """The number for a subject by the rules of the day."""
    book = await rules_on(work, list(CODES), today)
    asked = _meant(subject)
    chosen = choose(asked, await ways_around(work, asked.ground), book)
    lines = list(chosen.lines)
    current = await current_numbers(work, subject)
    if chosen.way is None:
        return Proposal(subject, None, None, None, (), tuple(lines), current=current)
    axis, more = await _axis_for(work, chosen.way, book)
    lines += more
    if axis is None:
        return Proposal(subject, None, None, None, (), tuple(lines), current=current)
    gate = await gate_on(work, asked, axis.line)
    lines.append(said.side_line(gate, axis, book))
    found = await _number(work, subject, axis, gate, book)
    lines += found.lines
    others = tuple(called(way) for way in chosen.others)
    collisions = [
        *found.collisions,
        *said.corner_collisions(others, gate),
        *said.other_street(current, axis, gate),
    ]
    lines.append(said.record_line(subject, axis))
    lines += said.current_lines(current)
    return Proposal(
        subject, axis, gate, found.path, found.alternatives, tuple(lines), tuple(collisions), current
    )


async def current_numbers(work: UnitOfWork, subject: Subject) -> list[dict[str, Any]]:
    """The numbers that the lot of the subject has."""
    if subject.parcel_id is None:
        return []
    return [dict(row) for row in await work.rows(SQL["of_lot"], parcel=subject.parcel_id)]


def _meant(subject: Subject) -> Subject:
    """A place deep inside a lot was picked to mean the lot."""
    if subject.place is None or subject.lot is None:
        return subject
    if subject.lot.boundary.distance(subject.place) <= _INSIDE_M:
        return subject
    return Subject(subject.parcel_id, subject.lot, None, subject.address, subject.called)


async def _axis_for(work: UnitOfWork, way: Way, book: RuleBook) -> tuple[Axis | None, list[RuleLine]]:
    if way.axis is not None:
        axis = await axis_of(work, way.axis)
        return axis, [] if axis is None else [said.direction_line(axis, book)]
    if way.street.kind == "hem":
        mouth = await alley_at(work, way.street.id, book)
        told = [mouth.line] if mouth.axis is None else [mouth.line, said.direction_line(mouth.axis, book)]
        return mouth.axis, told
    return None, [said.no_direction(way, book)]


@dataclass(frozen=True, slots=True)
class _Found:
    path: tuple[Number, ...] | None
    alternatives: tuple[tuple[Number, ...], ...]
    lines: tuple[RuleLine, ...]
    collisions: Sequence[Mapping[str, Any]]


async def _number(work: UnitOfWork, subject: Subject, axis: Axis, gate: Gate, book: RuleBook) -> _Found:
    along = await numbered_along(work, axis)
    around = collisions_around(along, gate)
    if gate.side is None or said.parity_missing(book):
        return _Found(None, (), (), around)
    others = [one for one in along if one.parcel_id is None or one.parcel_id != subject.parcel_id]
    beside = neighbours(others, gate.at_m, gate.side)
    # Without a house before it every lot from the start of the street keeps a number; behind the last house
    # there are numbers enough.
    start = beside.before.at_m if beside.before else 0.0
    lots = await vacant_lots(work, axis, start, beside.after.at_m if beside.after else gate.at_m)
    between_them = [lot for lot in lots if lot.gate.side == gate.side and lot.parcel_id != subject.parcel_id]
    before = sum(lot.gate.at_m <= gate.at_m for lot in between_them)
    choice = between(
        beside.before.number if beside.before else None,
        beside.after.number if beside.after else None,
        gate.side,
        {one.number for one in others},
        before,
        len(between_them) - before,
    )
    lines = [
        said.place_line(gate, beside),
        said.vacant_line(before, len(between_them) - before, choice, book),
        said.number_line(choice, beside, axis, book),
    ]
    if choice.number is None:
        return _Found(None, (), tuple(lines), around)
    path = (*axis.path, choice.number)
    lines.append(said.parity_line(choice.number, of_parity(choice.number[0], gate.side), gate.side, book))
    lines.append(said.written_line(path, book))
    return _Found(path, tuple((*axis.path, number) for number in choice.alternatives), tuple(lines), around)
