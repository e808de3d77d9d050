"""Draft plans as planners send them: files written here, entered and worked as the server would."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import shapely
from psycopg.rows import dict_row
from shapely.geometry.base import BaseGeometry

from etl.drafts.entering import enter_draft
from etl.drafts.work import work
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.delivered import Sample, write_sample

GRID = 9210
LAN = Caller(account_id=1, username="lan", display_name="Trần Thị Lan", role=Role.PLANNER, kind="session")


def plan(shapes: Sequence[BaseGeometry], codes: Sequence[str], **columns: list[Any]) -> Sample:
    """Zones with their functions, in the working grid."""
    named = {"function_code": list(codes), "code": [f"{code}-{i}" for i, code in enumerate(codes, start=1)]}
    return Sample(named | columns, list(shapes), GRID)


def drafted(settings: Settings, places: Logins, file: Path, caller: Caller = LAN, **asked: Any) -> int:
    """A draft from a file, worked to its end whatever that is; its number."""
    draft = enter_draft(places.app, settings.data_dir, file, f"Bản thảo {file.stem}", asked, caller)
    work(settings, draft, places.owner)
    return draft


def draft_rows(places: Logins, statement: str, *values: object) -> list[dict[str, Any]]:
    """What the owner reads."""
    with psycopg.connect(places.owner, row_factory=dict_row) as connection:
        return connection.execute(statement.encode(), values).fetchall()


def draft_row(places: Logins, draft: int) -> dict[str, Any]:
    """The draft as it stands."""
    (row,) = draft_rows(places, "SELECT * FROM planning.draft WHERE id = %s", draft)
    return row


def parcel_shapes(places: Logins) -> dict[int, BaseGeometry]:
    """The raw geometries in force, by id."""
    rows = draft_rows(places, "SELECT id, ST_AsBinary(geom) AS geom FROM layer.parcels")
    return {row["id"]: shapely.from_wkb(row["geom"]) for row in rows}


def random_zones(places: Logins, count: int, seed: int) -> list[BaseGeometry]:
    """Turned rectangles about parcels drawn at random; some of them overlap, some hold a hole."""
    rng = np.random.default_rng(seed)
    shapes = list(parcel_shapes(places).values())
    zones: list[BaseGeometry] = []
    for _ in range(count):
        east, north = shapely.get_coordinates(shapes[int(rng.integers(len(shapes)))].centroid)[0]
        wide, high = rng.uniform(8, 160, 2)
        zone = shapely.box(east - wide, north - high, east + wide, north + high)
        if rng.random() < 0.3:
            zone = zone.difference(
                shapely.box(east - wide / 3, north - high / 3, east + wide / 4, north + high / 4)
            )
        zones.append(shapely.affinity.rotate(zone, float(rng.uniform(0, 90)), origin=(east, north)))
    return zones


def write_plan(path: Path, sample: Sample) -> Path:
    """By GDAL, in the form of the path's ending."""
    return write_sample(path, sample)
