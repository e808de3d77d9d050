"""Cases of our own with known values, to filter: texts of every kind, moments in every order, and no values.

They are laid in a transaction that is taken back.
"""

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from gis_platform.access.roles import Role
from tests.support.acting import taken_role
from tests.support.filters import compiled, ids_where

Connection = psycopg.Connection[Any]
Row = Mapping[str, Any]

NAMES = [
    "Đường Nguyễn Huệ",
    "đường nguyễn huệ",
    "DUONG NGUYEN HUE",
    "Duong Nguyen Hue",
    "Đường 30/4",
    "50% giảm_giá",
    "50 phần trăm",
    "a\\b",
    'it\'s "quoted"; DROP TABLE x; --',
    "",
    None,
]
DAY = datetime(2024, 3, 1, 12, tzinfo=UTC)
MOMENTS = [DAY + timedelta(hours=12 * n) for n in range(5)]


def lay_cases(connection: Connection) -> dict[int, Row]:
    """Lay cases of every pair of moments into the table, the texts dealt out among them; rows by id."""
    rows: dict[int, Row] = {}
    for number, (began, ended) in enumerate(itertools.product([None, *MOMENTS], repeat=2)):
        row = {
            "street": NAMES[number % len(NAMES)],
            "notified_at": began,
            "done_at": ended,
            "amount_vnd": None if number % 7 == 0 else (number % 5) * 100,
            "source_date": (DAY + timedelta(days=number % 6)).date(),
        }
        found = connection.execute(
            "INSERT INTO layer.violations (code, stream, state, category, office, street, received_at,"
            " notified_at, done_at, amount_vnd, source_date, geom)"
            " SELECT %(code)s, 'urban_order', 'received',"
            " 'x', 'qldt', %(street)s, '2024-03-01', %(notified_at)s, %(done_at)s, %(amount_vnd)s,"
            " %(source_date)s, ST_SetSRID(ST_MakePoint(567218, 1145161), Find_SRID('layer', 'violations',"
            " 'geom')) RETURNING id",
            {**row, "code": f"V{number}"},
        ).fetchone()
        assert found is not None
        rows[found[0]] = row
    return rows


def cases_where(connection: Connection, text: str) -> set[int]:
    """Ids of the cases that fulfil a filter, asked as an officer."""
    condition = compiled(text, "violations", Role.ENFORCEMENT)
    with taken_role(connection, Role.ENFORCEMENT):
        return ids_where(connection, condition, "violations")
