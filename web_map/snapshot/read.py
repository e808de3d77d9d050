"""Reads what a saved map shows, always as the public: the file goes where no rule can follow it."""

import json
from collections.abc import Iterable
from typing import Any

import psycopg

from gis_platform.access.roles import Role
from gis_platform.city import City, Envelope
from gis_platform.geometry.crs import WGS84
from gis_platform.layer import Layer
from gis_platform.serving.boxes import box_wkt
from gis_platform.serving.page import page_statement
from gis_platform.serving.rows import inside_box
from gis_platform.serving.selection import Selection

MOST_FEATURES = 4_000
"""Of one layer in one file: more and a phone cannot draw it. The map says what it left out."""

Drawn = list[tuple[Layer, dict[str, Any]]]


def public_layers(layers: Iterable[Layer]) -> list[Layer]:
    """The layers that anybody may see."""
    return [layer for layer in layers if Role.PUBLIC in layer.audience]


async def read_features(
    connection: psycopg.AsyncConnection[Any], layers: Iterable[Layer], city: City, box: Envelope
) -> Drawn:
    """Each layer's features in the box; the connection acts as the public role."""
    drawn: Drawn = []
    for layer in public_layers(layers):
        cursor = await connection.execute(*_question(layer, city, box))
        drawn.append((layer, _collection(await cursor.fetchone())))
    return drawn


def read_features_as_public(
    connection: psycopg.Connection[Any], layers: Iterable[Layer], city: City, box: Envelope
) -> Drawn:
    """The same for the command line: the connection is signed in as the public."""
    return [
        (layer, _collection(connection.execute(*_question(layer, city, box)).fetchone()))
        for layer in public_layers(layers)
    ]


def _question(layer: Layer, city: City, box: Envelope) -> tuple[bytes, dict[str, object]]:
    inside = inside_box(box_wkt(box.as_tuple(), city.envelope), WGS84, city.working_srid)
    selection = Selection(layer=layer, role=Role.PUBLIC, working_srid=city.working_srid, conditions=(inside,))
    statement = page_statement(selection, kept=True, begun=False)
    return statement.text, {**selection.parameters, "limit": MOST_FEATURES}


def _collection(row: Any) -> dict[str, Any]:
    features: list[dict[str, Any]] = json.loads(b"[" + bytes(row[-1]) + b"]") if row else []
    return {
        "type": "FeatureCollection",
        "numberMatched": row[0] if row else 0,
        "numberReturned": len(features),
        "features": features,
    }
