"""The grids of VN-2000 in which certificates are drawn, as a person chooses among them."""

from collections.abc import Iterator
from functools import lru_cache

from pyproj import CRS

from gis_platform.geometry.crs import VN2000_GEOGRAPHIC, VN2000_SRIDS

# Maps of the country, not certificates, are drawn in UTM zones.
_OF_SMALL_SCALE = frozenset({3405, 3406})


@lru_cache(maxsize=8)
def corner_grids(working_srid: int) -> tuple[dict[str, int | str], ...]:
    """Code and central meridian of each grid, from west to east; elsewhere than in Vietnam the city's own."""
    if working_srid not in VN2000_SRIDS:
        return ({"srid": working_srid, "title": f"{CRS.from_epsg(working_srid).name} (EPSG:{working_srid})"},)
    return tuple({"srid": srid, "title": _title(meridian, srid)} for meridian, srid in sorted(_grids()))


def _grids() -> Iterator[tuple[float, int]]:
    for srid in VN2000_SRIDS - _OF_SMALL_SCALE - {VN2000_GEOGRAPHIC}:
        operation = CRS.from_epsg(srid).coordinate_operation
        if operation is None:
            raise ValueError(f"EPSG:{srid} is no grid")
        found = {parameter.name: parameter.value for parameter in operation.params}
        yield float(found["Longitude of natural origin"]), srid


def _title(meridian: float, srid: int) -> str:
    degrees, minutes = divmod(round(meridian * 60), 60)
    return f"{degrees}°{minutes:02d}' (EPSG:{srid})"
