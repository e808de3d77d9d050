"""What the moves of an application do with numbers: keep one for the lot, give it, let it go."""

from collections.abc import Mapping
from typing import Any

from gis_platform.audit.record import record
from gis_platform.casework import Acting
from gis_platform.casework.case import Case
from gis_platform.casework.codes import shown_code
from gis_platform.errors import BadParameter, Conflict, NotFound
from gis_platform.layer.text import Text
from gis_platform.sqlfiles import named_queries
from layers.numbering.certificates import certify
from layers.numbering.ground import Subject, subject_of_parcel
from layers.numbering.issuing import Wanted, give, move
from layers.numbering.writing import house, release, take_turn
from layers.numbering.written import read_number
from layers.planning.asking.refusing import refusal

SQL = named_queries(__file__)


async def keep_number(acting: Acting) -> Mapping[str, Any]:
    """Reserve the proposed number for the lot, or the one the officer filled in, with his reason.

    Raises:
        BadParameter: the case speaks of no parcel, no number can be proposed and none was filled in, or a
            reason is missing.
        Conflict: another house has the number.
    """
    work, language = acting.work, acting.language
    subject = await _lot(acting)
    number = acting.given.get("number")
    path = None if number is None else read_number(number, "number", language)
    street = await _street(acting)
    await _let_go(acting)
    wanted = Wanted("reserved", path, street, reason=acting.given.get("why_not_proposed"))
    given = await give(work, subject, wanted, acting.on, language)
    other = await work.value(
        SQL["kept_by_another"], case=acting.case.id, parcel=subject.parcel_id, house=given["id"]
    )
    if other is not None:
        told = Text(
            f"Số {given['address']} đang được dành theo hồ sơ {shown_code(other)} của cùng thửa đất. Hãy "
            "giải quyết hồ sơ đó trước.",
            f"{given['address']} is kept for case {shown_code(other)} of the same lot. Decide that first.",
        )
        raise refusal(Conflict, told, language, parameter="number")
    return {
        "house_number": given["id"],
        "address": given["address"],
        "as_proposed": given["as_proposed"],
        # A number that the city had kept for the lot before stays kept when the case lets it go.
        "kept_before": given["was_kept"],
    }


async def give_number(acting: Acting) -> Mapping[str, Any]:
    """Give the number that was kept for the case, by the document filled in, with its certificate.

    Raises:
        Conflict: no number is kept, or it is not there to be given any more.
    """
    kept = acting.case.outcome.get("house_number")
    if kept is None:
        raise refusal(Conflict, _NONE_KEPT, acting.language, parameter="move")
    given = await move(
        acting.work,
        int(kept),
        "issued",
        acting.on,
        acting.language,
        document=acting.given["document"],
    )
    paper = await certify(acting.work, given["id"], synthetic=acting.case.synthetic, language=acting.language)
    return {
        "house_number": given["id"],
        "address": given["address"],
        "document": given["document"],
        "certificate": paper,
    }


async def let_number_go(acting: Acting) -> Mapping[str, Any]:
    """Let the number go that was kept for the case, so that another house may have it."""
    await _let_go(acting)
    return dict.fromkeys(("house_number", "address", "as_proposed", "kept_before"))


async def _let_go(acting: Acting) -> None:
    kept = acting.case.outcome.get("house_number")
    if kept is None or acting.case.outcome.get("kept_before"):
        return
    await take_turn(acting.work, (await house(acting.work, int(kept), acting.language))["street_id"])
    if await release(acting.work, int(kept)):
        detail = {"address": acting.case.outcome.get("address"), "case": acting.case.shown}
        await record(acting.work, "house-number.released", f"house_numbers/{kept}", detail)


async def _lot(acting: Acting) -> Subject:
    case: Case = acting.case
    found = None
    if case.subject_layer == "parcels" and case.subject_id is not None:
        found = await subject_of_parcel(acting.work, case.subject_id)
    if found is None:
        raise refusal(BadParameter, _NO_LOT, acting.language, parameter="feature")
    return found


async def _street(acting: Acting) -> int | None:
    """The street that was named, near the lot; None where none was."""
    name = acting.given.get("street")
    if name is None:
        return None
    rows = await acting.work.rows(SQL["street_near"], name=name, parcel=acting.case.subject_id)
    if not rows:
        told = Text(
            f"Không có đường tên “{name}” gần thửa đất. Hãy ghi tên như trên bản đồ.",
            f"There is no street called {name!r} near the lot. Write it as on the map.",
        )
        raise refusal(NotFound, told, acting.language, parameter="street")
    return int(rows[0]["id"])


_NO_LOT = Text(
    "Hồ sơ chưa gắn với thửa đất đang có. Hãy lập hồ sơ mới và chọn thửa đất.",
    "The case is not bound to a parcel of today. Take it in anew and choose the parcel.",
)
_NONE_KEPT = Text(
    "Hồ sơ chưa có số nhà được đề xuất. Hãy đề xuất số nhà trước.",
    "No number is kept for the case. Propose one first.",
)
