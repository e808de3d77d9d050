"""Does a delivery lie in its city? If not: are its axes swapped, or is it in another system?

A wrong meridian puts Mỹ Tho 27 to 82 km away, and Vietnamese coordinate tables call X the northing;
both are seen from the bounds alone, before any row is stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain

import numpy as np

from gis_platform.geometry.crs import (
    VN2000_GEOGRAPHIC,
    VN2000_SRIDS,
    WEB_MERCATOR,
    WGS84,
    UnknownCrs,
    transform_coordinates,
)

#: west, south, east, north; or smallest x, smallest y, largest x, largest y.
Bounds = tuple[float, float, float, float]

#: Data may reach over the city's border by this share of the city's extent on each side.
MARGIN = 0.1
_STEPS = 21


class Verdict(StrEnum):
    """What the bounds of a delivery say about its coordinate system."""

    FITS = "fits"
    SWAPPED_AXES = "swapped_axes"
    OTHER_CRS = "other_crs"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class EnvelopeCheck:
    """The verdict, the systems that would fit (likeliest first), and a sentence for a person."""

    verdict: Verdict
    sentence: str
    likely_srids: tuple[int, ...] = ()
    swapped: bool = False

    @property
    def fits(self) -> bool:
        return self.verdict is Verdict.FITS


def guess_axis_swap(bounds: Bounds, envelope: Bounds, srid: int, *, margin: float = MARGIN) -> EnvelopeCheck:
    """Judge the bounds of a delivery in its declared system against the city's envelope.

    bounds: in the units of `srid`, x then y as read from the file. envelope: longitudes and latitudes,
    WGS 84. Raises `UnknownCrs` when the declared system is unknown.
    """
    if not all(np.isfinite(bounds)):
        return EnvelopeCheck(Verdict.OUTSIDE, f"The coordinates are not numbers: {_plain(bounds)}.")
    if _inside(bounds, envelope_in(srid, envelope), margin):
        return EnvelopeCheck(Verdict.FITS, f"The coordinates lie in the city in EPSG:{srid}.", (srid,))
    if _inside(_swap(bounds), envelope_in(srid, envelope), margin):
        return EnvelopeCheck(
            Verdict.SWAPPED_AXES,
            f"The axes are swapped: {_plain(bounds)} lies in the city in EPSG:{srid} only when "
            f"{_axis_hint(srid)}. Exchange the two columns and deliver again.",
            (srid,),
            swapped=True,
        )
    likely = list(_fitting(bounds, envelope, margin))
    if not likely:
        return EnvelopeCheck(
            Verdict.OUTSIDE,
            f"The coordinates {_plain(bounds)} lie outside the city, which in EPSG:{srid} is "
            f"{_plain(envelope_in(srid, envelope))}, and no known grid brings them there. "
            "Check that the file is of this city.",
        )
    swapped = likely[0][1]
    names = [f"EPSG:{candidate}" for candidate, is_swapped in likely if is_swapped == swapped]
    return EnvelopeCheck(
        Verdict.OTHER_CRS,
        f"The coordinates {_plain(bounds)} lie outside the city in EPSG:{srid}, but look like "
        f"{' or '.join(names)}{' with swapped axes' if swapped else ''}. "
        "Declare the system the file was made in and deliver again.",
        tuple(candidate for candidate, is_swapped in likely if is_swapped == swapped),
        swapped=swapped,
    )


@lru_cache(maxsize=256)
def envelope_in(srid: int, envelope: Bounds) -> Bounds:
    """A longitude and latitude box as the smallest box around it in another system.

    The border is followed, not just the corners: a grid bends it.
    """
    west, south, east, north = envelope
    across, up = np.linspace(west, east, _STEPS), np.linspace(south, north, _STEPS)
    border = np.vstack(
        [
            np.column_stack((across, np.full(_STEPS, south))),
            np.column_stack((across, np.full(_STEPS, north))),
            np.column_stack((np.full(_STEPS, west), up)),
            np.column_stack((np.full(_STEPS, east), up)),
        ]
    )
    moved = transform_coordinates(border, WGS84, srid)
    (x_min, y_min), (x_max, y_max) = moved.min(axis=0), moved.max(axis=0)
    return float(x_min), float(y_min), float(x_max), float(y_max)


def _fitting(bounds: Bounds, envelope: Bounds, margin: float) -> Iterator[tuple[int, bool]]:
    plain = chain((WGS84, VN2000_GEOGRAPHIC, WEB_MERCATOR), sorted(VN2000_SRIDS - {VN2000_GEOGRAPHIC}))
    for candidate in plain:
        try:
            there = envelope_in(candidate, envelope)
        except UnknownCrs:
            continue
        for swapped in (False, True):
            if _inside(_swap(bounds) if swapped else bounds, there, margin):
                yield candidate, swapped


def _inside(bounds: Bounds, envelope: Bounds, margin: float) -> bool:
    x_room = (envelope[2] - envelope[0]) * margin
    y_room = (envelope[3] - envelope[1]) * margin
    return (
        bounds[0] >= envelope[0] - x_room
        and bounds[1] >= envelope[1] - y_room
        and bounds[2] <= envelope[2] + x_room
        and bounds[3] <= envelope[3] + y_room
    )


def _swap(bounds: Bounds) -> Bounds:
    return bounds[1], bounds[0], bounds[3], bounds[2]


def _axis_hint(srid: int) -> str:
    if srid in (WGS84, VN2000_GEOGRAPHIC):
        return "the first column is read as the latitude"
    return "the first column is read as the northing (Vietnamese coordinate tables call X the northing)"


def _plain(bounds: Bounds) -> str:
    x_min, y_min, x_max, y_max = (f"{value:.10g}" for value in bounds)
    return f"x {x_min} to {x_max}, y {y_min} to {y_max}"
