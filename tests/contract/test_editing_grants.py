"""An editor writes its layer's current rows and nothing else: no history, nothing that is stamped."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import sql

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.layer import Layer
from tests.contract.conftest import Delivered
from tests.support.acting import Connection, connected_as
from tests.support.features import insert, make_feature
from tests.support.layers import LAYERS

REFUSED = psycopg.errors.InsufficientPrivilege
EDITED = [(layer, role) for layer in LAYERS for role in sorted(layer.editors)]
with_history = pytest.mark.parametrize(
    ("layer", "role"),
    [pair for pair in EDITED if pair[0].history],
    ids=[f"{layer.name}-{role}" for layer, role in EDITED if layer.history],
)
each_editor = pytest.mark.parametrize(
    ("layer", "role"), EDITED, ids=[f"{layer.name}-{role}" for layer, role in EDITED]
)


def _features(places: Logins, layer: Layer) -> dict[str, Any]:
    with psycopg.connect(places.owner) as owner:
        made = make_feature(owner, layer, 7)
        owner.rollback()
    return made


def _one(connection: Connection, statement: str, layer: Layer) -> None:
    connection.execute(sql.SQL(statement).format(layer=sql.Identifier("layer", layer.name)))


def test_there_are_editors() -> None:
    assert {layer.name for layer, _ in EDITED} >= {"parcels", "streets", "hotspots", "cameras", "sensors"}
    assert all(role is not Role.PUBLIC and role in layer.audience for layer, role in EDITED)


@each_editor
def test_an_editor_adds_changes_and_ends(places: Logins, layer: Layer, role: Role) -> None:
    made = _features(places, layer)
    with connected_as(places, role) as connection, connection.transaction(force_rollback=True):
        new = insert(connection, layer, made["properties"], made["geometry"])
        changed = sql.SQL("UPDATE {} SET source_date = source_date - 1, delivery_id = NULL WHERE id = %s")
        assert connection.execute(changed.format(_table(layer)), [new]).rowcount == 1
        gone = sql.SQL("DELETE FROM {} WHERE id = %s")
        assert connection.execute(gone.format(_table(layer)), [new]).rowcount == 1


@each_editor
def test_an_editor_says_of_no_row_that_it_was_delivered(
    delivered: Delivered, layer: Layer, role: Role
) -> None:
    with connected_as(delivered.places, role) as connection:
        with pytest.raises(REFUSED):
            _one(connection, "INSERT INTO {layer} (source_date, delivery_id) VALUES (current_date, 1)", layer)
        with pytest.raises(REFUSED, match="row-level security"):
            _one(connection, "UPDATE {layer} SET delivery_id = (SELECT min(id) FROM core.delivery)", layer)
        with pytest.raises(REFUSED):
            _one(connection, "UPDATE {layer} SET id = 1", layer)


@with_history
def test_an_editor_does_not_touch_history(delivered: Delivered, layer: Layer, role: Role) -> None:
    history = sql.Identifier("layer", f"{layer.name}_history")
    attempts = (
        "INSERT INTO {history} (id) VALUES (1)",
        "UPDATE {history} SET recorded_period = NULL",
        "DELETE FROM {history}",
        "TRUNCATE {history}",
        "TRUNCATE {layer}",
        "UPDATE {layer} SET recorded_from = now()",
        "INSERT INTO {layer} (source_date, recorded_from) VALUES (current_date, now())",
        "ALTER TABLE {layer} DISABLE TRIGGER ALL",
    )
    with connected_as(delivered.places, role) as connection:
        for attempt in attempts:
            with pytest.raises(REFUSED):
                connection.execute(sql.SQL(attempt).format(history=history, layer=_table(layer)))


@with_history
def test_what_an_editor_changes_goes_to_history_by_itself(
    delivered: Delivered, layer: Layer, role: Role
) -> None:
    history = sql.Identifier("layer", f"{layer.name}_history")
    with connected_as(delivered.places, role) as connection, connection.transaction(force_rollback=True):
        before = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(history)).fetchone()
        connection.execute(
            sql.SQL("UPDATE {} SET valid_from = valid_from + 1, delivery_id = NULL").format(_table(layer))
        )
        connection.execute(sql.SQL("DELETE FROM {}").format(_table(layer)))
        after = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(history)).fetchone()
    assert before is not None
    assert after is not None
    assert after[0] > before[0]


@with_history
def test_a_table_of_the_same_name_writes_no_history(delivered: Delivered, layer: Layer, role: Role) -> None:
    """The trigger functions act as the owner and go by the table's name: nobody may use them elsewhere.

    A city's database lets no editor make a temporary table at all; this one does for a moment.
    """
    with (
        _temporary_tables(delivered, role),
        connected_as(delivered.places, role) as connection,
    ):
        connection.execute(
            sql.SQL(
                "CREATE TEMPORARY TABLE {} (id bigint, valid_from date, recorded_from timestamptz)"
            ).format(sql.Identifier(layer.name))
        )
        with pytest.raises(REFUSED, match="close_ended"):
            connection.execute(
                sql.SQL(
                    "CREATE TRIGGER ended AFTER DELETE ON pg_temp.{} REFERENCING OLD TABLE AS before"
                    " FOR EACH STATEMENT EXECUTE FUNCTION core.close_ended()"
                ).format(sql.Identifier(layer.name))
            )


@contextmanager
def _temporary_tables(delivered: Delivered, role: Role) -> Iterator[None]:
    with psycopg.connect(delivered.places.owner, autocommit=True) as owner:
        of_whom = {
            "database": sql.Identifier(owner.info.dbname),
            "role": sql.Identifier(role.database_role),
        }
        owner.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {database} TO {role}").format(**of_whom))
        try:
            yield
        finally:
            owner.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {database} FROM {role}").format(**of_whom))


def _table(layer: Layer) -> sql.Identifier:
    return sql.Identifier("layer", layer.name)
