"""What the editors of a layer may do in the database: its current rows, and no more of them than they see.

What the platform writes itself (``id``, ``recorded_from``, history) is granted to nobody. A row written by
hand comes from no delivery; only where it was made up for demonstration does it go on saying so.
"""

from typing import Any, cast

import psycopg
from psycopg import sql

from gis_platform.access.roles import Role
from gis_platform.layer.declaration import Layer
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def writable_columns(layer: Layer, role: Role) -> list[str]:
    """The columns an editor fills: the properties it sees, the geometry, and since when it is so."""
    return [*(p.name for p in layer.properties_for(role)), "geom", *(["valid_from"] if layer.history else [])]


def grant_editing(connection: psycopg.Connection[tuple[object, ...]], layer: Layer) -> None:
    """Rights and row policies of each editor of a layer; its policies of before must be gone."""
    for role in sorted(layer.editors & layer.audience):
        columns = writable_columns(layer, role)
        names = {
            "table": sql.Identifier("layer", layer.name),
            "layer": sql.Literal(layer.name),
            "role": sql.Identifier(role.database_role),
            "added": _listed(columns),
            "changed": _listed([*columns, "delivery_id"]),
            "rows": sql.SQL(cast(Any, layer.visible_rows.get(role, "true"))),
            "adds": sql.Identifier(f"{layer.name}_{role}_adds"),
            "changes": sql.Identifier(f"{layer.name}_{role}_changes"),
            "ends": sql.Identifier(f"{layer.name}_{role}_ends"),
        }
        connection.execute(sql.SQL(cast(Any, SQL["editor"].text)).format(**names))


def _listed(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
