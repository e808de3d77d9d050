"""PostgreSQL itself reads each named query against the migrated tables; a typo never waits for a user."""

from typing import Any

import psycopg
import pytest

from gis_platform.sqlfiles import Query
from tests.support.queries import is_preparable, statements, title

Connection = psycopg.Connection[Any]


@pytest.mark.parametrize("query", statements(), ids=title)
def test_server_understands_it(connection: Connection, query: Query) -> None:
    if query.name == "impact":
        connection.execute("CREATE TEMPORARY TABLE touched (id bigint, geom geometry) ON COMMIT DROP")
    if is_preparable(query):
        connection.execute(f"PREPARE tried AS {query.numbered()}".encode())
        connection.execute("DEALLOCATE tried")
    else:
        connection.execute(query.text.encode())
