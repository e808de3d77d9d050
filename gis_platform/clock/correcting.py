"""Correcting a day of the working calendar: what an administrator says of it, the seed never takes back.

Open cases are counted anew by the job that looks after them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gis_platform.audit.record import record
from gis_platform.clock.calendar_store import load_calendar_async
from gis_platform.clock.days import DayKind
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: How far from today a day may be corrected: decisions name the days of a year or two.
_REACH = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a day is. ``confirmed``: by the decision of that number."""

    kind: DayKind
    name: str
    decision_no: str | None = None
    confirmed: bool = False


async def day_told(work: UnitOfWork, day: date) -> dict[str, Any]:
    """What the calendar says of a day, and whether it is worked by it."""
    row = await work.row(SQL["day"], day=day)
    calendar = await load_calendar_async(work.raw)
    nothing = dict.fromkeys(("kind", "name", "decision_no", "confirmed", "source", "changed_at"))
    return {"day": day, "working": calendar.is_working_day(day), **(row or nothing)}


async def year_told(work: UnitOfWork, year: int) -> list[dict[str, Any]]:
    """The days of a year of which the calendar says something; the others follow the week."""
    return [dict(row) for row in await work.rows(SQL["of_year"], year=year)]


async def correct_day(work: UnitOfWork, day: date, said: Correction, today: date) -> dict[str, Any]:
    """Keep what is said of a day; the entry of the audit trail holds what was said before.

    Raises:
        BadParameter: the day cannot be what is said, or lies too far away.
    """
    if abs(day - today) > _REACH:
        raise BadParameter(
            "Only days within three years of today are corrected.",
            parameter="day",
            detail_vi="Chỉ sửa được ngày trong vòng ba năm trước hoặc sau hôm nay.",
        )
    if said.kind is DayKind.MAKEUP and day.isoweekday() < 6:
        raise BadParameter(
            "A day that is worked to make up for another is a Saturday or Sunday.",
            parameter="kind",
            detail_vi="Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.",
        )
    if said.confirmed and not said.decision_no:
        raise BadParameter(
            "Say the number of the decision that confirms the day.",
            parameter="decision_no",
            detail_vi="Chưa ghi số văn bản xác nhận ngày này.",
        )
    before = await work.row(SQL["day"], day=day)
    now = {"kind": said.kind.value, "name": said.name, "decision_no": said.decision_no}
    await work.rows(SQL["correct"], day=day, confirmed=said.confirmed, **now)
    told = await day_told(work, day)
    was = {name: before[name] for name in (*now, "confirmed")} if before else None
    detail = {"before": was, "now": {**now, "confirmed": said.confirmed}}
    await record(work, "calendar.corrected", f"calendar/{day}", detail)
    return told
