"""What is drawn, from the ground up: each group with its features in WGS 84, its look and its legend."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.city import City
from gis_platform.geometry.crs import WGS84, transform_geometries
from layers.parcels import LAYER as PARCELS
from layers.planning.building.ground import strip
from layers.zoning import LAYER as ZONING
from layers.zoning import PLAN_LEVELS
from web_map.extract.map.looks import BUILDABLE
from web_map.extract.saying import Saying
from web_map.extract.surroundings import Feature, Surroundings
from web_map.saved_answer.facts import Row, built_facts, parcel_facts, street_facts, zone_facts
from web_map.snapshot.features import plain
from web_map.snapshot.styling import styler
from web_map.style.palette import SELECTED
from web_map.texts import catalogue

Document = Mapping[str, Any]
Look = dict[str, Any]

_DECIMALS = 8
_LEVELS = list(PLAN_LEVELS)
_FUNCTION, _ROADS = "land_function", "road_reserve"
RED_LINE: Look = {"color": "#c0392b", "weight": 2, "dashArray": "9 4", "fill": False}
_ROAD_EDGE = "#8f3a2a"
_STREET: Look = {"color": "#cbbfa8", "weight": 1, "fillColor": "#ffffff", "fillOpacity": 0.9}
_LOT: Look = {"color": PARCELS.style.outline, "weight": 0.6, "fill": False}
ASKED: Look = {"color": SELECTED, "weight": 3, "fillColor": SELECTED, "fillOpacity": 0.08}
BUILT: Look = {
    "color": BUILDABLE, "weight": 2.5, "dashArray": "6 3", "fillColor": BUILDABLE, "fillOpacity": 0.18,
}  # fmt: skip
DRAWN: Look = {"color": SELECTED, "weight": 2, "dashArray": "4 5", "fill": False}


@dataclass(frozen=True, slots=True)
class Group:
    """Features that are shown and hidden together, each with its own ``look`` among its properties."""

    title: str
    collection: dict[str, Any]
    clickable: bool = True
    names_from: float | None = None


def groups_of(document: Document, around: Surroundings, city: City, say: Saying) -> list[Group]:
    """The groups in drawing order; empty ones are left out."""
    words = catalogue(say.language)
    parcels = {parcel["id"]: parcel for parcel in document["parcels"]}
    made = [
        Group(words["saved.zones"], _zones(document, around, city, parcels, say)),
        Group(say("legend.lots"), _plain(around.of("parcels"), city, _LOT), clickable=False, names_from=18.5),
        Group(say("legend.streets"), _streets(document, around, city, say), names_from=16),
        Group(words["saved.red_lines"], _red_lines(around, city), clickable=False),
        Group(say("legend.drawn"), _drawn(document), clickable=False),
        Group(say("legend.asked"), _asked(document, say), names_from=14),
        Group(say("legend.buildable"), _built(document, parcels, say)),
    ]
    return [group for group in made if group.collection["features"]]


def affecting(document: Document) -> dict[int, list[Any]]:
    """Hits by the id of their zone."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for hit in document["affected"]:
        if hit["layer"] == ZONING.name:
            found[hit["feature_id"]].append(hit)
    return found


def zone_looks(zones: Iterable[Feature], touching: Mapping[int, Any]) -> dict[int, Look]:
    """The look of each zone by its id: as the layer's style has it, what does not touch the site fainter."""
    look = styler(ZONING)
    looks = {}
    for zone in zones:
        assert zone.id is not None  # noqa: S101  # what was read has one
        made = look({"properties": {str(ZONING.style.by): zone.style_class}})
        seen_through = zone.theme != _FUNCTION
        strength = (0.55 if seen_through else 0.85) if zone.id in touching else 0.3
        edge = {"color": _ROAD_EDGE, "weight": 1.2} if zone.theme == _ROADS else {}
        looks[zone.id] = {**made, "fillOpacity": strength, **edge}
    return looks


def _zones(
    document: Document, around: Surroundings, city: City, parcels: Mapping[int, Any], say: Saying
) -> dict[str, Any]:
    touching = affecting(document)
    zones = sorted(around.of(ZONING.name), key=_depth)
    looks = zone_looks(zones, touching)
    rows = [zone_facts(zone, touching.get(zone.id or 0, ()), parcels, say) for zone in zones]
    return _collection(
        _moved([zone.shape for zone in zones], city),
        [looks[zone.id or 0] for zone in zones],
        rows,
        [None] * len(zones),
    )


def _depth(zone: Feature) -> tuple[bool, int]:
    level = _LEVELS.index(zone.plan_level) if zone.plan_level in _LEVELS else len(_LEVELS)
    return zone.theme != _FUNCTION, -level


def _streets(document: Document, around: Surroundings, city: City, say: Saying) -> dict[str, Any]:
    fronts: defaultdict[int, list[Any]] = defaultdict(list)
    for entry in document.get("building") or ():
        for front in entry["frontages"]:
            fronts[front["street_id"]].append(front)
    streets = [street for street in around.of("streets") if street.width_m]
    shapes = [strip(street.shape, (street.width_m or 0) / 2) for street in streets]
    rows = [street_facts(street, fronts.get(street.id or 0, ()), say) for street in streets]
    return _collection(_moved(shapes, city), [_STREET] * len(streets), rows, [one.name for one in streets])


def _red_lines(around: Surroundings, city: City) -> dict[str, Any]:
    """Edges of the strips that streets are planned to take; at a crossing none runs over the other street."""
    planned = [street for street in around.of("streets") if street.planned_width_m]
    if not planned:
        return _collection([], [], [], [])
    strips = [strip(street.shape, (street.planned_width_m or 0) / 2) for street in planned]
    edge = shapely.union_all(strips).boundary
    return _collection(_moved([edge], city), [RED_LINE], [[]], [None])


def _plain(features: list[Feature], city: City, look: Look) -> dict[str, Any]:
    shapes = _moved([feature.shape for feature in features], city)
    return _collection(shapes, [look] * len(features), [[]] * len(features), [one.name for one in features])


def _asked(document: Document, say: Saying) -> dict[str, Any]:
    entries = {entry["parcel_id"]: entry for entry in document.get("building") or ()}
    parcels = document["parcels"]
    rows = [parcel_facts(parcel, entries.get(parcel["id"]), say) for parcel in parcels]
    names = [say.parcel(dict(parcel)) for parcel in parcels]
    return _collection([p["geometry"] for p in parcels], [ASKED] * len(parcels), rows, names)


def _built(document: Document, parcels: Mapping[int, Any], say: Saying) -> dict[str, Any]:
    entries = [entry for entry in document.get("building") or () if entry.get("buildable")]
    rows = [built_facts(entry, parcels[entry["parcel_id"]], say) for entry in entries]
    shapes = [entry["buildable"] for entry in entries]
    return _collection(shapes, [BUILT] * len(entries), rows, [None] * len(entries))


def _drawn(document: Document) -> dict[str, Any]:
    shape = (document.get("ground") or {}).get("geometry")
    return _collection([shape] if shape else [], [DRAWN], [[]], [None])


def _collection(
    shapes: list[Any], looks: list[Look], rows: Sequence[list[Row]], labels: Sequence[str | None]
) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "geometry": shape,
            "properties": {"look": look, "label": plain(label), "rows": plain([list(row) for row in told])},
        }
        for shape, look, told, label in zip(shapes, looks, rows, labels, strict=False)
    ]
    return {"type": "FeatureCollection", "features": features}


def _moved(shapes: list[BaseGeometry], city: City) -> list[Any]:
    """As GeoJSON in WGS 84, to a millimetre."""
    if not shapes:
        return []
    moved = transform_geometries(np.asarray(shapes, dtype=object), city.working_srid, WGS84)
    rounded = shapely.transform(moved, lambda places: np.round(places, _DECIMALS))
    return [json.loads(text) for text in shapely.to_geojson(rounded)]
