"""Which parcel each row means, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gis_platform.city import City
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import Problem
from gis_platform.layer.text import Language, Text
from layers.planning.asking.find import find
from layers.planning.batch.addresses import Addresses, Lots
from layers.planning.batch.reading import Row


class Sureness(StrEnum):
    """How sure a row's parcel is."""

    SURE = "sure"
    CHECK = "check"
    SEVERAL = "several"
    NOT_FOUND = "not_found"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``ids`` of the parcels meant, and what is to be said of how they were found."""

    sureness: Sureness
    ids: tuple[int, ...] = ()
    note: str = ""


async def find_rows(
    work: UnitOfWork, rows: Sequence[Row], addresses: Addresses, city: City, language: Language
) -> list[Outcome]:
    """An outcome for each row, in order. Addresses are looked up together, numbers one by one."""
    written = {place: row.question.address for place, row in enumerate(rows) if row.question is not None}
    houses = await addresses.find(work, {place: text for place, text in written.items() if text})
    outcomes = []
    for place, row in enumerate(rows):
        if row.question is None:
            told = row.fault.in_language(language) if row.fault is not None else ""
            outcomes.append(Outcome(Sureness.UNREADABLE, note=told))
        elif place in houses:
            outcomes.append(_of_house(houses[place], language))
        else:
            outcomes.append(await _one(work, row, city, language))
    return outcomes


def _of_house(found: Lots | Text, language: Language) -> Outcome:
    if isinstance(found, Text):
        return Outcome(Sureness.NOT_FOUND, note=found.in_language(language))
    notes = " ".join(notice.in_language(language) for notice in found.notes)
    if len(found.ids) > 1:
        return Outcome(Sureness.SEVERAL, found.ids, notes)
    return Outcome(Sureness.CHECK if notes else Sureness.SURE, found.ids, notes)


async def _one(work: UnitOfWork, row: Row, city: City, language: Language) -> Outcome:
    assert row.question is not None  # noqa: S101  # the caller has looked
    try:
        found = await find(work, row.question, city)
    except Problem as fault:
        return Outcome(Sureness.NOT_FOUND, note=fault.detail)
    notes = " ".join(notice.in_language(language) for notice in found.notices)
    if len(found.ids) > 1:
        return Outcome(Sureness.SEVERAL, tuple(found.ids), notes)
    moved = any(step.kind != "unit_merged" for step in found.path)
    sureness = Sureness.CHECK if moved or notes else Sureness.SURE
    return Outcome(sureness, tuple(found.ids), notes or (_MOVED.in_language(language) if moved else ""))


_MOVED = Text(
    "Số thửa đã thay đổi; đây là thửa đất hình thành từ số đó.",
    "The number has changed; this parcel came of it.",
)
