"""What lies within a strip besides parcels: features of every other layer, as far as the caller sees them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import shapely

from gis_platform.access.scopes import allows
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.geometry.crs import WGS84, transform_geometries
from gis_platform.layer import Layer
from gis_platform.layer.text import Language
from gis_platform.serving.condition import Condition
from gis_platform.serving.page import page_statement
from gis_platform.serving.selection import Selection
from layers.admin_units import LAYER as ADMIN_UNITS
from layers.parcels import LAYER as PARCELS
from layers.planning.asking.question import Times
from layers.planning.strip.ground import Ground
from layers.streets import LAYER as STREETS

MOST_OF_A_LAYER = 500
# Parcels have a list of their own, the street tells its wards.
_TOLD_OTHERWISE = frozenset({PARCELS.name, ADMIN_UNITS.name})


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of a layer; ``shape`` is GeoJSON in WGS 84, ``distance_m`` from the planned line."""

    id: int
    title: str | None
    distance_m: float
    shape: Any


@dataclass(frozen=True, slots=True)
class Found:
    """Features of one layer, the nearest first; ``total`` counts those that are not listed too."""

    layer: Layer
    total: int
    features: list[Feature]
    synthetic: bool

    def told(self, language: Language) -> dict[str, Any]:
        """As JSON, without shapes."""
        return {
            "layer": self.layer.name,
            "title": self.layer.title.in_language(language),
            "total": self.total,
            "features": [
                {"id": one.id, "title": one.title, "distance_m": round(one.distance_m, 2)}
                for one in self.features
            ],
        }


async def others_within(
    work: UnitOfWork,
    layers: Iterable[Layer],
    ground: Ground,
    srid: int,
    times: Times,
    street: int,
    language: Language,
) -> tuple[list[Found], int]:
    """Layers that have features there, and how many layers are not shown to the caller."""
    role, scopes = work.caller.role, work.caller.scopes
    found, hidden = [], 0
    for layer in layers:
        if layer.name in _TOLD_OTHERWISE:
            continue
        if role not in layer.audience or not allows(scopes, "read", layer.name):
            hidden += 1
            continue
        one = await _of(work, layer, ground, srid, times, street, language)
        if one.total:
            found.append(one)
    return found, hidden


async def _of(
    work: UnitOfWork,
    layer: Layer,
    ground: Ground,
    srid: int,
    times: Times,
    street: int,
    language: Language,
) -> Found:
    inside = "t.geom && CAST(%(strip)s AS geometry) AND ST_Intersects(t.geom, CAST(%(strip)s AS geometry))"
    ewkb = str(shapely.to_wkb(shapely.set_srid(ground.whole, srid), hex=True, include_srid=True))
    conditions = [Condition(inside, {"strip": ewkb})]
    if layer.name == STREETS.name:
        conditions.append(Condition("t.id <> %(street)s", {"street": street}))
    at = None
    if layer.history and times.as_of is not None:
        at = (times.as_of, times.known_at or datetime.now(UTC))
    # Of nobody is anything read here, whatever the caller's role may see.
    plain = tuple(p.name for p in layer.properties_for(work.caller.role) if not p.personal)
    selection = Selection(
        layer=layer,
        role=work.caller.role,
        working_srid=srid,
        conditions=tuple(conditions),
        at=at,
        properties=plain,
    )
    statement = page_statement(selection, kept=False, begun=False)
    cursor = await work.raw.execute(statement.text, {**selection.parameters, "limit": MOST_OF_A_LAYER})
    row = await cursor.fetchone()
    if row is None or not row[1]:
        return Found(layer, 0, [], synthetic=False)
    features: list[Mapping[str, Any]] = json.loads(b"[" + bytes(row[5]) + b"]")
    return Found(layer, row[0], _measured(layer, features, ground, srid, language), synthetic=bool(row[4]))


def _measured(
    layer: Layer, features: list[Mapping[str, Any]], ground: Ground, srid: int, language: Language
) -> list[Feature]:
    shapes = np.array(
        [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features], dtype=object
    )
    metres = shapely.distance(transform_geometries(shapes, WGS84, srid), ground.road)
    measured = [
        Feature(
            feature["id"],
            layer.name_of(feature["properties"], language),
            float(distance),
            feature["geometry"],
        )
        for feature, distance in zip(features, metres, strict=True)
    ]
    return sorted(measured, key=lambda one: (one.distance_m, one.id))
