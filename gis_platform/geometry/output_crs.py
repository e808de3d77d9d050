"""The reference systems answers can be given in, by their URI (OGC API Features Part 2, section 6).

Axis order is the authority's: EPSG:4326 names latitude first, CRS84 and the VN-2000 grids easting first (in
the EPSG dataset; Vietnamese tables call X the northing).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from pyproj import CRS

from gis_platform.errors import BadParameter
from gis_platform.geometry.crs import WEB_MERCATOR, WGS84, is_vn2000

CRS84_URI = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_EPSG_URI = "http://www.opengis.net/def/crs/EPSG/0/"
_EPSG = re.compile(
    r"(?:https?://www\.opengis\.net/def/crs/EPSG/[0-9.]+/|urn:ogc:def:crs:EPSG:[0-9.]*:|\[?EPSG:)([0-9]{4,6})\]?",
    re.IGNORECASE,
)
_CRS84 = re.compile(
    r"https?://www\.opengis\.net/def/crs/OGC/[0-9.]+/CRS84|urn:ogc:def:crs:OGC:[0-9.]*:CRS84|\[?OGC:CRS84\]?|CRS84",
    re.IGNORECASE,
)
_NEIGHBOURS = (9210, 5897, 3405)


@dataclass(frozen=True, slots=True)
class OutputCrs:
    """A reference system to answer in; ``flip`` where the authority's first axis points north."""

    uri: str
    srid: int
    flip: bool


CRS84 = OutputCrs(CRS84_URI, WGS84, flip=False)


@lru_cache(maxsize=64)
def epsg_crs(srid: int) -> OutputCrs:
    """An EPSG system in its own axis order."""
    return OutputCrs(f"{_EPSG_URI}{srid}", srid, flip=CRS.from_epsg(srid).axis_info[0].direction == "north")


@lru_cache(maxsize=8)
def offered_crs(working_srid: int) -> tuple[OutputCrs, ...]:
    """What a city answers in: CRS84 first, its working grid, and the grids its neighbours deliver in."""
    srids = dict.fromkeys(
        (WGS84, WEB_MERCATOR, working_srid, *(_NEIGHBOURS if is_vn2000(working_srid) else ()))
    )
    return (CRS84, *(epsg_crs(srid) for srid in srids))


def crs_by_uri(text: str, working_srid: int, parameter: str = "crs") -> OutputCrs:
    """The system a caller names by URI, URN or ``EPSG:9210``.

    Raises:
        BadParameter: the text names none that is offered.
    """
    offered = {crs.srid: crs for crs in offered_crs(working_srid) if crs is not CRS84}
    if _CRS84.fullmatch(text):
        return CRS84
    match = _EPSG.fullmatch(text)
    if match is None or int(match[1]) not in offered:
        known = ", ".join(crs.uri for crs in offered_crs(working_srid))
        raise BadParameter(
            f"{parameter} must be one of: {known}; it was {text[:80]!r}.",
            parameter=parameter,
            detail_vi=f"Cần mã của một hệ toạ độ mà lớp dữ liệu có cho {parameter}, một trong: {known}; "
            f"đã nhận “{text[:80]}”.",
        )
    return offered[int(match[1])]
