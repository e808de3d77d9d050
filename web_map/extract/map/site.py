"""The shapes of a document in the working grid."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.geometry.crs import WGS84, transform_geometries


@dataclass(frozen=True, slots=True)
class Site:
    """``parcels`` each with its number, ``buildable`` where may be built, ``drawn`` the ground asked of."""

    parcels: tuple[tuple[str, BaseGeometry], ...]
    buildable: tuple[BaseGeometry, ...]
    drawn: BaseGeometry | None

    @property
    def whole(self) -> BaseGeometry:
        """All that must be seen as one shape."""
        drawn = [self.drawn] if self.drawn is not None else []
        return shapely.GeometryCollection([*(shape for _, shape in self.parcels), *drawn])


def site_of(document: dict[str, Any], working_srid: int) -> Site | None:
    """None where the document holds no shape of a parcel."""
    parcels = [(p, _shape(p.get("geometry"))) for p in document.get("parcels") or []]
    named = [(str(p.get("parcel_no") or ""), shape) for p, shape in parcels if shape is not None]
    if not named:
        return None
    buildings = [_shape(b.get("buildable")) for b in document.get("building") or []]
    buildable = [shape for shape in buildings if shape is not None]
    ground = _shape((document.get("ground") or {}).get("geometry"))
    moved = _moved([shape for _, shape in named], working_srid)
    return Site(
        parcels=tuple(zip((name for name, _ in named), moved, strict=True)),
        buildable=tuple(_moved(buildable, working_srid)),
        drawn=_moved([ground], working_srid)[0] if ground is not None else None,
    )


def _shape(geometry: Any) -> BaseGeometry | None:
    if not geometry:
        return None
    shape = shapely.from_geojson(json.dumps(geometry), on_invalid="ignore")
    return None if shape is None or shape.is_empty else shape


def _moved(shapes: list[BaseGeometry], working_srid: int) -> list[BaseGeometry]:
    return list(transform_geometries(np.asarray(shapes, dtype=object), WGS84, working_srid)) if shapes else []
