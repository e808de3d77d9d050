"""What the moves of an application do with permits: propose one, issue, adjust or prolong it."""

from collections.abc import Mapping
from typing import Any

from gis_platform.audit.record import record
from gis_platform.casework import Acting
from gis_platform.errors import BadParameter, Conflict, Forbidden
from gis_platform.layer.text import Text
from gis_platform.sqlfiles import named_queries
from layers.permits.building import Lot, built, far_above
from layers.permits.commitment import require_commitment
from layers.permits.of_use import require_of_use
from layers.permits.papers import give_paper
from layers.permits.prolonging import prolonged, start_by, valid_until
from layers.permits.rechecking import require_same_check
from layers.permits.register import overlapping, permit_named, permit_of, require_unit, take_turn, write
from layers.permits.submissions import submission_of
from layers.permits.written import read_document, read_title
from layers.planning.asking.refusing import refusal

SQL = named_queries(__file__)

_CHANGES = frozenset({"adjustment", "extension"})

Row = dict[str, Any]


async def propose_permit(acting: Acting) -> Mapping[str, Any]:
    """Put the building handed in last before the one who decides; where a line of its check fails, with a
    reason.

    Raises:
        BadParameter: the case speaks of no parcel, the permit to change is not named, or a reason is missing.
        NotFound: there is no such permit on the parcel.
        Conflict: no building was handed in for the parcel as it is now, its check would be another one today,
            or the permit cannot be changed.
    """
    await _lot(acting)
    told: Row = dict.fromkeys(("permit", "submission", "check", "failed", "why_despite"))
    if acting.case.details["kind"] in _CHANGES:
        told["permit"] = (await _named(acting))["id"]
    if acting.case.details["kind"] == "extension":
        require_of_use(acting)
        return told
    building = await _building(acting)
    await require_same_check(acting, building, told["permit"])
    await require_commitment(acting, building["answer"])
    failed = [line for line in building["answer"]["lines"] if line["outcome"] == "fail"]
    if failed and "why_despite" not in acting.given:
        raise refusal(BadParameter, _fails(failed), acting.language, parameter="why_despite")
    return told | {
        "submission": building["number"],
        "check": building["answer"]["outcome"],
        "failed": [line["code"] for line in failed],
        "why_despite": acting.given.get("why_despite") if failed else None,
    }


async def issue_permit(acting: Acting) -> Mapping[str, Any]:
    """Write the permit as it was proposed, with its paper: a new one, a changed or a longer one.

    Raises:
        BadParameter: something that was filled in cannot be read.
        Conflict: it overlaps another permit and no reason is given, its number is taken, or what it rests on
            is not as it was proposed.
    """
    work, language, case = acting.work, acting.language, acting.case
    number = read_document(acting.given["document"], language)
    title = read_title(acting.given["signer_title"], language)
    require_of_use(acting)
    lot = await _lot(acting)
    await take_turn(work)
    before = None
    if case.details["kind"] in _CHANGES:
        before = await _changed(acting)
    building = None if case.details["kind"] == "extension" else await _building(acting)
    if building is not None:
        await require_same_check(acting, building, before["id"] if before else None, but_permits=True)
    ground = before["wkb"] if building is None and before is not None else building["wkb"]  # type: ignore[index]
    clashes = await overlapping(work, ground, acting.on, before["id"] if before else None)
    if clashes and "why_overlap" not in acting.given:
        raise refusal(Conflict, _overlaps(clashes), language, parameter="why_overlap", overlaps=clashes)
    change: Row = {"source_date": acting.on, "valid_from": acting.on, "case_code": case.code}
    if building is not None:
        change |= built(building, lot, acting.given, before, language)
    if before is None:
        change |= {
            "permit_no": number,
            "kind": case.details["kind"],
            "issued_on": acting.on,
            "unit_code": case.unit_code,
        }
        change |= await start_by(work, acting.on)
        change |= valid_until(acting)
    else:
        change["id"] = before["id"]
        change |= await prolonged(acting, before) if building is None else {"state": "adjusted"}
    permit = await write(work, change, None if building is None else ground, language)
    paper = await give_paper(
        work,
        permit,
        number=number,
        on=acting.on,
        signer=acting.given["signer"],
        title=title,
        check=building["answer"] if building else None,
        in_spite=bool(case.outcome.get("why_despite")),
        kind=str(case.details["kind"]),
        synthetic=case.synthetic,
        language=language,
    )
    why = acting.given.get("why_overlap") if clashes else None
    above = building is not None and far_above(building, change["floor_area_m2"])
    why_floors = acting.given.get("why_floor_area") if above else None
    detail = {
        "case": case.shown,
        "number": number,
        "paper": paper.code,
        "overlaps": [one["id"] for one in clashes],
    }
    await record(
        work,
        f"building-permit.{_DONE.get(case.details['kind'], 'issued')}",
        f"building_permits/{permit}",
        detail,
    )
    return {
        "permit": permit,
        "permit_no": paper.permit_no,
        "document": number,
        "paper": paper.code,
        "start_by": paper.start_by,
        "why_overlap": why,
        "why_floor_area": why_floors,
    }


_DONE = {"adjustment": "adjusted", "extension": "extended"}


async def _lot(acting: Acting) -> Lot:
    case = acting.case
    row = None
    if case.subject_layer == "parcels" and case.subject_id is not None:
        row = await acting.work.row(SQL["lot"], parcel=case.subject_id)
    if row is None:
        raise refusal(BadParameter, _NO_LOT, acting.language, parameter="feature")
    if row["unit"] is not None and row["unit"] != case.unit_code:
        told = Text(
            f"Thửa đất nằm ở đơn vị {row['unit']}, hồ sơ thuộc đơn vị {case.unit_code}. Đề nghị chuyển người "
            "nộp đến đúng nơi.",
            f"The parcel lies in unit {row['unit']}, the case is of unit {case.unit_code}.",
        )
        raise refusal(Forbidden, told, acting.language, parameter="feature")
    return Lot(parcel=row["id"], address=row["address"], area_m2=row["area_m2"])


async def _building(acting: Acting) -> Row:
    """The building handed in last, for the parcel as it is now."""
    found = await submission_of(acting.work, acting.case.id)
    if found is None:
        raise refusal(Conflict, _NOTHING, acting.language, parameter="building")
    if found["parcel_id"] != acting.case.subject_id or found["stale"]:
        raise refusal(Conflict, _STALE, acting.language, parameter="building")
    return found


async def _named(acting: Acting) -> Row:
    """The permit that the case would change, as far as it may be changed."""
    number, parcel = acting.case.details.get("permit"), acting.case.subject_id
    if not number:
        raise refusal(BadParameter, _NO_PERMIT, acting.language, parameter="permit")
    found = await permit_named(acting.work, str(number), parcel or 0, acting.on, acting.language)
    return await _changeable(acting, found)


async def _changed(acting: Acting) -> Row:
    """The permit that was proposed to be changed, as it is now."""
    proposed = int(acting.case.outcome["permit"])
    found = await permit_of(acting.work, proposed, acting.on, acting.language)
    return await _changeable(acting, found)


async def _changeable(acting: Acting, permit: Row) -> Row:
    require_unit(acting.work.caller, permit["unit_code"], acting.language)
    if acting.case.details["kind"] == "extension":
        await prolonged(acting, permit)
    elif not permit["in_force"]:
        raise refusal(Conflict, _ENDED, acting.language, parameter="permit")
    return permit


def _fails(failed: list[Row]) -> Text:
    listed = "; ".join(f"{line['title']}: {line['reason']}" for line in failed)
    return Text(
        f"Kết quả kiểm tra có mục không đạt ({listed}). Hãy nêu lý do đề xuất, hoặc yêu cầu sửa công trình.",
        f"Lines of the check fail ({listed}). Give a reason, or ask for another building.",
    )


def _overlaps(clashes: list[Row]) -> Text:
    listed = ", ".join(f"{one['permit_no']} ({one['area_m2']:.1f} m²)".replace(".", ",") for one in clashes)
    return Text(
        f"Công trình chồng lấn giấy phép còn hiệu lực: {listed}. Hãy nêu lý do nếu vẫn cấp.",
        f"The building overlaps permits in force: {listed}. Give a reason to issue it all the same.",
    )


_NO_LOT = Text(
    "Hồ sơ chưa gắn với thửa đất đang có. Hãy lập hồ sơ mới và chọn thửa đất.",
    "The case is not bound to a parcel of today. Take it in anew and choose the parcel.",
)
_NOTHING = Text(
    "Hồ sơ chưa có công trình được nộp. Hãy vẽ hoặc tải lên công trình để kiểm tra trước khi đề xuất.",
    "No building was handed in. Draw or load one, so that it is checked, before you propose.",
)
_STALE = Text(
    "Thửa đất đã thay đổi sau lần kiểm tra công trình. Hãy nộp lại công trình để kiểm tra theo thửa đất "
    "hiện nay.",
    "The parcel has changed since the building was checked. Hand the building in again.",
)
_NO_PERMIT = Text(
    "Hồ sơ chưa ghi số giấy phép cần điều chỉnh hoặc gia hạn. Hãy lập hồ sơ mới và ghi số giấy phép.",
    "The case does not name the permit to adjust or to extend. Take it in anew with its number.",
)
_ENDED = Text(
    "Giấy phép không còn hiệu lực nên không điều chỉnh được.",
    "The permit is not in force any more and cannot be adjusted.",
)
