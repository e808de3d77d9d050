"""What lies around the parcels of an answer: read by one statement, as the caller, in the working grid."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.city import City
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.sqlfiles import named_queries
from web_map.extract.map.frame import frame_around
from web_map.extract.map.site import site_of

SQL = named_queries(__file__)

_SMALLEST_WITH_LOTS = 2_500
"""Denominator of the smallest scale at which single lots can be told apart."""
_OUTSIDE = 0.05


@dataclass(frozen=True, slots=True)
class Feature:
    """One shape of a layer, in metres of the working grid; what the layer does not know is None."""

    layer: str
    shape: BaseGeometry
    style_class: str | None = None
    theme: str | None = None
    plan_level: str | None = None
    name: str | None = None
    width_m: float | None = None
    planned_width_m: float | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The features around a site, in a steady order."""

    features: tuple[Feature, ...] = ()

    def of(self, layer: str) -> list[Feature]:
        """Those of one layer."""
        return [feature for feature in self.features if feature.layer == layer]


async def read_surroundings(
    work: UnitOfWork, document: dict[str, Any], city: City, outside: float = _OUTSIDE
) -> Surroundings:
    """What is around the parcels of the document on its day (``as_of``), as known then (``known_at``).

    ``outside`` is how far beyond the paper's frame, as a share of its width. Streets and waters keep no
    history and are those of now. Empty where the document holds no shape.
    """
    site = site_of(document, city.working_srid)
    if site is None:
        return Surroundings()
    frame = frame_around(site.whole)
    west, south, east, north = frame.bounds
    more = (east - west) * outside
    window = shapely.box(west - more, south - more, east + more, north + more)
    rows = await work.rows(
        SQL["around"],
        box=f"SRID={city.working_srid};{window.wkt}",
        lots=frame.scale <= _SMALLEST_WITH_LOTS,
        as_of=date.fromisoformat(str(document["as_of"])[:10]),
        known_at=_moment(document.get("known_at")),
    )
    shapes = shapely.from_wkb(np.array([row["shape"] for row in rows], dtype=object))
    return Surroundings(
        tuple(
            Feature(
                layer=row["layer"],
                shape=shape,
                style_class=row["class"],
                theme=row["theme"],
                plan_level=row["plan_level"],
                name=row["name"],
                width_m=row["width_m"],
                planned_width_m=row["planned_width_m"],
                id=row["id"],
            )
            for row, shape in zip(rows, shapes, strict=True)
            if not shape.is_empty
        )
    )


def _moment(known_at: Any) -> datetime:
    if not known_at:
        return datetime.now(UTC)
    moment = known_at if isinstance(known_at, datetime) else datetime.fromisoformat(str(known_at))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
