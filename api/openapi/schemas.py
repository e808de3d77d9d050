"""Shapes of the answers that standards fix, as schemas of OpenAPI 3.0, and which path answers with which."""

from typing import Any

from layers.planning.schema import ADDRESS as SCHEMA_OF_ANSWERS

_TEXT = {"type": "string"}
_WHOLE = {"type": "integer", "minimum": 0}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _object(required: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": required | more}


_LINKS = _list(_ref("link"))

SCHEMAS: dict[str, dict[str, Any]] = {
    "problem": _object(
        {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT},
        instance=_TEXT,
        parameter={"type": "string", "description": "The parameter at fault."},
    ),
    "link": _object(
        {"href": _TEXT, "rel": _TEXT},
        type=_TEXT,
        title=_TEXT,
        hreflang=_TEXT,
        templated={"type": "boolean"},
    ),
    "landingPage": _object({"title": _TEXT, "links": _LINKS}, description=_TEXT),
    "confClasses": _object({"conformsTo": _list(_TEXT)}),
    "collection": _object(
        {"id": _TEXT, "title": _TEXT, "links": _LINKS},
        description=_TEXT,
        itemType=_TEXT,
        extent={"type": "object"},
        crs=_list(_TEXT),
        storageCrs=_TEXT,
    ),
    "collections": _object({"collections": _list(_ref("collection")), "links": _LINKS}),
    "geometry": {
        "type": "object",
        "nullable": True,
        "required": ["type"],
        "properties": {
            "type": {
                "type": "string",
                "enum": [
                    *("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"),
                    "GeometryCollection",
                ],
            },
            "coordinates": {"type": "array", "items": {}},
        },
    },
    "featureGeoJSON": _object(
        {
            "type": {"type": "string", "enum": ["Feature"]},
            "geometry": _ref("geometry"),
            "properties": {"type": "object", "nullable": True},
        },
        id={"anyOf": [_TEXT, {"type": "integer"}]},
        links=_LINKS,
        synthetic={"type": "boolean"},
    ),
    "featureCollectionGeoJSON": _object(
        {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": _list(_ref("featureGeoJSON")),
        },
        links=_LINKS,
        timeStamp={"type": "string", "format": "date-time"},
        numberMatched=_WHOLE,
        numberReturned=_WHOLE,
    ),
    "tileMatrixSets": _object({"tileMatrixSets": _list(_object({"id": _TEXT, "links": _LINKS}))}),
    "tileMatrixSet": _object(
        {"id": _TEXT, "crs": _TEXT, "tileMatrices": _list({"type": "object"})}, uri=_TEXT
    ),
    "tileSets": _object({"tilesets": _list(_ref("tileSet"))}, links=_LINKS),
    "tileSet": _object(
        {
            "dataType": {"type": "string", "enum": ["map", "vector", "coverage"]},
            "crs": _TEXT,
            "links": _LINKS,
        },
        title=_TEXT,
        tileMatrixSetURI=_TEXT,
        tileMatrixSetLimits=_list({"type": "object"}),
        layers=_list({"type": "object"}),
    ),
    "tileJSON": _object(
        {"tilejson": _TEXT, "tiles": _list(_TEXT), "vector_layers": _list({"type": "object"})},
        bounds=_list({"type": "number"}),
        center=_list({"type": "number"}),
        minzoom=_WHOLE,
        maxzoom=_WHOLE,
    ),
    "planningAnswer": _object(
        {
            "id": _TEXT,
            "parcels": _list({"type": "object"}),
            "affected": _list({"type": "object"}),
            "not_affected": _list({"type": "object"}),
            "no_data": _list({"type": "object"}),
            "verdict": {"type": "object"},
            "sources": _list({"type": "object"}),
            "rules": _list({"type": "object"}),
        },
    )
    | {"externalDocs": {"url": SCHEMA_OF_ANSWERS, "description": "Every member, in JSON Schema."}},
    "styles": _object({"styles": _list(_object({"id": _TEXT, "title": _TEXT, "links": _LINKS}))}),
    "style": _object(
        {
            "version": {"type": "integer", "enum": [8]},
            "sources": {"type": "object"},
            "layers": _list({"type": "object"}),
        }
    ),
}

_COLLECTION = "/ogc/collections/{collection}"
ANSWERED_WITH: dict[str, str] = {
    "/ogc": "landingPage",
    "/ogc/conformance": "confClasses",
    "/ogc/collections": "collections",
    _COLLECTION: "collection",
    f"{_COLLECTION}/items": "featureCollectionGeoJSON",
    f"{_COLLECTION}/items/{{feature}}": "featureGeoJSON",
    **{
        path + part: schema
        for path in ("/ogc/catalogue", "/ogc/collections/catalogue")
        for part, schema in {
            "": "collection",
            "/items": "featureCollectionGeoJSON",
            "/items/{record}": "featureGeoJSON",
        }.items()
    },
    **dict.fromkeys(
        ("/api/planning/lookup", "/answers/{answer_id}", "/answers/{answer_id}.json"), "planningAnswer"
    ),
    "/ogc/tileMatrixSets": "tileMatrixSets",
    "/ogc/tileMatrixSets/{tileMatrixSet}": "tileMatrixSet",
    f"{_COLLECTION}/tiles": "tileSets",
    f"{_COLLECTION}/tiles/WebMercatorQuad": "tileSet",
    f"{_COLLECTION}/tiles/WebMercatorQuad/tilejson": "tileJSON",
    "/ogc/styles": "styles",
    "/ogc/styles/{styleId}": "style",
    f"{_COLLECTION}/styles": "styles",
    f"{_COLLECTION}/styles/{{styleId}}": "style",
}
"""The schema of the 200 of GET, by path."""

ASKED_IN_A_BODY = frozenset({"/api/planning/lookup"})
"""Where POST asks, and is answered as GET is."""

OF_MEDIA_TYPE = {"application/vnd.mapbox.tile+json": "tileJSON", "application/problem+json": "problem"}
"""Media types that have one schema wherever they are answered."""


def refer(name: str) -> dict[str, Any]:
    """A reference to one of ``SCHEMAS``."""
    if name not in SCHEMAS:
        raise KeyError(name)
    return _ref(name)
