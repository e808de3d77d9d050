"""Hand-made ground on which everything is known and fresh, so that each test takes one thing away."""

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from gis_platform.database.server import Logins
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language
from layers.planning import answer_for
from layers.zoning import LAYER as ZONING
from layers.zoning import THEMES

ON = date(2026, 12, 31)
E0, N0 = 567_200.0, 1_145_150.0


def ask(conninfo: str, ids: list[int], on: date = ON, language: Language = "vi") -> list[Any]:
    """The answer for each parcel by itself, as the public gets it."""

    async def asked() -> list[Any]:
        async with await psycopg.AsyncConnection.connect(conninfo) as connection:
            work = UnitOfWork(None, connection, None)  # type: ignore[arg-type]  # answers only read rows
            return [await answer_for(work, [one], on, language) for one in ids]

    return asyncio.run(asked())


def box(x0: float, y0: float, x1: float, y1: float) -> str:
    """An area as WKT, metres from the corner of the ground."""
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))
    return f"MULTIPOLYGON((({', '.join(f'{E0 + x} {N0 + y}' for x, y in corners)})))"


class Ground:
    """A database with one parcel of 10 by 20 m unless told otherwise, north of a street of 12 m."""

    def __init__(self, connection: psycopg.Connection[Any], public: str) -> None:
        self._connection = connection
        self._public = public

    def parcel(self, wkt: str, **more: Any) -> int:
        columns = {"land_uses": Jsonb([{"code": "ODT"}]), "status": "in_force", "legal_area_m2": None} | more
        row = self._connection.execute(
            "INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom, "
            "land_uses, status, legal_area_m2) VALUES ('28249', '12', '45', '2026-12-15', '2026-12-15', "
            "ST_GeomFromText(%(wkt)s, 9210), %(land_uses)s, %(status)s, %(legal_area_m2)s) RETURNING id",
            {"wkt": wkt, **columns},
        ).fetchone()
        assert row is not None
        return int(row[0])

    def zone(self, wkt: str, **more: Any) -> None:
        columns: dict[str, Any] = {
            "theme": "land_function", "plan_code": "QHPK", "plan_level": "phan_khu", "function_code": "ODT",
            "function_name": "Đất ở đô thị", "max_density_pct": 80.0, "floors_min": None, "floors_max": 4,
            "height_max_m": 15.0, "far_max": 5.0, "setback_m": 2.0, "ground_level_m": 2.1, "red_line_m": None,
            "building_line_m": None, "themes": list(THEMES), "source_date": date(2026, 6, 30),
        }  # fmt: skip
        self._connection.execute(
            "INSERT INTO layer.zoning (code, title, theme, plan_code, plan_name, plan_level, plan_themes, "
            "decision_no, decision_date, function_code, function_name, max_density_pct, floors_min, "
            "floors_max, "
            "height_max_m, far_max, setback_m, ground_level_m, red_line_m, building_line_m, legal_basis, "
            "source_date, valid_from, geom) VALUES (gen_random_uuid()::text, 'Khu', %(theme)s, "
            "%(plan_code)s, 'Đồ án', %(plan_level)s, %(themes)s, '1/QĐ-UBND', '2022-01-01', "
            "%(function_code)s, "
            "%(function_name)s, %(max_density_pct)s, %(floors_min)s, %(floors_max)s, %(height_max_m)s, "
            "%(far_max)s, %(setback_m)s, %(ground_level_m)s, %(red_line_m)s, %(building_line_m)s, 'Điều 1', "
            "%(source_date)s, '2022-06-30', ST_GeomFromText(%(wkt)s, 9210))",
            {"wkt": wkt, **columns, **more},
        )

    def street(self, *points: tuple[float, float], **more: Any) -> None:
        columns = {"name": "đường Thử", "kind": "duong_pho", "width_m": 12.0, "planned_width_m": 12.0} | more
        line = ", ".join(f"{E0 + x} {N0 + y}" for x, y in points)
        self._connection.execute(
            "INSERT INTO layer.streets (name, kind, width_m, planned_width_m, source_date, geom) VALUES "
            "(%(name)s, %(kind)s, %(width_m)s, %(planned_width_m)s, '2026-06-30', "
            "ST_Multi(ST_GeomFromText(%(wkt)s, 9210)))",
            {"wkt": f"LINESTRING({line})", **columns},
        )

    def ward(self, code: str, wkt: str) -> None:
        self._connection.execute(
            "INSERT INTO layer.admin_units (code, name, full_name, kind, generation, source_date, "
            "valid_from, "
            "geom) VALUES (%(code)s, 'P', 'Phường ' || %(code)s, 'phuong', 3, '2026-06-30', '2025-07-01', "
            "ST_GeomFromText(%(wkt)s, 9210))",
            {"code": code, "wkt": wkt},
        )

    def run(self, statement: str) -> None:
        self._connection.execute(statement.encode())

    def commit(self) -> None:
        self._connection.commit()

    def answer(self, *ids: int, on: date = ON, language: Language = "vi") -> Any:
        self._connection.execute(ZONING.sql["after_delivery"].text.encode())
        self._connection.commit()
        return ask(self._public, list(ids), on, language)[0]

    def entry(self, parcel: int, **more: Any) -> Any:
        return self.answer(parcel, **more)["building"][0]

    def usual(self, **zone: Any) -> int:
        """The parcel of 200 m² in a housing zone, on the street of 12 m; the zone may say otherwise."""
        self.zone(box(-100, -100, 100, 100), **zone)
        self.street((-80, -6), (80, -6))
        return self.parcel(box(0, 0, 10, 20))


@pytest.fixture
def ground(database: Logins) -> Iterator[Ground]:
    with psycopg.connect(database.owner) as connection:
        yield Ground(connection, database.public)


def line(entry: Any, code: str) -> Any:
    """The line of that code; there must be one."""
    [found] = [one for one in entry["lines"] if one["code"] == code]
    return found
