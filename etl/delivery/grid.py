"""The grid of a file: what it says, what the person says, and whether the two agree."""

from collections.abc import Callable

from pyproj import CRS
from pyproj.exceptions import CRSError

from etl.delivery.faults import refuse
from etl.delivery.recognise.grids import GridGuess, grid_finding, grid_json, grid_text
from etl.delivery.request import DeliveryRequest
from etl.delivery.source import Source
from gis_platform.errors import BadParameter, DeliveryRefused
from gis_platform.geometry.crs import WGS84, UnknownCrs, transformer


def decide_srid(
    source: Source,
    request: DeliveryRequest,
    working_srid: int,
    guess: Callable[[], tuple[GridGuess, ...]] | None = None,
) -> int:
    """The EPSG code of the file's coordinates.

    GeoJSON means WGS 84 by its standard and often is not: there ``--crs`` needs no more words. ``guess``
    looks at the coordinates; what it finds is proposed with the refusal and never taken by itself.

    Raises:
        BadParameter: ``--crs`` is no EPSG code that leads to the working grid.
        DeliveryRefused: neither says a grid, or they disagree.
    """
    said = _said(source)
    given = None if request.crs is None else _given(request.crs)
    if given is None and said is None:
        raise _proposing(source, guess() if guess is not None else ())
    implied = source.file.driver == "GeoJSON" and said == WGS84
    if given is not None and said is not None and given != said and not (request.override_crs or implied):
        raise refuse(
            source.name,
            "crs_differs",
            f"the file says EPSG:{said} and --crs says EPSG:{given}. Leave --crs out, or add --override-crs "
            "when you know that the file is wrong.",
            f"Tệp khai báo EPSG:{said}, người nhận ghi EPSG:{given}.",
        )
    srid = given if given is not None else said
    if srid is None:
        raise AssertionError("one of the two is known here")
    try:
        transformer(srid, working_srid)
    except UnknownCrs as fault:
        if given is not None:
            raise
        told_vi = f"Hệ toạ độ EPSG:{srid} của tệp không chuyển được về hệ của thành phố."
        raise refuse(source.name, "unknown_crs", str(fault), told_vi) from fault
    return srid


def _proposing(source: Source, guesses: tuple[GridGuess, ...]) -> DeliveryRefused:
    """No grid is said: what the coordinates look like, and what a person can say to have it so."""
    words = _nothing_said(source.crs)
    if not guesses:
        return refuse(source.name, "no_crs", words)
    sure = [guess for guess in guesses if not guess.swapped]
    accept = f" If that is right, deliver it with --crs {sure[0].name}." if sure else ""
    fits = grid_text(guesses, None)
    refusal = refuse(
        source.name, "no_crs", f"{words} {fits.en}{accept}", f"Tệp không khai báo hệ toạ độ. {fits.vi}"
    )
    refusal.extra["findings"] = [*refusal.extra["findings"], grid_finding(guesses, None, 1)]
    refusal.extra["grid"] = grid_json(guesses, None)
    return refusal


def _given(text: str) -> int:
    code = text.upper().removeprefix("EPSG:").strip()
    if not code.isdecimal():
        raise BadParameter(
            f"{text!r} is not an EPSG code such as EPSG:9210.",
            parameter="crs",
            detail_vi=f"“{text}” không phải mã hệ toạ độ; hãy ghi dạng EPSG:9210.",
        )
    return int(code)


def _said(source: Source) -> int | None:
    if not source.crs:
        return None
    try:
        crs = CRS.from_user_input(source.crs)
        # A definition with its own datum shift: the grid counts, the shift is ours (EPSG:6960).
        while crs.is_bound and crs.source_crs is not None:
            crs = crs.source_crs
        return crs.to_epsg()
    except CRSError:
        return None


def _nothing_said(crs: str | None) -> str:
    if crs:
        name = crs.partition('"')[2].partition('"')[0] or crs[:60]
        return f"the file's grid {name!r} is no known EPSG system. Say which it is with --crs, as EPSG:9210."
    return "the file does not say its grid. Say it with --crs, such as --crs EPSG:9210."
