"""Telling the reference system of an answer within it."""

from typing import Any

from gis_platform.geometry.crs import WGS84
from gis_platform.geometry.output_crs import OutputCrs


def crs_member(out: OutputCrs) -> dict[str, Any]:
    """The ``crs`` member of GeoJSON for a grid: a saved page is read as degrees without it (by GDAL, too).

    None in degrees, where RFC 7946 has no such member and readers take longitude to come first.
    """
    if out.srid == WGS84:
        return {}
    return {"crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{out.srid}"}}}
