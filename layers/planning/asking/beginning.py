"""A day before the data: told as that, and from which day on there is some, whatever was asked for.

Nothing is found on such a day, and a number, a place or a street is not to blame for it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import Query, named_queries
from layers.planning.asking.question import Times
from layers.planning.asking.refusing import refusal

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Subject:
    """What begins on a day: its name within a sentence, and the query for the day."""

    name: Text
    begins: Query


PARCELS = Subject(Text("thửa đất", "parcels"), SQL["parcels"])
PLANS = Subject(Text("quy hoạch", "plans"), SQL["zoning"])


@dataclass(frozen=True, slots=True)
class Before:
    """That a day lies before the data, in words; ``begins`` is the first day with data, None without any."""

    told: Text
    begins: date | None


async def before_the_data(work: UnitOfWork, times: Times, subject: Subject = PARCELS) -> Before | None:
    """What is to be said of the day that is asked about; None where it is none before the data."""
    if times.present:
        return None
    begins = await work.value(subject.begins, known_at=times.parameters()["known_at"])
    if begins is None:
        return Before(_nothing_known(times, subject), None) if times.known_at is not None else None
    day = times.as_of
    return Before(_begins(day, begins, times, subject), begins) if day is not None and day < begins else None


@asynccontextmanager
async def on_a_day_of_the_data(
    work: UnitOfWork, times: Times, language: Language, parameter: str = "as_of"
) -> AsyncIterator[None]:
    """Whatever is looked for within: where it is not found, and the day is to blame, that is what is told.

    parameter: what the day was given as.

    Raises:
        NotFound: as it was raised within; or naming the day, with ``begins``, the first day with data.
    """
    try:
        yield
    except NotFound:
        await require_data(work, times, language, parameter)
        raise


async def require_data(work: UnitOfWork, times: Times, language: Language, parameter: str = "as_of") -> None:
    """Raises `NotFound` for a day before the data, with ``begins``; for where nothing was found."""
    before = await before_the_data(work, times)
    if before is not None:
        named = parameter if times.as_of is not None else "known_at"
        begins = before.begins.isoformat() if before.begins else None
        raise refusal(NotFound, before.told, language, parameter=named, begins=begins)


def _begins(day: date, begins: date, times: Times, subject: Subject) -> Text:
    known = replace(times, as_of=None).told()
    return Text(
        f"Thành phố chưa có dữ liệu {subject.name.vi} cho ngày {day:%d/%m/%Y}{known.vi}: dữ liệu bắt đầu từ "
        f"ngày {begins:%d/%m/%Y}. Hãy chọn ngày {begins:%d/%m/%Y} hoặc một ngày sau đó.",
        f"The city has no data on {subject.name.en} for {day}{known.en}: its data begins on {begins}. "
        f"Choose {begins} or a later day.",
    )


def _nothing_known(times: Times, subject: Subject) -> Text:
    known = replace(times, as_of=None).told()
    return Text(
        f"Chưa có dữ liệu {subject.name.vi} nào{known.vi}. Hãy bỏ known_at, hoặc chọn một thời điểm sau đó.",
        f"There were no {subject.name.en}{known.en}. Leave known_at out, or choose a later moment.",
    )
