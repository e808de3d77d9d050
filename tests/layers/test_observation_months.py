"""Readings are kept by months of UTC, whichever zone a session that makes a month is in."""

from typing import Any

import psycopg

from layers.sensors import LAYER

Connection = psycopg.Connection[Any]


def _make_month(connection: Connection, zone: str, month: str) -> None:
    connection.execute("SELECT set_config('TimeZone', %s, true)", [zone])
    connection.execute(LAYER.sql["make_month"].text.encode(), {"month": month})


def test_months_made_in_two_zones_stand_side_by_side(connection: Connection) -> None:
    _make_month(connection, "Asia/Ho_Chi_Minh", "2031-05-01")
    _make_month(connection, "UTC", "2031-06-01")
    _make_month(connection, "America/Lima", "2031-07-01")
    connection.execute(
        """INSERT INTO layer.observations (sensor_code, property, unit, observed_at, value, flag)
           VALUES ('T1', 'salinity', 'g/L', '2031-05-31T23:59:59Z', 1.0, 1),
                  ('T1', 'salinity', 'g/L', '2031-06-01T00:00:00Z', 1.1, 1),
                  ('T1', 'salinity', 'g/L', '2031-06-30T23:59:59Z', 1.2, 1),
                  ('T1', 'salinity', 'g/L', '2031-07-01T00:00:00Z', 1.3, 1)"""
    )
    rows = connection.execute(
        "SELECT CAST(tableoid AS regclass)::text FROM layer.observations ORDER BY observed_at"
    )
    months = [row[0] for row in rows]
    assert months == [f"layer.observations_2031_{month}" for month in ("05", "06", "06", "07")]


def test_making_a_month_twice_changes_nothing(connection: Connection) -> None:
    for zone in ("UTC", "Asia/Ho_Chi_Minh"):
        _make_month(connection, zone, "2031-05-01")
