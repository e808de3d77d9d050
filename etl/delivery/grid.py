"""The grid of a file: what it says, what the person says, and whether the two agree."""

from pyproj import CRS
from pyproj.exceptions import CRSError

from etl.delivery.faults import refuse
from etl.delivery.request import DeliveryRequest
from etl.delivery.source import Source
from gis_platform.errors import BadParameter
from gis_platform.geometry.crs import WGS84, UnknownCrs, transformer


def decide_srid(source: Source, request: DeliveryRequest, working_srid: int) -> int:
    """The EPSG code of the file's coordinates.

    GeoJSON means WGS 84 by its standard and often is not: there ``--crs`` needs no more words.

    Raises:
        BadParameter: ``--crs`` is no EPSG code that leads to the working grid.
        DeliveryRefused: neither says a grid, or they disagree.
    """
    said = _said(source)
    given = None if request.crs is None else _given(request.crs)
    if given is None and said is None:
        raise refuse(source.name, "no_crs", _nothing_said(source.crs))
    implied = source.file.driver == "GeoJSON" and said == WGS84
    if given is not None and said is not None and given != said and not (request.override_crs or implied):
        raise refuse(
            source.name,
            "crs_differs",
            f"the file says EPSG:{said} and --crs says EPSG:{given}. Leave --crs out, or add --override-crs "
            "when you know that the file is wrong.",
        )
    srid = given if given is not None else said
    if srid is None:
        raise AssertionError("one of the two is known here")
    try:
        transformer(srid, working_srid)
    except UnknownCrs as fault:
        if given is not None:
            raise
        raise refuse(source.name, "unknown_crs", str(fault)) from fault
    return srid


def _given(text: str) -> int:
    code = text.upper().removeprefix("EPSG:").strip()
    if not code.isdecimal():
        raise BadParameter(f"{text!r} is not an EPSG code such as EPSG:9210.", parameter="crs")
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
