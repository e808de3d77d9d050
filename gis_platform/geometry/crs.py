"""The one place that knows coordinate reference systems.

VN-2000 and WGS 84 are joined by EPSG:6960 only, the parameter set of Decision 05/2007/QĐ-BTNMT.
PROJ left to itself takes EPSG:5194 in the Mekong delta because its area of use is smaller, and lands
0.80 m away without a word; so no VN-2000 grid ever goes through `Transformer.from_crs`.

Coordinates are always x, y: easting, northing in metres, or longitude, latitude in degrees.
The transformation is good to 1 m: for maps and look-ups, not for boundary disputes.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.enums import TransformDirection
from pyproj.exceptions import CRSError
from pyproj.transformer import TransformerGroup

from gis_platform.errors import BadParameter

WGS84 = 4326
WEB_MERCATOR = 3857
VN2000_GEOGRAPHIC = 4756
#: Provincial TM-3 meridians, the four older TM-3 zones, UTM 48N and 49N, and the geographic system.
VN2000_SRIDS = frozenset({*range(9205, 9219), *range(5896, 5900), 3405, 3406, VN2000_GEOGRAPHIC})

#: EPSG:6960: metres, arc seconds and parts per million; rotations in the coordinate-frame sense.
_SHIFT = ("-191.90441429", "-39.30318279", "-111.45032835")
_ROTATION = ("-0.00928836", "0.01975479", "-0.00427372")
_SCALE = "0.252906278"

Coordinates = NDArray[np.float64]
Geometries = NDArray[np.object_]


class UnknownCrs(BadParameter, ValueError):
    """An SRID that is not an EPSG system, or that no exact transformation reaches."""

    code = "unknown-crs"


@dataclass(frozen=True)
class Transformation:
    """Moves x, y arrays from one system to another through one or more pinned PROJ operations."""

    steps: tuple[tuple[Transformer, TransformDirection], ...]

    def __call__(self, x: Coordinates, y: Coordinates) -> tuple[Coordinates, Coordinates]:
        for operation, direction in self.steps:
            x, y = operation.transform(x, y, direction=direction)
        return x, y

    def point(self, x: float, y: float) -> tuple[float, float]:
        """One position; infinite where the target system does not reach it."""
        moved_x, moved_y = self(np.array([x], dtype=float), np.array([y], dtype=float))
        return float(moved_x[0]), float(moved_y[0])


def is_vn2000(srid: int) -> bool:
    """True for every grid that must reach WGS 84 through EPSG:6960."""
    return srid in VN2000_SRIDS


@lru_cache(maxsize=256)
def transformer(from_srid: int, to_srid: int) -> Transformation:
    """The transformation between two EPSG codes, x, y order on both sides; safe to share by threads.

    VN-2000 to anything else goes through WGS 84. Raises `UnknownCrs`.
    """
    if from_srid == to_srid:
        _known_crs(from_srid)
        return Transformation(())
    if is_vn2000(from_srid):
        there = (Transformer.from_pipeline(vn2000_pipeline(from_srid)), TransformDirection.FORWARD)
        return Transformation((there, *transformer(WGS84, to_srid).steps))
    if is_vn2000(to_srid):
        back = (Transformer.from_pipeline(vn2000_pipeline(to_srid)), TransformDirection.INVERSE)
        return Transformation((*transformer(from_srid, WGS84).steps, back))
    return Transformation(((_best_operation(from_srid, to_srid), TransformDirection.FORWARD),))


def transform_coordinates(coordinates: Coordinates, from_srid: int, to_srid: int) -> Coordinates:
    """An (n, 2) array moved to the other system; the input is left as it is."""
    x, y = transformer(from_srid, to_srid)(coordinates[:, 0], coordinates[:, 1])
    return np.column_stack((x, y))


def transform_geometries(geometries: Geometries, from_srid: int, to_srid: int) -> Geometries:
    """Shapely geometries moved to the other system and marked with its SRID; z is dropped, None stays."""

    def move(points: Coordinates) -> Coordinates:
        return transform_coordinates(points, from_srid, to_srid)

    return np.asarray(shapely.set_srid(shapely.transform(geometries, move), to_srid), dtype=object)


@lru_cache(maxsize=64)
def vn2000_pipeline(srid: int) -> str:
    """The PROJ pipeline from x, y of a VN-2000 grid to longitude, latitude in WGS 84.

    Raises `UnknownCrs` when the SRID is not a VN-2000 grid.
    """
    return f"+proj=pipeline {_to_geographic(srid)} {_to_wgs84()}"


@lru_cache(maxsize=64)
def gdal_coordinate_operation(srid: int) -> str:
    """The same for GDAL: `-ct` beside `-s_srs EPSG:srid -t_srs EPSG:4326`, or the warper's
    `COORDINATE_OPERATION`.

    GDAL wants the axis order of the two authorities here, latitude first for EPSG:4326, and then
    puts the axes back itself; with `vn2000_pipeline` it would write latitude and longitude exchanged.
    Raises `UnknownCrs` when the SRID is not a VN-2000 grid.
    """
    swap = "+step +proj=axisswap +order=2,1"
    from_authority = f"{swap} " if srid == VN2000_GEOGRAPHIC else ""
    return f"+proj=pipeline {from_authority}{_to_geographic(srid)} {_to_wgs84()} {swap}"


def proj4_definition(srid: int) -> str:
    """The `proj4text` of a VN-2000 grid for PostGIS, whose `+towgs84` carries EPSG:6960.

    `+towgs84` turns in the position-vector sense, hence the opposite signs of the rotations.
    Raises `UnknownCrs` when the SRID is not a VN-2000 grid.
    """
    rotation = [angle[1:] if angle.startswith("-") else f"-{angle}" for angle in _ROTATION]
    towgs84 = ",".join([*_SHIFT, *rotation, _SCALE])
    return f"{_projection(srid)} +ellps=WGS84 +towgs84={towgs84}{_units(srid)} +no_defs"


def _to_wgs84() -> str:
    rx, ry, rz = _ROTATION
    x, y, z = _SHIFT
    return (
        "+step +proj=push +v_3 +step +proj=cart +ellps=WGS84 "
        f"+step +proj=helmert +x={x} +y={y} +z={z} +rx={rx} +ry={ry} +rz={rz} +s={_SCALE} "
        "+convention=coordinate_frame +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
        "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )


def _to_geographic(srid: int) -> str:
    if srid == VN2000_GEOGRAPHIC:
        return "+step +proj=unitconvert +xy_in=deg +xy_out=rad"
    return f"+step +inv {_projection(srid)} +ellps=WGS84"


def _projection(srid: int) -> str:
    if not is_vn2000(srid):
        raise UnknownCrs(f"EPSG:{srid} is not a VN-2000 grid; use one of {sorted(VN2000_SRIDS)}.")
    operation = _known_crs(srid).coordinate_operation
    if operation is None:
        return "+proj=longlat"
    value = {parameter.name: f"{parameter.value:.12g}" for parameter in operation.params}
    return (
        f"+proj=tmerc +lat_0={value['Latitude of natural origin']}"
        f" +lon_0={value['Longitude of natural origin']} +k={value['Scale factor at natural origin']}"
        f" +x_0={value['False easting']} +y_0={value['False northing']}"
    )


def _units(srid: int) -> str:
    return "" if srid == VN2000_GEOGRAPHIC else " +units=m"


def _known_crs(srid: int) -> CRS:
    try:
        return CRS.from_epsg(srid)
    except CRSError as error:
        raise UnknownCrs(
            f"EPSG:{srid} is not a known coordinate system. Give the EPSG code of the delivered data, "
            "for example 9210 (VN-2000, meridian 105°45') or 4326 (longitude, latitude)."
        ) from error


def _best_operation(from_srid: int, to_srid: int) -> Transformer:
    group = TransformerGroup(_known_crs(from_srid), _known_crs(to_srid), always_xy=True, allow_ballpark=False)
    if not group.transformers:
        raise UnknownCrs(
            f"No transformation of stated accuracy leads from EPSG:{from_srid} to EPSG:{to_srid}."
        )
    # Members of a group may not be shared by threads; a transformer made from the same pipeline may.
    return Transformer.from_pipeline(group.transformers[0].definition)
