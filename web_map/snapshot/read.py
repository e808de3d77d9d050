"""Reads what a saved map shows, always as the public: the file goes where no rule can follow it."""

import json
from collections.abc import Iterable
from typing import Any

import psycopg

from gis_platform.access.roles import Role
from gis_platform.city import City, Envelope
from gis_platform.layer import Layer
from gis_platform.serving.boxes import box_wkt
from gis_platform.serving.statements import items_statement

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
        cursor = await connection.execute(_statement(layer, city), _parameters(city, box))
        drawn.append((layer, _collection(await cursor.fetchone())))
    return drawn


def read_features_as_public(
    connection: psycopg.Connection[Any], layers: Iterable[Layer], city: City, box: Envelope
) -> Drawn:
    """The same for the command line: the connection is signed in as the public."""
    return [
        (layer, _collection(connection.execute(_statement(layer, city), _parameters(city, box)).fetchone()))
        for layer in public_layers(layers)
    ]


def _statement(layer: Layer, city: City) -> bytes:
    return items_statement(layer, Role.PUBLIC, city.working_srid, (), box=True, at=False)


def _parameters(city: City, box: Envelope) -> dict[str, object]:
    return {"box": box_wkt(box, city.envelope), "after": 0, "limit": MOST_FEATURES}


def _collection(row: Any) -> dict[str, Any]:
    features: list[dict[str, Any]] = json.loads(b"[" + bytes(row[-1]) + b"]") if row else []
    return {
        "type": "FeatureCollection",
        "numberMatched": row[0] if row else 0,
        "numberReturned": len(features),
        "features": features,
    }
