"""What the database must hold because a layer is declared: grants, row policies, the ``_at`` functions.

Applied after a migration, from nothing: what a layer no longer says is taken away. Policies lock their
tables, so nothing is done where neither the declarations nor the migrations have changed.
"""

from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import sql

from gis_platform.access.roles import Role
from gis_platform.layer.columns import SYSTEM_COLUMNS
from gis_platform.layer.declaration import Layer
from gis_platform.layer.editing_grants import SQL as EDITING
from gis_platform.layer.editing_grants import grant_editing
from gis_platform.layer.registry import Registry
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def apply_derived(
    connection: psycopg.Connection[tuple[object, ...]],
    layers: Registry,
    revisions: frozenset[str],
    *,
    anew: bool,
) -> bool:
    """Give each role what the layers grant it, and no more.

    Unless it is asked for ``anew`` nothing is done, and False returned, where it was done before.

    ``revisions`` are the migrations the database is at.
    """
    fingerprint = _fingerprint(layers, revisions)
    known = connection.execute(SQL["fingerprint"].text).fetchone()
    if not anew and known is not None and known[0] == fingerprint:
        return False
    connection.execute("SET LOCAL lock_timeout = '10s'")
    _apply(connection, layers)
    connection.execute(SQL["remember"].text, {"fingerprint": fingerprint})
    return True


def _fingerprint(layers: Registry, revisions: frozenset[str]) -> bytes:
    """Changes with whatever the statements below are made from, this file included."""
    made_by = (Path(__file__), Path(__file__).with_name("editing_grants.py"), EDITING.file)
    parts = [*sorted(revisions), *(f.read_text(encoding="utf-8") for f in made_by), SQL["versions_at"].text]
    for layer in layers.values():
        grants = layer.sql.get("grants")
        parts += [
            layer.name,
            str(layer.history),
            str(sorted(layer.audience)),
            str(sorted(layer.editors)),
            str(sorted(layer.visible_rows.items())),
            str([(p.name, sorted(p.audience)) for p in layer.properties]),
            grants.text if grants is not None else "",
        ]
    return sha256("\x00".join(parts).encode()).digest()


def _apply(connection: psycopg.Connection[tuple[object, ...]], layers: Registry) -> None:
    roles = sql.SQL(", ").join(sql.Identifier(role.database_role) for role in Role)
    connection.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA layer FROM {}").format(roles))
    for layer in layers.values():
        for table, columns in _tables(layer).items():
            _grant(connection, layer, table, columns)
        grant_editing(connection, layer)
        if layer.history:
            _versions_at(connection, layer)
            _find_versions(connection, layer)
        after = layer.sql.get("grants")
        if after is not None:
            connection.execute(after.text.encode())


def _tables(layer: Layer) -> dict[str, set[str]]:
    """The tables of a layer, and the columns that belong to the platform in each."""
    own = set(layer.table.columns.keys()) & SYSTEM_COLUMNS
    tables = {layer.name: set(own)}
    if layer.history:
        closed = {"valid_period", "recorded_period"}
        tables[f"{layer.name}_history"] = own - {"valid_from", "recorded_from"} | closed
    return tables


def _grant(
    connection: psycopg.Connection[tuple[object, ...]], layer: Layer, table: str, system: set[str]
) -> None:
    name = sql.Identifier("layer", table)
    for policy in connection.execute(SQL["policies"].text, {"table": table}).fetchall():
        connection.execute(sql.SQL("DROP POLICY {} ON {}").format(sql.Identifier(str(policy[0])), name))
    for role in sorted(layer.audience):
        columns = sorted(system | {p.name for p in layer.properties_for(role)})
        connection.execute(
            sql.SQL("GRANT SELECT ({}) ON {} TO {}").format(
                sql.SQL(", ").join(map(sql.Identifier, columns)), name, sql.Identifier(role.database_role)
            )
        )
        rows = layer.visible_rows.get(role, "true")
        connection.execute(
            sql.SQL("CREATE POLICY {} ON {} FOR SELECT TO {} USING ({})").format(
                sql.Identifier(f"{table}_{role}"),
                name,
                sql.Identifier(role.database_role),
                sql.SQL(rows),
            )
        )


def _find_versions(connection: psycopg.Connection[tuple[object, ...]], layer: Layer) -> None:
    """Indexes to a feature's closed versions, which each change asks for, and to the first of all days."""
    for table, indexed in ((f"{layer.name}_history", "id"), (layer.name, "valid_from")):
        connection.execute(
            sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} ({})").format(
                sql.Identifier(f"{table}_{indexed}"),
                sql.Identifier("layer", table),
                sql.Identifier(indexed),
            )
        )


def _versions_at(connection: psycopg.Connection[tuple[object, ...]], layer: Layer) -> None:
    """``layer.<name>_at(as_of, known_at)``: the versions that held on a day, as believed at a moment."""
    columns = sql.SQL(", ").join(
        map(sql.Identifier, ["id", *(p.name for p in layer.properties), "geom", "geom_3857"])
    )
    function = sql.Identifier("layer", f"{layer.name}_at")
    names = {
        "function": function,
        "columns": columns,
        "current": sql.Identifier("layer", layer.name),
        "history": sql.Identifier("layer", f"{layer.name}_history"),
        "result": sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(str(n)), sql.SQL(str(t)))
            for n, t in connection.execute(
                SQL["column_types"].text,
                {
                    "table": f"layer.{layer.name}",
                    "names": ["id", *(p.name for p in layer.properties), "geom", "geom_3857"],
                },
            ).fetchall()
        ),
    }
    connection.execute(sql.SQL("DROP FUNCTION IF EXISTS {}(date, timestamptz)").format(function))
    connection.execute(sql.SQL(SQL["versions_at"].text).format(**names))
    for role in sorted(layer.audience):
        connection.execute(
            sql.SQL("GRANT EXECUTE ON FUNCTION {}(date, timestamptz) TO {}").format(
                function, sql.Identifier(role.database_role)
            )
        )
