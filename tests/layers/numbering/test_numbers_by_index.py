"""Numbers are asked for by index, for whoever asks: among many no question reads them all."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from gis_platform.access.roles import Role
from gis_platform.sqlfiles import Query
from layers.numbering.geocoding import forward, near, suggesting
from tests.support.acting import taken_role

HOUSES = 30_000


@pytest.fixture
def crowded(connection: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """6,000 streets, 100 houses in each of 300, some with an old number, and as many closed versions."""
    connection.execute(
        """INSERT INTO layer.streets (id, name, kind, width_m, geom, source_date)
           SELECT i, 'Đường ' || md5(CAST(i AS text)), 'duong_pho', 10,
                  ST_Multi(ST_SetSRID(ST_MakeLine(
                      ST_MakePoint(560000 + i * 30, 1145000), ST_MakePoint(560000 + i * 30, 1146000)),
                      core.working_srid())),
                  '2020-01-01' FROM generate_series(1, 6000) i"""
    )
    connection.execute(
        """INSERT INTO layer.house_numbers (id, street_id, number, state, address, parcel_id, unit_code,
               old_numbers, geom, source_date, valid_from)
           SELECT i, 1 + i / 100, 1 + i %% 100, 'issued', (1 + i %% 100) || ' Đường', i, '28261',
                  CASE WHEN i %% 20 = 0 THEN CAST('[{"path": [{"number": 500, "suffix": ""}]}]' AS jsonb)
                       ELSE '[]' END,
                  ST_SetSRID(ST_MakePoint(560000 + i / 100 * 30, 1145000 + i %% 100 * 10),
                             core.working_srid()),
                  '2020-01-01', '2020-01-01' FROM generate_series(0, %s) i""",
        [HOUSES - 1],
    )
    connection.execute(
        """INSERT INTO layer.house_numbers_history (id, street_id, alley_path, number, suffix, state,
               unit_code, old_numbers, geom, source_date, valid_period, recorded_period)
           SELECT id, street_id, '[]', number + 200, '', 'issued', unit_code, '[]', geom, source_date,
                  daterange('2010-01-01', '2020-01-01'), tstzrange('2021-01-01', NULL)
           FROM layer.house_numbers"""
    )
    connection.execute("ANALYZE layer.streets, layer.house_numbers, layer.house_numbers_history")
    return connection


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", []):
        yield from _nodes(below)


_OWN: dict[str, Any] = {"alleys": "[]", "number": 12, "suffix": ""}
ASKED: list[tuple[Query, dict[str, Any]]] = [
    (
        forward.SQL["houses"],
        {
            **_OWN,
            "streets": ["duong x"],
            "unit": "",
            "most": 5,
            "path": json.dumps([{"number": 12, "suffix": ""}]),
        },
    ),
    (forward.SQL["streets"], {"streets": ["duong x"], "unit": "", "most": 5}),
    (forward.SQL["alike"], {"folded": "duong abcdef", "most": 5}),
    (forward.SQL["near_number"], {**_OWN, "street": 7}),
    (suggesting.SQL["houses"], {"streets": [7], "low": [12], "high": [13], "most": 8}),
    (suggesting.SQL["streets"], {"beginnings": ["duong ab"], "most": 8, "alleys": True}),
    (near.SQL["nearest"], {"lon": 106.3656, "lat": 10.3548, "within_m": 150.0, "most": 3}),
]
_MANY = {"house_numbers", "house_numbers_history", "streets"}


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.PERMIT, Role.AUDITOR])
def test_no_question_reads_a_whole_table(crowded: psycopg.Connection[Any], role: Role) -> None:
    with taken_role(crowded, role):
        for query, asked in ASKED:
            row = crowded.execute(b"EXPLAIN (FORMAT JSON) " + query.text.encode(), asked).fetchone()
            assert row is not None
            read = [
                node["Relation Name"]
                for node in _nodes(row[0][0]["Plan"])
                if node["Node Type"] == "Seq Scan" and node.get("Relation Name") in _MANY
            ]
            assert read == [], f"{query.name} as {role}: {row[0][0]['Plan']}"
