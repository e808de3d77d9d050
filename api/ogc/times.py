"""Time in a question: ``as_of`` and ``known_at``, or ``datetime`` of OGC API Features (Part 1, 7.15.4)."""

from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from starlette.datastructures import QueryParams

from api.parameters import parse_date, parse_known_at, parse_moment
from api.problem_words import no_text
from api.strict import given_twice
from gis_platform.city import City
from gis_platform.clock.bounds import EARLIEST, LATEST
from gis_platform.errors import BadParameter
from gis_platform.layer.declaration import Layer


class Times(NamedTuple):
    """A valid day and a recorded moment; ``since`` is the first day where a whole period is asked for."""

    at: tuple[date, datetime]
    since: date | None = None


def require_plain(asked: QueryParams) -> None:
    """Raises BadParameter for what is given twice, and for what PostgreSQL keeps in no text."""
    for name in asked:
        if len(asked.getlist(name)) > 1:
            raise given_twice(name[:40])
        value = asked[name]
        if "\x00" in value or (not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value)):
            raise BadParameter(
                f"{name[:40]} holds a character that is no text.",
                parameter=name[:40],
                detail_vi=no_text(name[:40]),
            )


def parse_times(asked: QueryParams, layer: Layer, city: City) -> Times | None:
    """What is asked of time; None where the present is.

    A layer without history has no time of its own: ``datetime`` then selects every feature, as the standard
    says, while ``as_of`` and ``known_at`` are refused.
    """
    given = [name for name in ("as_of", "known_at") if name in asked]
    period = _period(asked["datetime"], city) if "datetime" in asked else None
    if given and not layer.history:
        raise BadParameter(
            f"{layer.name} keeps no history: {given[0]} means nothing there.",
            parameter=given[0],
            detail_vi=f"Lớp “{layer.title.vi}” không lưu lịch sử, nên không dùng được {given[0]}.",
        )
    if "as_of" in asked and period is not None:
        raise BadParameter("as_of and datetime ask for the same thing; give one.", parameter="as_of")
    if not layer.history or (not given and period is None):
        return None
    today = city.today()
    known_at = parse_known_at(asked["known_at"]) if "known_at" in asked else datetime.now(UTC)
    if period is not None:
        first, last = period
        return Times((last, known_at), None if first == last else first)
    as_of = parse_date(asked["as_of"], "as_of") if "as_of" in asked else today
    return Times((as_of, known_at))


def _period(text: str, city: City) -> tuple[date, date]:
    """First and last day of an instant or an interval; ``..`` or nothing leaves an end open."""
    ends = text.split("/")
    if len(ends) > 2 or ((len(ends) == 2 and all(end in ("", "..") for end in ends)) and text != "../.."):
        raise _no_time(text)
    days = [_day(end, text, city) for end in ends]
    if len(days) == 1:
        if days[0] is None:
            raise _no_time(text)
        return days[0], days[0]
    first, last = days[0] or EARLIEST, days[1] or LATEST
    if first > last:
        raise BadParameter(f"datetime {text[:80]!r} ends before it begins.", parameter="datetime")
    return first, last


def _day(end: str, text: str, city: City) -> date | None:
    if end in ("", ".."):
        return None
    if len(end) == 10:
        return parse_date(end, "datetime")
    if "T" not in end.upper():
        raise _no_time(text)
    return parse_moment(end, "datetime").astimezone(ZoneInfo(city.timezone)).date()


def _no_time(text: str) -> BadParameter:
    return BadParameter(
        "datetime must be a day or moment like 2023-09-06 or 2023-09-06T08:00:00Z, or an interval of two "
        f"with / between them, .. for an open end; it was {text[:80]!r}.",
        parameter="datetime",
    )
