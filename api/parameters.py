"""Query parameters used by more than one route, each with its bounds and a message that names it."""

import math
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, TypeVar

from fastapi import Path, Query

from api.problem_words import not_usable
from gis_platform.clock.bounds import EARLIEST, LATEST, on_record
from gis_platform.errors import BadParameter
from gis_platform.layer.text import Language

MAX_LIMIT = 10_000
DEFAULT_LIMIT = 100
# Clocks of two machines differ, and a page is asked for at once after the moment it names.
_CLOCKS_DIFFER = timedelta(minutes=5)
# While a day has not begun at the place where days begin first, it has begun nowhere.
_FIRST_ZONE = timedelta(hours=14)

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?)?"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"[+-]?[0-9]{1,20}")

Value = TypeVar("Value", date, datetime)
Lang = Annotated[Language, Query(description="Language of the texts: vi or en.")]
CollectionId = Annotated[str, Path(description="Name of a layer, e.g. parcels.")]


@dataclass(frozen=True, slots=True)
class Box:
    """A box in WGS 84 degrees; west may be greater than east where it crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float


def strict_number(text: str) -> float:
    """A finite number in ASCII digits; ``float`` alone would also take ``nan``, ``1_0`` and ``１０``.

    Raises:
        ValueError: it is none.
    """
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def strict_whole(text: str) -> int:
    """A whole number in ASCII digits that fits the database's largest; ValueError where it is none."""
    value = int(text) if _WHOLE.fullmatch(text) else 2**63
    if abs(value) >= 2**63:
        raise ValueError(text)
    return value


def _numbers(text: str, parameter: str, counts: tuple[int, ...], example: str) -> list[float]:
    try:
        values = [strict_number(part.strip()) for part in text.split(",")]
    except ValueError:
        values = []
    if len(values) not in counts:
        raise BadParameter(
            f"{parameter} must be numbers like {example}; it was {text[:80]!r}.",
            parameter=parameter,
            detail_vi=not_usable(parameter, text, f"Cần các số như {example.partition(' ')[0]}."),
        )
    return values


def parse_point(text: str, parameter: str = "point") -> tuple[float, float]:
    """``lon,lat`` in WGS 84 degrees."""
    lon, lat = _numbers(text, parameter, (2,), "106.3656,10.3548 (longitude,latitude)")
    if not -180 <= lon <= 180 or not -90 <= lat <= 90:
        hint = " Longitude comes first: are they swapped?" if -90 <= lon <= 90 and -180 <= lat <= 180 else ""
        raise BadParameter(
            f"{parameter} {text!r} is not on the Earth: longitude -180..180, latitude -90..90.{hint}",
            parameter=parameter,
            detail_vi=f"Không có vị trí nào như {text} trên Trái Đất: kinh độ từ -180 đến 180, vĩ độ từ -90 "
            f"đến 90.{' Kinh độ đứng trước: có phải hai số bị đổi chỗ?' if hint else ' Hãy kiểm tra lại.'}",
        )
    return lon, lat


def parse_bbox(text: str, *, latitude_first: bool = False) -> Box:
    """``west,south,east,north``, or six numbers with heights, which are ignored; in degrees.

    ``latitude_first`` is the order of EPSG:4326: ``south,west,north,east``.
    """
    order = "south,west,north,east" if latitude_first else "west,south,east,north"
    example = "10.3,106.3,10.4,106.4" if latitude_first else "106.3,10.3,106.4,10.4"
    values = _numbers(text, "bbox", (4, 6), f"{example} ({order})")
    flat = values if len(values) == 4 else [*values[:2], *values[3:5]]
    west, south, east, north = (flat[1], flat[0], flat[3], flat[2]) if latitude_first else flat
    inside = all(-180 <= x <= 180 for x in (west, east)) and all(-90 <= y <= 90 for y in (south, north))
    if not inside or south > north:
        raise BadParameter(
            f"bbox {text[:80]!r} is no box: {order} in degrees, south not above north.",
            parameter="bbox",
            detail_vi=not_usable("bbox", text, ""),
        )
    return Box(west, south, east, north)


def parse_plain_box(text: str) -> tuple[float, float, float, float]:
    """Least and greatest x and y in metres of a grid: ``west,south,east,north``; heights are ignored."""
    values = _numbers(text, "bbox", (4, 6), "567000,1145000,568000,1146000 (west,south,east,north)")
    west, south, east, north = values if len(values) == 4 else (*values[:2], *values[3:5])
    if west > east or south > north:
        raise BadParameter(
            f"bbox {text[:80]!r} is no box: west,south,east,north, none of the first two above the others.",
            parameter="bbox",
            detail_vi=not_usable("bbox", text, ""),
        )
    return west, south, east, north


def parse_limit(text: str) -> int:
    """How many features a page may hold. More than the most is no error, it means the most (OGC API Features,
    part 1, fc-limit-response-1): the rest comes by the next link.
    """
    if not re.fullmatch(r"[0-9]{1,20}", text) or int(text) < 1:
        raise BadParameter(
            f"limit must be a whole number from 1, a page holds at most {MAX_LIMIT}; it was {text[:40]!r}.",
            parameter="limit",
            detail_vi=not_usable("limit", text, ""),
        )
    return min(int(text), MAX_LIMIT)


def parse_feature_id(text: str, parameter: str) -> int:
    """A feature's id: a whole number that fits the database's."""
    if not re.fullmatch(r"[0-9]{1,19}", text) or int(text) > 2**63 - 1:
        raise BadParameter(
            f"{parameter} must be a feature id, a whole number; it was {text[:40]!r}.",
            parameter=parameter,
            detail_vi=not_usable(parameter, text, "Cần mã của đối tượng, là một số nguyên."),
        )
    return int(text)


def parse_date(text: str, parameter: str) -> date:
    """A civil date, ``YYYY-MM-DD``."""
    day = None
    with suppress(ValueError):
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    if day is None:
        raise BadParameter(
            f"{parameter} must be a date like 2023-09-06; it was {text[:40]!r}.",
            parameter=parameter,
            detail_vi=not_usable(parameter, text, "Cần một ngày như 2023-09-06."),
        )
    return _within(day, day, parameter)


def parse_moment(text: str, parameter: str) -> datetime:
    """A moment in RFC 3339; a bare date means its end in UTC."""
    moment = None
    with suppress(ValueError):
        moment = datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    if moment is None:
        raise BadParameter(
            f"{parameter} must be a moment like 2023-09-06T08:00:00Z; it was {text[:40]!r}.",
            parameter=parameter,
            detail_vi=not_usable(parameter, text, "Cần một thời điểm như 2023-09-06T08:00:00Z."),
        )
    if _DAY.fullmatch(text):
        moment = datetime.combine(moment.date(), time.max, UTC)
    return _within(moment if moment.tzinfo else moment.replace(tzinfo=UTC), moment.date(), parameter)


def parse_known_at(text: str) -> datetime:
    """``known_at``: a moment that has been. Today as a bare date is all that is known today."""
    moment = parse_moment(text, "known_at")
    now = datetime.now(UTC)
    if _DAY.fullmatch(text):
        still_to_come = moment.date() > (now + _FIRST_ZONE).date()
    else:
        still_to_come = moment > now + _CLOCKS_DIFFER
    if still_to_come:
        raise BadParameter(
            f"known_at {text[:40]!r} lies in the future: nobody knows yet what will be on record then. Leave "
            "it out for what is known now; a day to come is asked for with as_of.",
            parameter="known_at",
            detail_vi=f"Thời điểm “{text[:40]}” (known_at) nằm ở tương lai: chưa ai biết khi đó dữ liệu ghi "
            "nhận những gì. Hãy bỏ known_at để hỏi theo dữ liệu hiện có; muốn hỏi cho một ngày sắp tới, hãy "
            "dùng as_of.",
        )
    return moment


def _within(value: Value, day: date, parameter: str) -> Value:
    if not on_record(day):
        raise BadParameter(
            f"{parameter} must lie between {EARLIEST} and {LATEST}; it was {day}. Choose a day in between.",
            parameter=parameter,
            detail_vi=f"{parameter} phải nằm trong khoảng từ {EARLIEST:%d/%m/%Y} đến {LATEST:%d/%m/%Y}; "
            f"đã nhận {day:%d/%m}/{day.year:04}. Hãy chọn một ngày trong khoảng đó.",
        )
    return value
