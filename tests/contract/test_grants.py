"""The database refuses by itself what the layers hide, on raw connections that no route stands before."""

import psycopg
import pytest
from psycopg import sql

from gis_platform.access.roles import STAFF, Role
from gis_platform.database.server import Logins
from gis_platform.layer import Layer
from gis_platform.layer.columns import SYSTEM_COLUMNS
from tests.support.acting import Connection, connected_as
from tests.support.layers import each_outsider, each_view

REFUSED = psycopg.errors.InsufficientPrivilege


def _tables(layer: Layer) -> list[sql.Identifier]:
    names = [layer.name, f"{layer.name}_history"] if layer.history else [layer.name]
    return [sql.Identifier("layer", name) for name in names]


def _read(connection: Connection, table: sql.Identifier, column: str) -> None:
    connection.execute(sql.SQL("SELECT {} FROM {} LIMIT 1").format(sql.Identifier(column), table))


@each_view(seen=True)
def test_a_role_reads_what_it_sees_and_nothing_hidden(places: Logins, layer: Layer, role: Role) -> None:
    with connected_as(places, role) as connection:
        for table in _tables(layer):
            for seen in layer.properties_for(role):
                _read(connection, table, seen.name)
            for hidden in layer.hidden_from(role):
                with pytest.raises(REFUSED):
                    _read(connection, table, hidden.name)


@each_view(seen=False)
def test_a_hidden_layer_is_refused_whole(places: Logins, layer: Layer, role: Role) -> None:
    with connected_as(places, role) as connection:
        for table in _tables(layer):
            for column in [
                *(p.name for p in layer.properties),
                *(SYSTEM_COLUMNS & set(layer.table.columns.keys())),
            ]:
                with pytest.raises(REFUSED):
                    _read(connection, table, column)
            with pytest.raises(REFUSED):
                connection.execute(sql.SQL("SELECT count(*) FROM {}").format(table))


@each_outsider()
def test_nobody_but_an_editor_writes(places: Logins, layer: Layer, role: Role) -> None:
    attempts = (
        "INSERT INTO {} (source_date) VALUES (current_date)",
        "UPDATE {} SET source_date = current_date",
        "DELETE FROM {}",
        "TRUNCATE {}",
    )
    with connected_as(places, role) as connection:
        for table in _tables(layer):
            for attempt in attempts:
                with pytest.raises(REFUSED):
                    connection.execute(sql.SQL(attempt).format(table))


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("parcel_owners", "holder_name"),
        ("parcel_owners", "id_number"),
        ("parcel_owners", "phone"),
        ("parcel_owners", "parcel_id"),
        ("violations", "plate"),
        ("violations", "reporter_name"),
        ("violations", "reporter_phone"),
        ("violations", "code"),
        ("cameras", "geom"),
    ],
)
def test_a_citizen_is_refused_people(places: Logins, table: str, column: str) -> None:
    """Whatever the route does: an owner, a plate and a reporter stay where they are."""
    with connected_as(places, Role.PUBLIC) as connection:
        row = connection.execute("SELECT current_user, session_user").fetchone()
        assert row == ("gis_public", "gis_public")
        with pytest.raises(REFUSED):
            _read(connection, sql.Identifier("layer", table), column)


@pytest.mark.parametrize("other", [*(role.database_role for role in sorted(STAFF)), "gis_app", "postgres"])
def test_a_citizen_becomes_nobody_else(places: Logins, other: str) -> None:
    with connected_as(places, Role.PUBLIC) as connection, pytest.raises(REFUSED):
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(other)))


@pytest.mark.parametrize("table", ["account", "credential", "sign_in_failure", "audit_entry"])
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDITOR, Role.ADMIN}))
def test_accounts_and_trail_are_not_for_callers(places: Logins, role: Role, table: str) -> None:
    with connected_as(places, role) as connection, pytest.raises(REFUSED):
        connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("core", table)))


def test_the_application_itself_reads_no_layer(places: Logins) -> None:
    """It takes a caller's role first; a query that forgets to is refused."""
    with psycopg.connect(places.app, autocommit=True) as connection, pytest.raises(REFUSED):
        connection.execute("SELECT count(*) FROM layer.parcels")
