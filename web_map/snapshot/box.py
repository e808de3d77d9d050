"""The part of the city that a saved map shows."""

import math

from pydantic import ValidationError

from gis_platform.city import City, Envelope
from gis_platform.errors import BadParameter

_HALF_DEGREES = 0.004
"""About 440 m each way: a neighbourhood that a phone can still draw."""

MOST_KM = 6
"""Side of the largest box over HTTP; a whole city takes the server seconds, and is for the command line."""
_KM_OF_A_DEGREE = 111.2


def parse_box(text: str | None, city: City) -> Envelope:
    """``west,south,east,north`` in WGS 84 degrees; without a text, the middle of the city.

    Raises:
        BadParameter: it is no box, or it does not touch the city.
    """
    if text is None:
        lon, lat = city.centre
        corners = [lon - _HALF_DEGREES, lat - _HALF_DEGREES, lon + _HALF_DEGREES, lat + _HALF_DEGREES]
    else:
        corners = _numbers(text)
    try:
        west, south, east, north = corners
        box = Envelope(west=west, south=south, east=east, north=north)
    except (ValueError, ValidationError):
        raise _no_box(text) from None
    if west >= east or south >= north:
        raise _no_box(text)
    edge = city.envelope
    if west > edge.east or east < edge.west or south > edge.north or north < edge.south:
        raise BadParameter(
            f"bbox {text} lies outside {city.title_en}, which is {edge.as_tuple()}.", parameter="bbox"
        )
    return box


def refuse_large(box: Envelope) -> None:
    """Raises BadParameter where a side of the box is longer than ``MOST_KM``."""
    high = (box.north - box.south) * _KM_OF_A_DEGREE
    wide = (box.east - box.west) * _KM_OF_A_DEGREE * math.cos(math.radians((box.south + box.north) / 2))
    if max(high, wide) > MOST_KM:
        raise BadParameter(
            f"bbox is {wide:.0f} km wide and {high:.0f} km high; a saved map shows at most {MOST_KM} km "
            "each way. Zoom in; the command `gis-platform snapshot` saves larger ones.",
            parameter="bbox",
        )


def _numbers(text: str) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        raise _no_box(text) from None
    if not all(map(math.isfinite, numbers)):
        raise _no_box(text)
    return numbers


def _no_box(text: str | None) -> BadParameter:
    return BadParameter(
        f"bbox must be west,south,east,north in degrees, like 106.36,10.35,106.37,10.36; it was {text!r}.",
        parameter="bbox",
    )
