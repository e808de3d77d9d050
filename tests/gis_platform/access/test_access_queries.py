"""Each query of access and audit is prepared by the real server, as the login that will run it."""

from typing import Any

import psycopg
import pytest

from gis_platform.access import account_admin, accounts, credentials, issuer_accounts, throttle
from gis_platform.audit import record, trail
from gis_platform.sqlfiles import Query

OF_THE_APPLICATION = [
    query
    for module in (accounts, credentials, issuer_accounts, throttle, record)
    for query in module.SQL.values()
]
OF_THE_OWNER = [query for module in (account_admin, trail) for query in module.SQL.values()]


@pytest.mark.parametrize("query", OF_THE_APPLICATION + OF_THE_OWNER, ids=lambda q: f"{q.file.stem}.{q.name}")
def test_queries_prepare(connection: psycopg.Connection[tuple[Any, ...]], query: Query) -> None:
    connection.execute(f"PREPARE tried AS {query.numbered()}".encode())


@pytest.mark.parametrize("query", OF_THE_APPLICATION, ids=lambda q: f"{q.file.stem}.{q.name}")
def test_the_application_may_run_its_queries(
    connection: psycopg.Connection[tuple[Any, ...]], query: Query
) -> None:
    connection.execute("SET LOCAL ROLE gis_app")
    connection.execute(f"PREPARE tried AS {query.numbered()}".encode())
    # Privileges are looked at when a statement is planned and started, not when it is prepared.
    nothing = ", ".join("NULL" for _ in query.parameters)
    connection.execute(f"EXPLAIN EXECUTE tried{f'({nothing})' if nothing else ''}".encode())
