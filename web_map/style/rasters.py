"""Rasters on the map: pictures that people may turn on, above the areas and below the lines."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from gis_platform.access.roles import Role
from gis_platform.layer.text import Language, Text
from gis_platform.raster.entry import Kind, RasterEntry
from gis_platform.raster.legend import legend_of
from gis_platform.vietnamese_numbers import format_date

_OPACITY = 0.75
_DEEPEST_TILE = 20
_PHOTO = "#8a8f7a"
_DAY = Text("Ngày {}", "Of {}")

Versions = Mapping[str, Sequence[RasterEntry]]
"""Rasters by name, the newest version first."""


def with_rasters(style: dict[str, Any], rasters: Versions) -> dict[str, Any]:
    """The style of the map, with the newest version of each raster, turned off."""
    if not rasters:
        return style
    newest = [versions[0] for versions in rasters.values()]
    drawn = style["layers"]
    fills = sum(layer["type"] in ("background", "fill") for layer in drawn)
    return style | {
        "sources": style["sources"] | {entry.name: _source(entry) for entry in newest},
        "layers": [*drawn[:fills], *map(_layer, newest), *drawn[fills:]],
    }


def _source(entry: RasterEntry) -> dict[str, Any]:
    return {
        "type": "raster",
        "tiles": [f"/ogc/collections/{entry.name}/map/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}"],
        "tileSize": 256,
        "maxzoom": _DEEPEST_TILE,
        "bounds": list(entry.bounds),
        "attribution": entry.source,
    }


def _layer(entry: RasterEntry) -> dict[str, Any]:
    return {
        "id": f"{entry.name}-raster",
        "type": "raster",
        "source": entry.name,
        "metadata": {"gis:layer": entry.name, "gis:opacity": _OPACITY},
        "layout": {"visibility": "none"},
        # A cell is what it is: between cells nothing was measured.
        "paint": {
            "raster-opacity": _OPACITY,
            "raster-resampling": "linear" if entry.kind is Kind.ORTHOPHOTO else "nearest",
        },
    }


def raster_entries(rasters: Versions, language: Language) -> list[dict[str, Any]]:
    """Entries of the legend, shaped as those of the layers."""
    return [_entry(versions[0], language) for versions in rasters.values()]


def _entry(entry: RasterEntry, language: Language) -> dict[str, Any]:
    looks = legend_of(entry, language)
    day = _DAY.in_language(language).format(format_date(entry.date))
    said = (day, entry.caution.in_language(language) if entry.caution else None, entry.note, entry.source)
    return {
        "id": entry.name,
        "title": entry.title.in_language(language) + (f" ({entry.unit})" if entry.unit else ""),
        "description": ". ".join(text.rstrip(".") for text in said if text) + ".",
        "dimension": 2,
        "zooms": [0, 22],
        "shown": False,
        "base": False,
        "staff_only": Role.PUBLIC.value not in entry.audience,
        "heading": None,
        "named": None,
        "brief": [],
        "history": False,
        "only": None,
        "only_on": None,
        "swatch": _swatch(looks[len(looks) // 2].color if looks else _PHOTO),
        "entries": [{"label": one.label, "picture": _swatch(one.color)} for one in looks],
        "properties": [],
        "hidden": [],
    }


def _swatch(color: str) -> str:
    """A picture of one colour, in its own address."""
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="28" height="18" viewBox="0 0 28 18">'
        f'<rect x="1" y="1" width="26" height="16" fill="{color}" stroke="#5d5a52"/></svg>'
    )
    return "data:image/svg+xml," + quote(picture)
