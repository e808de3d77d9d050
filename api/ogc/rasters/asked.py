"""What a request for a raster asks: when, in which format, of which box, at which point."""

import math
import re
from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Path, Query
from starlette.requests import Request

from api.parameters import parse_date, parse_moment, strict_number
from gis_platform.city import City
from gis_platform.errors import BadParameter
from gis_platform.geometry.crs import WEB_MERCATOR, WGS84
from gis_platform.geometry.envelope import Bounds
from gis_platform.geometry.output_crs import CRS84, OutputCrs, crs_by_uri
from gis_platform.raster.bounds import moved_bounds
from gis_platform.raster.catalogue import ALWAYS, Period
from gis_platform.raster.drawing import Media

RasterName = Annotated[str, Path(max_length=80, description="Name of a raster, e.g. soil_salinity.")]
When = Annotated[
    str | None,
    Query(
        alias="datetime",
        max_length=80,
        description="A day or moment: the newest version not after it. An interval a/b, with .. for an open "
        "end: the newest version within. Not given: the newest.",
    ),
]
Format = Annotated[
    str | None, Query(alias="f", max_length=20, description="png or webp; else as Accept says.")
]

MEDIA_TYPES: dict[Media, str] = {"png": "image/png", "webp": "image/webp"}
#: Half of the equator, where Web Mercator ends on all sides, and a metre.
_FARTHEST_M = 20_037_509.0
_POINT = re.compile(r"\s*POINT\s*\(\s*(\S+)\s+(\S+)\s*\)\s*", re.IGNORECASE)


def parse_period(text: str | None, city: City) -> Period:
    """``datetime`` as days of the city."""
    if text is None:
        return ALWAYS
    first, slash, last = text.partition("/")
    if not slash:
        return Period(last=_day(first, city))
    period = Period(
        ALWAYS.first if first in ("", "..") else _day(first, city),
        ALWAYS.last if last in ("", "..") else _day(last, city),
    )
    if period.first > period.last:
        raise BadParameter(f"datetime {text!r} ends before it begins.", parameter="datetime")
    return period


def _day(text: str, city: City) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return parse_date(text, "datetime")
    return parse_moment(text, "datetime").astimezone(ZoneInfo(city.timezone)).date()


def parse_media(request: Request, given: str | None) -> Media:
    """``f``, else WebP for a client that says it takes it, else PNG, which all do."""
    if given is None:
        return "webp" if "image/webp" in request.headers.get("accept", "").lower() else "png"
    for media in MEDIA_TYPES:
        if given.lower() in (media, MEDIA_TYPES[media]):
            return media
    raise BadParameter(f"f must be png or webp; it was {given[:40]!r}.", parameter="f")


def parse_output(text: str | None, city: City) -> OutputCrs:
    """The system of the picture: degrees or Web Mercator."""
    if text is None:
        return CRS84
    asked = crs_by_uri(text, city.working_srid)
    if asked.srid not in (WGS84, WEB_MERCATOR):
        raise BadParameter("A map is drawn in CRS84, EPSG:4326 or EPSG:3857.", parameter="crs")
    return asked


def parse_box(text: str, crs: str | None, into: OutputCrs, city: City) -> Bounds:
    """``bbox``, in the axis order of ``bbox-crs``, as x before y of the picture's system."""
    given = CRS84 if crs is None else crs_by_uri(crs, city.working_srid, "bbox-crs")
    try:
        values = [strict_number(part.strip()) for part in text.split(",")]
    except ValueError:
        values = []
    if len(values) != 4:
        raise _no_box(text, "four numbers like 106.3,10.3,106.4,10.4")
    box = (values[1], values[0], values[3], values[2]) if given.flip else tuple(values)
    if box[0] >= box[2]:
        raise _no_box(text, "a box from west to east; it may not cross the antimeridian")
    if box[1] >= box[3]:
        raise _no_box(text, "a box from south to north")
    if given.srid != WGS84 and max(map(abs, box)) > _FARTHEST_M:
        raise _no_box(text, "in metres of its system, none farther than half around the Earth")
    if given.srid == WGS84 and (box[0] < -180 or box[2] > 180 or box[1] < -90 or box[3] > 90):
        raise _no_box(text, "within longitude -180..180 and latitude -90..90")
    moved = moved_bounds((box[0], box[1], box[2], box[3]), given.srid, into.srid)
    if into.srid != WGS84 and max(map(abs, moved)) > _FARTHEST_M:
        raise _no_box(text, "a box that the system of the map reaches")
    if not all(map(math.isfinite, moved)) or moved[0] >= moved[2] or moved[1] >= moved[3]:
        raise _no_box(text, "a box that the system of the map reaches")
    return moved


def parse_coords(text: str) -> tuple[float, float]:
    """``POINT(lon lat)`` in CRS84."""
    found = _POINT.fullmatch(text)
    try:
        lon, lat = (strict_number(part) for part in found.groups()) if found else (math.nan, math.nan)
    except ValueError:
        lon = lat = math.nan
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadParameter(
            f"coords must be like POINT(106.36 10.35), longitude before latitude; it was {text[:80]!r}.",
            parameter="coords",
        )
    return lon, lat


def _no_box(text: str, wanted: str) -> BadParameter:
    return BadParameter(f"bbox must be {wanted}; it was {text[:80]!r}.", parameter="bbox")
