"""Properties that can be asked for by a plain value in the query string."""

from functools import cache

from gis_platform.access.roles import Role
from gis_platform.layer.declaration import Layer

_PLAIN = (
    "TEXT",
    "INTEGER",
    "BIGINT",
    "BOOLEAN",
    "DATE",
    "DOUBLE",
    "FLOAT",
    "SMALLINT",
    "VARCHAR",
    "TIMESTAMP",
)


@cache
def filterable(layer: Layer, role: Role) -> tuple[str, ...]:
    """Properties a caller may ask for by value: those it sees, save JSON and lists."""
    return tuple(
        p.name
        for p in layer.properties_for(role)
        if str(layer.column(p.name).type).upper().startswith(_PLAIN)
    )
