"""The address of a place: the number of the lot it lies in, else the nearest gates."""

from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: A gate farther away says nothing of a place.
WITHIN_M = 150.0


async def nearest(work: UnitOfWork, lon: float, lat: float, limit: int) -> list[dict[str, Any]]:
    """Houses near a place in WGS 84 degrees, each with metres to its gate; ``here`` where it lies in their
    lot."""
    rows = await work.rows(SQL["nearest"], lon=lon, lat=lat, within_m=WITHIN_M, most=limit)
    return [
        {
            "id": row["id"],
            "address": row["address"] or f"{row['painted']} {row['street'] or ''}".strip(),
            "number": row["painted"],
            "street": row["street"],
            "street_id": row["street_id"],
            "unit": row["units"],
            "unit_code": row["unit_code"],
            "state": row["state"],
            "parcel_id": row["parcel_id"],
            "here": row["here"],
            "distance_m": round(row["away_m"], 2),
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
        }
        for row in rows
    ]
