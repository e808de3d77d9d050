"""Several parcels as one site."""

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Problem
from gis_platform.layer.text import Language, Text
from layers.planning.asking.by_number import by_id, by_identifier, by_number
from layers.planning.asking.question import MOST_PARCELS, Found, Question, Times
from layers.planning.asking.refusing import in_a_list, refusal


async def by_several(
    work: UnitOfWork,
    parts: tuple[Question, ...],
    times: Times,
    language: Language,
    around: tuple[str, ...] = (),
) -> Found:
    """Each part by its number, identifier or id; one that is not found refuses all and is named by its place.

    Raises:
        NotFound, BadParameter: of the part at fault; ``item`` is its place in the list, counted from 1.
    """
    ids: set[int] = set()
    whole = Found([], [])
    ambiguous = False
    units: list[str | None] = []
    for place, part in enumerate(parts, start=1):
        try:
            found = await _one(work, part, times, language, around)
        except Problem as fault:
            raise in_a_list(fault, place, language) from fault
        if ids & set(found.ids):
            whole.notices.append(_twice(place))
        ids |= set(found.ids)
        ambiguous |= found.ambiguous
        units.append(found.unit)
        whole.notices.extend(notice for notice in found.notices if notice not in whole.notices)
        whole.path.extend(step for step in found.path if step not in whole.path)
    if len(ids) > MOST_PARCELS:
        told = Text(
            f"Khu đất gồm {len(ids)} thửa; mỗi lần tra cứu tối đa {MOST_PARCELS} thửa.",
            f"The site has {len(ids)} parcels; one look-up takes at most {MOST_PARCELS}.",
        )
        raise refusal(BadParameter, told, language, parameter="parcels")
    return Found(sorted(ids), whole.notices, None, whole.path, ambiguous, units=tuple(units))


async def _one(
    work: UnitOfWork, part: Question, times: Times, language: Language, around: tuple[str, ...]
) -> Found:
    if part.identifier is not None:
        return await by_identifier(work, part.identifier, times, language)
    if part.id is not None:
        return await by_id(work, part.id, times, language)
    return await by_number(work, part, times, around)


def _twice(place: int) -> Text:
    return Text(
        f"Thửa thứ {place} trong danh sách trùng với một thửa đã nêu; chỉ tính một lần.",
        f"Item {place} of parcels is a parcel already given; it counts once.",
    )
