"""Parcels within a strip."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.question import Times
from layers.planning.strip.ground import Ground
from layers.planning.tolerance import TOLERANCE_M2
from layers.zoning import PLAN_LEVELS

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Beside:
    """A parcel within the strip. Areas in m², distances in m of the working grid.

    Attributes:
        parcel_m2: the parcel, from the map.
        area_m2: its ground within the strip, ``share`` of the parcel.
        distance_m: from the planned line; 0 where it is touched.
        taken_m2: its ground within the strip that planned roads take.
        place: longitude and latitude of a point within.
    """

    id: int
    identifier: str | None
    unit_code: str
    sheet_no: str
    parcel_no: str
    address: str | None
    legal_area_m2: float | None
    parcel_m2: float
    area_m2: float
    distance_m: float
    taken_m2: float
    place: tuple[float, float]
    source_date: date
    synthetic: bool

    @property
    def share(self) -> float:
        return min(self.area_m2 / self.parcel_m2, 1.0)

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "id": self.id,
            "identifier": self.identifier,
            "unit_code": self.unit_code,
            "sheet_no": self.sheet_no,
            "parcel_no": self.parcel_no,
            "address": self.address,
            "legal_area_m2": self.legal_area_m2,
            "computed_area_m2": round(self.parcel_m2, 2),
            "area_m2": round(self.area_m2, 2),
            "share": round(self.share, 6),
            "distance_m": round(self.distance_m, 2),
            "taken_m2": round(self.taken_m2, 2),
            "point": [round(degrees, 6) for degrees in self.place],
            "source_date": self.source_date.isoformat(),
        }


async def parcels_within(
    work: UnitOfWork, ground: Ground, srid: int, times: Times, *, planned: bool
) -> list[Beside]:
    """All of them, those nearest to the line first; ``planned``: what lies between the lines is taken."""
    rows = await work.rows(
        SQL["within"],
        strip=_ewkb(ground.whole, srid),
        road=_ewkb(ground.road, srid),
        planned=planned,
        tolerance=TOLERANCE_M2,
        levels=list(PLAN_LEVELS),
        **times.parameters(),
    )
    return [Beside(place=(row.pop("lon"), row.pop("lat")), **row) for row in rows]


async def shapes_of(work: UnitOfWork, ids: list[int], times: Times) -> dict[int, Any]:
    """Outlines of parcels as GeoJSON in WGS 84."""
    rows = await work.rows(SQL["shapes"], ids=ids, **times.parameters())
    return {row["id"]: row["geometry"] for row in rows}


def _ewkb(shape: shapely.Geometry, srid: int) -> str:
    return str(shapely.to_wkb(shapely.set_srid(shape, srid), hex=True, include_srid=True))
