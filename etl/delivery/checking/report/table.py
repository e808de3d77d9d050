"""The report as CSV that Excel opens by a double click: with a byte order mark, and the place as X and Y."""

import csv
from pathlib import Path
from typing import Any

import psycopg
import shapely

from etl.delivery.checking.report.rows import COLUMNS, report_rows

_PLACE = ("Hệ toạ độ (EPSG)", "X (Bắc)", "Y (Đông)")


def write_table(connection: psycopg.Connection[Any], delivery: int, path: Path) -> None:
    """One line for each fault. As in Vietnamese tables of coordinates X is the northing."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*COLUMNS.values(), *_PLACE])
        for batch in report_rows(connection, delivery):
            writer.writerows([*_plain(row[:-2]), *_place(row[-2], row[-1])] for row in batch)


def _plain(values: tuple[Any, ...]) -> list[Any]:
    """Texts of the file must not be taken for a formula."""
    return [
        f"'{v}" if isinstance(v, str) and v[:1] in ("=", "+", "-", "@", "\t", "\r") else v for v in values
    ]


def _place(wkb: bytes | None, srid: int | None) -> tuple[Any, ...]:
    if wkb is None:
        return "", "", ""
    ((east, north),) = shapely.get_coordinates(shapely.point_on_surface(shapely.from_wkb(wkb)))
    return srid, f"{north:.3f}", f"{east:.3f}"
