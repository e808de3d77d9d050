"""A made-up cadastre of a later date: the parcels in force with some split, merged, renumbered and corrected.

What a steward would be handed each month. Its layer's name says that it is made up, and so does every answer
that comes to rest on it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import shapely
from psycopg.rows import dict_row
from pyogrio.raw import write

from etl.demo.alterations import ALTERATIONS, Numbers
from gis_platform.city import City
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Ends in what marks a layer of a file as made up.
FILE_LAYER = "thua_dat_minh_hoa"
_BATCH_ROWS = 8_192
#: What an office calls the columns, by the property.
_COLUMNS = {
    "identifier": "ma_dinh_danh",
    "unit_code": "ma_xa",
    "sheet_no": "so_to",
    "parcel_no": "so_thua",
    "old_sheet_no": "so_to_cu",
    "old_parcel_no": "so_thua_cu",
    "legal_area_m2": "dien_tich_phap_ly",
    "measured_area_m2": "dien_tich",
    "land_uses": "loai_dat",
    "status": "tinh_trang",
    "address": "dia_chi",
}
_NUMBERS = ("legal_area_m2", "measured_area_m2")

Row = dict[str, Any]


def write_next_state(
    connection: psycopg.Connection[Any], city: City, file: Path, seed: int
) -> dict[str, int]:
    """Write the file as a GeoPackage in the city's grid and tell how often each thing was done.

    About one parcel in a hundred changes. Memory stays flat: rows pass through in batches.
    """
    rng = np.random.default_rng(seed)
    numbers = Numbers(connection.execute(SQL["greatest"].text).fetchall())
    done = dict.fromkeys(["read", *(each.name for each in ALTERATIONS)], 0)
    for number, rows in enumerate(_batches(connection)):
        done["read"] += len(rows)
        _write(file, _altered(rows, rng, numbers, done), city.working_srid, append=number > 0)
    return done


def _batches(connection: psycopg.Connection[Any]) -> Iterator[list[Row]]:
    with connection.cursor("next_state", row_factory=dict_row) as cursor:
        cursor.execute(SQL["parcels"].text)
        while rows := cursor.fetchmany(_BATCH_ROWS):
            for row in rows:
                row["geom"] = shapely.from_wkb(row["geom"])
            yield rows


def _altered(rows: list[Row], rng: np.random.Generator, numbers: Numbers, done: dict[str, int]) -> list[Row]:
    """The batch with its alterations; a row that was altered is left alone by the next."""
    chance = rng.random((len(ALTERATIONS), len(rows)))
    taken: set[int] = set()
    made: list[Row] = []
    for each, draws in zip(ALTERATIONS, chance, strict=True):
        for at in np.flatnonzero(draws < each.share):
            used, instead = each.alter(rows, int(at), numbers)
            if instead and not taken & used:
                taken |= used
                made += instead
                done[each.name] += 1
    return [row for at, row in enumerate(rows) if at not in taken] + made


def _write(file: Path, rows: list[Row], srid: int, *, append: bool) -> None:
    columns = [
        np.array([row[name] for row in rows], dtype=np.float64 if name in _NUMBERS else object)
        for name in _COLUMNS
    ]
    write(
        str(file),
        np.array([shapely.to_wkb(row["geom"]) for row in rows], dtype=object),
        columns,
        list(_COLUMNS.values()),
        layer=FILE_LAYER,
        driver="GPKG",
        geometry_type="MultiPolygon",
        crs=f"EPSG:{srid}",
        append=append,
        promote_to_multi=True,
    )
