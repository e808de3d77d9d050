"""The statements behind items, features and tiles are understood and allowed as each role they are for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gis_platform.access.roles import Role
from gis_platform.layer import Layer
from gis_platform.serving.statements import filterable, item_statement, items_statement, tile_statement
from gis_platform.sqlfiles import Query
from tests.support.acting import taken_role
from tests.support.catalogue import working_srid
from tests.support.layers import each_view

Connection = psycopg.Connection[Any]


def _statements(layer: Layer, role: Role, srid: int) -> Iterator[bytes]:
    every_filter = tuple(filterable(layer, role))
    for at in (False, True) if layer.history else (False,):
        for box in (False, True):
            yield items_statement(layer, role, srid, (), box=box, at=at)
            yield items_statement(layer, role, srid, every_filter, box=box, at=at)
        yield item_statement(layer, role, at=at)
        yield tile_statement(layer, role, at=at)


@each_view(seen=True)
def test_server_understands_and_allows_them(connection: Connection, layer: Layer, role: Role) -> None:
    srid = working_srid(connection)
    with taken_role(connection, role):
        for text in _statements(layer, role, srid):
            query = Query(layer.name, text.decode(), Path())
            nothing = ", ".join(["NULL"] * len(query.parameters))
            connection.execute(f"PREPARE tried AS {query.numbered()}".encode())
            # Rights are looked at when a plan starts, not when it is made.
            connection.execute(f"EXPLAIN EXECUTE tried ({nothing})".encode())
            connection.execute("DEALLOCATE tried")


@each_view(seen=False)
def test_they_would_be_refused_to_others(connection: Connection, layer: Layer, role: Role) -> None:
    insider = min(layer.audience)
    with taken_role(connection, role), pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(item_statement(layer, insider, at=False), {"id": 1})
