"""What people call the areas whose codes stand in a delivery: administrative units by name."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import psycopg
from psycopg import sql

from etl.delivery.composing import compose
from gis_platform.layer import Layer
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def names_of_areas(
    connection: psycopg.Connection[Any], layer: Layer, parts: Iterable[dict[str, Any]], day: date
) -> dict[str, dict[str, str]]:
    """By property and code, as ``{"unit_code": {"28249": "Phường 4"}}``; codes nobody knows are left out.

    A code is used again from one generation of units to the next: the name is that of the day.
    """
    lying = layer.checks.lying
    if lying is None:
        return {}
    codes = sorted({str(part[lying.property]) for part in parts if part.get(lying.property)})
    query = compose(
        SQL["titles"],
        units=sql.Identifier("layer", lying.layer),
        **{
            name: sql.Identifier(getattr(lying, name))
            for name in ("code", "title", "generation", "since", "until")
        },
    )
    found = connection.execute(query, {"codes": codes, "day": day}).fetchall() if codes else []
    return {lying.property: {str(code): str(title) for code, title in found if title}}
