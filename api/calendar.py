"""The working calendar: what a day is, and correcting it, for administrators."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import ConfigDict, Field

from api.cases.asking import Today
from api.dependencies import CurrentCaller, Work
from api.parameters import parse_date
from api.said import Said, Words
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.clock.correcting import Correction, correct_day, day_told, year_told
from gis_platform.clock.days import DayKind
from gis_platform.errors import Forbidden, SignInNeeded

router = APIRouter(prefix="/api/calendar", tags=["calendar"])


def _day(day: Annotated[str, Path(max_length=10, description="The day, as 2026-11-24.")]) -> date:
    return parse_date(day, "day")


Day = Annotated[date, Depends(_day)]


class DaySaid(Said):
    """What a day is."""

    model_config = ConfigDict(str_strip_whitespace=True)

    kind: DayKind = Field(
        description="work, off, or makeup: a day of weekly rest that is worked for another."
    )
    name: Words = Field(min_length=1, max_length=200, description="Why, as people are told.")
    decision_no: Words | None = Field(None, min_length=1, max_length=100)
    confirmed: bool = Field(False, description="A decision says so; its number is needed.")


def _administrator(caller: CurrentCaller) -> Caller:
    if not caller.signed_in:
        raise SignInNeeded(
            "The calendar is kept by administrators. Sign in as one.",
            detail_vi="Lịch làm việc do quản trị hệ thống quản lý. Hãy đăng nhập.",
        )
    if caller.role is not Role.ADMIN or caller.key is not None:
        raise Forbidden(
            "The calendar is kept by administrators, in person.",
            detail_vi="Chỉ quản trị hệ thống được trực tiếp xem và sửa lịch làm việc.",
        )
    return caller


Administrator = Annotated[Caller, Depends(_administrator)]


@router.get("")
async def of_year(
    work: Work,
    _: Administrator,
    year: Annotated[int, Query(ge=2000, le=2100, description="The year.")],
) -> dict[str, Any]:
    """The days of a year of which the calendar says something; all others follow the week."""
    return {"year": year, "days": await year_told(work, year)}


@router.get("/{day}")
async def told(work: Work, _: Administrator, day: Day) -> dict[str, Any]:
    """What the calendar says of a day; nulls where it follows the week."""
    return await day_told(work, day)


@router.put("/{day}")
async def corrected(work: Work, _: Administrator, today: Today, day: Day, body: DaySaid) -> dict[str, Any]:
    """Say what a day is. Audited; due days of open cases follow within ten minutes."""
    return await correct_day(work, day, Correction(**body.model_dump()), today)
