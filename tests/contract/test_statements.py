"""The statements behind items, features and tiles are understood and allowed as each role they are for."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gis_platform.access.roles import Role
from gis_platform.database.statement import Statement
from gis_platform.geometry.output_crs import CRS84, offered_crs
from gis_platform.layer import Layer
from gis_platform.serving.condition import Condition
from gis_platform.serving.feature import item_statement
from gis_platform.serving.filterable import filterable
from gis_platform.serving.page import page_statement
from gis_platform.serving.rows import equal_to, inside_box
from gis_platform.serving.selection import Selection, SortKey
from gis_platform.serving.tile import tile_statement
from gis_platform.sqlfiles import Query
from tests.support.acting import taken_role
from tests.support.catalogue import working_srid
from tests.support.layers import each_view

Connection = psycopg.Connection[Any]

NOW = (date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC))


def _statements(layer: Layer, role: Role, srid: int) -> Iterator[Statement]:
    names = list(filterable(layer, role))
    every_filter = tuple(equal_to(layer, name, None) for name in names)
    box = inside_box("POLYGON EMPTY", 4326, srid)
    keys = tuple(SortKey(name, descending=bool(place % 2)) for place, name in enumerate(names))
    ways: list[tuple[tuple[Condition, ...], tuple[SortKey, ...]]] = [
        ((), ()),
        (every_filter, ()),
        ((box,), ()),
        ((box, *every_filter), keys),
    ]
    for times in ((None, None), (NOW, None), (NOW, NOW[0])) if layer.history else ((None, None),):
        for conditions, order in ways:
            selection = Selection(
                layer=layer,
                role=role,
                working_srid=srid,
                conditions=conditions,
                order=order,
                at=times[0],
                since=times[1],
            )
            yield page_statement(selection, kept=False, begun=True)
        at = times[0] is not None
        for zoom in (8, 11, 13, 15, 18, 22):
            yield tile_statement(layer, role, zoom, at=at)
        for out in offered_crs(srid):
            yield item_statement(layer, role, srid, out, at=at)


@each_view(seen=True)
def test_server_understands_and_allows_them(connection: Connection, layer: Layer, role: Role) -> None:
    srid = working_srid(connection)
    with taken_role(connection, role):
        for statement in _statements(layer, role, srid):
            query = Query(layer.name, statement.text.decode(), Path())
            assert query.numbered().split() == statement.numbered.decode().split()
            nothing = ", ".join(["NULL"] * len(statement.names))
            connection.execute(b"PREPARE tried AS " + statement.numbered)
            # Rights are looked at when a plan starts, not when it is made.
            connection.execute(f"EXPLAIN EXECUTE tried ({nothing})".encode())
            connection.execute("DEALLOCATE tried")


@each_view(seen=False)
def test_they_would_be_refused_to_others(connection: Connection, layer: Layer, role: Role) -> None:
    insider = min(layer.audience)
    srid = working_srid(connection)
    with taken_role(connection, role), pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(item_statement(layer, insider, srid, CRS84).text, {"id": 1})
