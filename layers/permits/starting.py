"""That building has begun: from then on a permit does not lapse for want of a beginning."""

from datetime import date
from typing import Any

from gis_platform.audit.record import record
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Conflict
from gis_platform.layer.text import Language, Text
from layers.permits.register import permit_of, require_unit, take_turn, write
from layers.planning.asking.refusing import refusal


async def note_start(
    work: UnitOfWork, permit: int, started_on: date, today: date, language: Language
) -> dict[str, Any]:
    """Note the day on which building began, as the builder notified it; audited.

    Raises:
        NotFound: there is no such permit.
        Forbidden: it is another unit's.
        BadParameter: the day lies ahead, or before the permit was issued.
        Conflict: the permit is revoked, it had lapsed by that day, or a day is noted already.
    """
    await take_turn(work)
    found = await permit_of(work, permit, today, language)
    require_unit(work.caller, found["unit_code"], language)
    if not found["issued_on"] <= started_on <= today:
        raise refusal(BadParameter, _NO_SUCH_DAY, language, parameter="started_on")
    if found["state"] == "revoked" or found["started_on"] is not None:
        raise refusal(Conflict, _NOTED, language, parameter="permit")
    if found["start_by"] is not None and started_on > found["start_by"]:
        told = Text(
            f"Giấy phép đã hết thời hạn khởi công ngày {found['start_by']:%d/%m/%Y}.",
            f"The permit lapsed on {found['start_by']}, before building began.",
        )
        raise refusal(Conflict, told, language, parameter="started_on")
    change = {"id": permit, "started_on": started_on, "source_date": today, "valid_from": today}
    await write(work, change, None, language)
    detail = {"number": found["permit_no"], "started_on": started_on.isoformat()}
    await record(work, "building-permit.begun", f"building_permits/{permit}", detail)
    return {"permit": permit, "permit_no": found["permit_no"], "started_on": started_on}


_NO_SUCH_DAY = Text(
    "Ngày khởi công phải từ ngày cấp giấy phép đến hôm nay.",
    "Building begins on or after the day of issue, and not ahead of today.",
)
_NOTED = Text(
    "Giấy phép đã bị thu hồi hoặc đã ghi nhận ngày khởi công.",
    "The permit is revoked, or the day is noted already.",
)
