"""Filters over the layers of the city, compiled as the API compiles them and asked of the database."""

from typing import Any, cast

import psycopg
from psycopg import sql

from gis_platform.access.roles import Role
from gis_platform.filtering import FilterLanguage, compile_filter
from gis_platform.layer import installed_layers
from gis_platform.serving.condition import Condition

GRID = 9210


def compiled(
    text: str,
    layer: str = "parcels",
    role: Role = Role.PUBLIC,
    language: FilterLanguage = "cql2-text",
    srid: int | None = None,
) -> Condition:
    """A filter over a layer of the city."""
    return compile_filter(
        text, language, installed_layers()[layer], role, filter_srid=srid, working_srid=GRID
    )


def ids_where(connection: psycopg.Connection[Any], condition: Condition, layer: str) -> set[int]:
    """The ids of a layer's rows that fulfil a condition, for whoever the connection acts."""
    statement = sql.SQL("SELECT t.id FROM {} t WHERE {}").format(
        sql.Identifier("layer", layer), sql.SQL(cast(Any, condition.sql))
    )
    return {row[0] for row in connection.execute(statement, condition.parameters)}
