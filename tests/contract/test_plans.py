"""No role's question for a few features reads a whole table: the index stands under every row policy.

A policy that looks at a column takes the GiST index away unless ``&&`` is leakproof; a written condition
that PostgreSQL cannot match to the index would too. Both are right and slow, so only the plan tells.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
from psycopg import sql

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.geometry.output_crs import CRS84
from gis_platform.layer import Layer
from gis_platform.serving.feature import item_statement
from gis_platform.serving.page import page_statement
from gis_platform.serving.rows import inside_box
from gis_platform.serving.selection import Selection
from gis_platform.serving.tile import tile_parameters, tile_statement
from tests.support.acting import taken_role
from tests.support.catalogue import working_srid
from tests.support.crowds import fill, small_box
from tests.support.features import LAT, LON
from tests.support.layers import LAYERS, each_layer
from tests.support.mercator import tile_at

Connection = psycopg.Connection[Any]

NOW = (date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC))
TIMES = {"as_of": NOW[0], "known_at": NOW[1]}


def _page(layer: Layer, role: Role, srid: int, *, at: bool) -> bytes:
    inside = inside_box(small_box(), 4326, srid)
    selection = Selection(
        layer=layer, role=role, working_srid=srid, conditions=(inside,), at=NOW if at else None
    )
    return page_statement(selection, kept=False, begun=False).text


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", []):
        yield from _nodes(below)


def _explain(connection: Connection, statement: bytes, asked: dict[str, Any]) -> list[dict[str, Any]]:
    row = connection.execute(b"EXPLAIN (FORMAT JSON) " + statement, asked).fetchone()
    assert row is not None
    return list(_nodes(row[0][0]["Plan"]))


@each_layer()
def test_few_features_are_found_by_an_index(connection: Connection, layer: Layer) -> None:
    fill(connection, layer)
    srid = working_srid(connection)
    z, x, y = tile_at(LON, LAT, 18)
    page = {"limit": 100, "box": small_box()}
    for role in sorted(layer.audience):
        for at in (False, True) if layer.history else (False,):
            more = TIMES if at else {}
            questions: dict[str, tuple[bytes, dict[str, Any], str]] = {
                "items": (_page(layer, role, srid, at=at), page | more, "geom_idx"),
                "tile": (
                    tile_statement(layer, role, z, at=at).text,
                    tile_parameters(layer, z, x, y) | more,
                    "3857_idx",
                ),
                "item": (item_statement(layer, role, srid, CRS84, at=at).text, {"id": 7} | more, "_"),
            }
            with taken_role(connection, role):
                for name, (statement, asked, index) in questions.items():
                    nodes = _explain(connection, statement, asked)
                    told = f"{name} of {layer.name} as {role}, at={at}: {nodes}"
                    assert not [n for n in nodes if n["Node Type"] == "Seq Scan"], told
                    used = {n["Index Name"] for n in nodes if "Index Cond" in n}
                    assert any(index in u for u in used), told


def test_the_check_itself_sees_a_lost_index(connection: Connection) -> None:
    """Without its leakproof mark the index is gone for whom a policy looks at a column."""
    layer, role = next((layer, role) for layer in LAYERS for role in layer.visible_rows)
    fill(connection, layer)
    connection.execute("ALTER FUNCTION geometry_overlaps(geometry, geometry) NOT LEAKPROOF")
    statement = _page(layer, role, working_srid(connection), at=False)
    with taken_role(connection, role):
        nodes = _explain(connection, statement, {"limit": 100, "box": small_box()})
    assert "Seq Scan" in {n["Node Type"] for n in nodes}


def test_in_the_demo_city_too_the_public_reads_by_index(small_city: Logins) -> None:
    """As it is loaded, with the statistics it has: signed in as the public, nothing turned off."""
    z, x, y = tile_at(LON, LAT, 17)
    page = {"limit": 100, "box": small_box()}
    with psycopg.connect(small_city.public) as connection:
        srid = working_srid(connection)
        for layer in (layer for layer in LAYERS if Role.PUBLIC in layer.audience):
            row = connection.execute(
                sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("layer", layer.name))
            ).fetchone()
            assert row is not None
            if row[0] < 1_000:
                continue  # reading all of so few is right
            for statement, asked in (
                (_page(layer, Role.PUBLIC, srid, at=False), page),
                (tile_statement(layer, Role.PUBLIC, z, at=False).text, tile_parameters(layer, z, x, y)),
            ):
                nodes = _explain(connection, statement, asked)
                assert "Seq Scan" not in {node["Node Type"] for node in nodes}, nodes
