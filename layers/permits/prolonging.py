"""By when building begins, how often that may be put off, and until when a temporary building may stand."""

from datetime import date
from typing import Any

from gis_platform.casework import Acting
from gis_platform.casework.clocks import clocks_of
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Conflict
from gis_platform.layer.text import Text
from gis_platform.rules import NotLoaded, rule_on
from layers.permits.written import months_after, read_day
from layers.planning.asking.refusing import refusal

START, EXTENSION = "building.permit.start", "building.permit.extension"

Row = dict[str, Any]


async def start_by(work: UnitOfWork, on: date) -> Row:
    """The day by which a permit of that day is begun; none where no rule is loaded for it."""
    rule = await rule_on(work, START, on)
    if isinstance(rule, NotLoaded):
        return {"start_by": None}
    return {"start_by": months_after(on, int(rule.value["months"]))}


async def prolonged(acting: Acting, permit: Row) -> Row:
    """The members of a permit that is prolonged: asked for before it lapsed, and not too often.

    The day that counts is that on which the case was received: an office that takes its time takes no permit
    away.

    Raises:
        Conflict: it is revoked, was begun, had lapsed, or was prolonged as often as it may be.
    """
    language = acting.language
    rule = await rule_on(acting.work, EXTENSION, acting.on)
    if isinstance(rule, NotLoaded):
        told = Text(f"Chưa gia hạn được: {rule.reason.vi}.", f"It cannot be extended: {rule.reason.en}.")
        raise refusal(Conflict, told, language, parameter="permit")
    if permit["state"] == "revoked":
        raise refusal(Conflict, _REVOKED, language, parameter="permit")
    if permit["started_on"] is not None:
        raise refusal(Conflict, _BEGUN, language, parameter="permit")
    until = permit["start_by"]
    if until is None:
        raise refusal(Conflict, _NO_END, language, parameter="permit")
    received = min(clock.started_on for clock in await clocks_of(acting.work, acting.case.id))
    if received > until:
        told = Text(
            f"Giấy phép đã hết thời hạn khởi công ngày {until:%d/%m/%Y}, trước ngày nhận hồ sơ gia hạn. "
            "Đề nghị làm thủ tục cấp mới.",
            f"The permit lapsed on {until}, before its extension was asked for. Apply for a new one.",
        )
        raise refusal(Conflict, told, language, parameter="permit")
    times = int(rule.value["times"])
    if permit["extended"] >= times:
        told = Text(
            f"Giấy phép đã gia hạn {times} lần, không gia hạn được nữa.",
            f"The permit was extended {times} times; it may be extended no more.",
        )
        raise refusal(Conflict, told, language, parameter="permit")
    return {
        "extended": permit["extended"] + 1,
        "start_by": months_after(until, int(rule.value["months"])),
    }


def valid_until(acting: Acting) -> Row:
    """Until when a temporary building may stand.

    Raises:
        BadParameter: it is missing for a temporary permit, past, or given for another kind.
    """
    written = acting.given.get("valid_until")
    temporary = acting.case.details["kind"] == "temporary"
    if written is None:
        if temporary:
            raise refusal(BadParameter, _NO_UNTIL, acting.language, parameter="valid_until")
        return {}
    if not temporary:
        raise refusal(BadParameter, _NOT_TEMPORARY, acting.language, parameter="valid_until")
    until = read_day(written, "valid_until", acting.language)
    if until <= acting.on:
        raise refusal(BadParameter, _PAST, acting.language, parameter="valid_until")
    return {"valid_until": until}


_REVOKED = Text("Giấy phép đã bị thu hồi.", "The permit was revoked.")
_BEGUN = Text(
    "Công trình đã khởi công nên không cần gia hạn.", "Building has begun: there is nothing to extend."
)
_NO_END = Text(
    "Giấy phép không ghi thời hạn khởi công nên không có gì để gia hạn.",
    "The permit states no day by which to begin: there is nothing to extend.",
)
_NO_UNTIL = Text(
    "Giấy phép có thời hạn phải ghi ngày công trình được tồn tại đến.",
    "A temporary permit states until when the building may stand.",
)
_NOT_TEMPORARY = Text(
    "Chỉ giấy phép có thời hạn mới ghi ngày này. Hãy để trống.",
    "Only a temporary permit states this day. Leave it empty.",
)
_PAST = Text("Ngày này phải sau hôm nay.", "This day must lie ahead.")
