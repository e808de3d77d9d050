"""Parameters and media types of the hot paths, with the bounds that their readers keep."""

from typing import Any

from api.ogc.formats import NAMES
from api.ogc.hot import HERE, ITEM, ITEMS, TILE
from api.ogc.question import LANGUAGES
from api.parameters import DEFAULT_LIMIT, MAX_LIMIT
from etl.exporting.forms import FORMS
from gis_platform.filtering.bounds import MAX_LENGTH

_LARGEST_ID = 2**63 - 1
_BYTES: dict[str, Any] = {"type": "string", "format": "binary"}
_TEXT: dict[str, Any] = {"type": "string"}


def _parameter(name: str, where: str, description: str, **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "description": description,
        "schema": {"type": "string"} | schema,
    }


def _asked(name: str, description: str, longest: int = 200, **schema: Any) -> dict[str, Any]:
    return _parameter(name, "query", description, **{"maxLength": longest} | schema)


def _number(name: str, where: str, description: str, least: int, most: int, **schema: Any) -> dict[str, Any]:
    bounds = {"type": "integer", "minimum": least, "maximum": most}
    return _parameter(name, where, description, **bounds, **schema)


def _form(*names: str) -> dict[str, Any]:
    return _parameter("f", "query", "Form of the answer; otherwise as Accept prefers.", enum=list(names))


IN_PATH: dict[str, dict[str, Any]] = {
    "collection": _parameter("collection", "path", "Name of a layer, e.g. parcels.", maxLength=80),
    "feature": _number("feature", "path", "Id of the feature.", 0, _LARGEST_ID, format="int64"),
    "z": _number("z", "path", "Tile matrix (zoom).", 0, 24),
    "y": _number("y", "path", "Tile row, from the north.", 0, 2**24 - 1),
    "x": _number("x", "path", "Tile column, from the west.", 0, 2**24 - 1),
}

_FILTER_LANG = "Language of filter; cql2-text if not given. cql-text is the draft that GDAL writes."
_CRS = _asked("crs", "URI of the reference system of the coordinates; else CRS84.")
_LANG = _parameter("lang", "query", "Language of the texts of a page.", enum=["vi", "en"])
_TIMES = (
    _asked("datetime", "A day or moment, or an interval of two with / between, .. for an open end.", 100),
    _asked("as_of", "Day on which it held, for layers with history.", 40, example="2026-01-31"),
    _asked("known_at", "Moment as of whose knowledge, for layers with history.", 40),
)

IN_QUERY: dict[str, tuple[dict[str, Any], ...]] = {
    ITEMS: (
        _number(
            "limit",
            "query",
            f"Features a page; more than {MAX_LIMIT} means {MAX_LIMIT}, and a file takes no more.",
            1,
            10**20 - 1,
            default=DEFAULT_LIMIT,
        ),
        _asked("after", "Where the page starts: taken from a next link.", 8_000),
        _asked("bbox", "west,south,east,north, in degrees unless bbox-crs says otherwise.", 200),
        _asked("bbox-crs", "URI of the reference system of bbox; else CRS84."),
        _CRS,
        *_TIMES,
        _asked("filter", "Condition in CQL2 over the queryables.", MAX_LENGTH, example="parcel_no = '12'"),
        _parameter("filter-lang", "query", _FILTER_LANG, enum=list(LANGUAGES)),
        _asked("filter-crs", "URI of the reference system of geometries in filter; else CRS84."),
        _asked("sortby", "Properties to order by, comma between; -name sorts down.", 400),
        _asked("properties", "Properties to answer with, comma between; else all.", 2_000),
        _form(*NAMES),
        _LANG,
        {
            "name": "queryables",
            "in": "query",
            "description": "Any queryable property by its name, e.g. parcel_no=12.",
            "schema": {"type": "object", "maxProperties": 10, "additionalProperties": {"type": "string"}},
            "style": "form",
            "explode": True,
        },
    ),
    ITEM: (_CRS, *_TIMES, _form("json", "geojson", "html"), _LANG),
    TILE: _TIMES,
    HERE: (
        _asked("point", "lon,lat in WGS 84 degrees.", 80, example="106.3656,10.3548") | {"required": True},
    ),
}

MEDIA_TYPES: dict[str, dict[str, Any]] = {
    ITEMS: {
        "application/geo+json": {},
        "text/html": _TEXT,
        **{form.media_type: _BYTES for name, form in FORMS.items() if name != "geojson"},
    },
    ITEM: {"application/geo+json": {}, "text/html": _TEXT},
    TILE: {"application/vnd.mapbox-vector-tile": _BYTES},
    HERE: {"application/json": {"type": "object"}},
}

MORE_ANSWERS: dict[str, dict[str, str]] = {
    ITEM: {"304": "Unchanged since If-None-Match."},
    TILE: {"204": "Nothing lies there.", "304": "Unchanged since If-None-Match."},
}
