"""The map of an extract finds what lies around by the indexes: it is drawn while somebody waits."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg

from gis_platform.access.roles import Role
from layers.parcels import LAYER as PARCELS
from layers.streets import LAYER as STREETS
from layers.waters import LAYER as WATERS
from layers.zoning import LAYER as ZONING
from tests.support.acting import taken_role
from tests.support.crowds import fill, small_box
from web_map.extract.surroundings import SQL


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", []):
        yield from _nodes(below)


def test_what_lies_around_is_found_by_indexes(connection: psycopg.Connection[Any]) -> None:
    for layer in (PARCELS, ZONING, STREETS, WATERS):
        fill(connection, layer)
    box = connection.execute(
        "SELECT ST_AsEWKT(ST_Envelope(ST_Transform(CAST(%s AS geometry), core.working_srid())))",
        [f"SRID=4326;{small_box()}"],
    ).fetchone()
    assert box is not None
    asked = {"box": box[0], "lots": True, "as_of": "2026-01-01", "known_at": datetime(2026, 1, 1, tzinfo=UTC)}
    statement = b"EXPLAIN (FORMAT JSON) " + SQL["around"].text.encode()
    for role in (Role.PUBLIC, Role.PLANNER):
        with taken_role(connection, role):
            row = connection.execute(statement, asked).fetchone()
            assert row is not None
            nodes = list(_nodes(row[0][0]["Plan"]))
            told = json.dumps(row[0])
            assert not [n for n in nodes if n["Node Type"] == "Seq Scan"], told
            used = {n["Index Name"] for n in nodes if "Index Cond" in n}
            for layer in (PARCELS, ZONING, STREETS, WATERS):
                assert any(layer.name in name and "geom" in name for name in used), (layer.name, used)
