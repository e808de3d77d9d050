"""The parcels of an answer as one site, and the ground that was drawn over them."""

from typing import Any

import shapely

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.question import Ground, Times

SQL = named_queries(__file__)


async def site_of(work: UnitOfWork, parcels: list[Any], times: Times) -> dict[str, Any]:
    """Areas in m² and the outline in WGS 84 degrees of all the parcels together.

    A stated area is told only where every parcel has one: a sum over some would be taken for the whole.
    """
    ids = [parcel["id"] for parcel in parcels]
    if len(ids) == 1:
        computed, outline = parcels[0]["computed_area_m2"], parcels[0]["geometry"]
    else:
        row = await work.row(SQL["outline"], ids=ids, **times.parameters())
        computed, outline = (row["area_m2"], row["geometry"]) if row else (0.0, None)
    return {
        "legal_area_m2": _sum(parcels, "legal_area_m2"),
        "measured_area_m2": _sum(parcels, "measured_area_m2"),
        "computed_area_m2": computed,
        "geometry": outline,
    }


def _sum(parcels: list[Any], name: str) -> float | None:
    areas = [parcel[name] for parcel in parcels]
    return None if not areas or None in areas else round(sum(areas), 2)


async def ground_of(work: UnitOfWork, ground: Ground, ids: list[int], times: Times) -> dict[str, Any]:
    """What was drawn, and what it shares with each parcel: in m², of the parcel, and of the ground."""
    wkb = shapely.to_wkb(ground.geometry)
    shared = await work.rows(SQL["shared"], wkb=wkb, srid=ground.srid, ids=ids, **times.parameters())
    drawn = await work.row(SQL["drawn"], wkb=wkb, srid=ground.srid)
    return {
        "given_as": ground.given_as,
        "area_m2": round(ground.area_m2, 2),
        "geometry": drawn["geometry"] if drawn else None,
        "parcels": [dict(row) for row in shared],
    }
