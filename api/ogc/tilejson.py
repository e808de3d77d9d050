"""TileJSON 3.0.0: a tileset as MapLibre, QGIS, GDAL and most other map programs take it."""

from typing import Any

from api.ogc.tile_extent import data_extent
from api.ogc.tile_properties import tile_properties
from gis_platform import __version__
from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.layer import Layer
from gis_platform.layer.text import Language

MEDIA_TYPE = "application/vnd.mapbox.tile+json"


def tilejson(layer: Layer, role: Role, city: City, base: str, language: Language) -> dict[str, Any]:
    """The document of one layer's tiles, for a role; ``base`` is the address of this platform."""
    zoom = min(layer.zooms[1], max(layer.zooms[0], round(city.zoom)))
    return {
        "tilejson": "3.0.0",
        "name": layer.title.in_language(language),
        "description": layer.description.in_language(language),
        "version": __version__,
        "scheme": "xyz",
        "attribution": city.attribution.in_language(language),
        "tiles": [f"{base}/ogc/collections/{layer.name}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}"],
        "minzoom": layer.zooms[0],
        "maxzoom": layer.zooms[1],
        "bounds": list(data_extent(city.envelope)),
        "center": [*city.centre, zoom],
        "vector_layers": [
            {
                "id": layer.name,
                "description": layer.title.in_language(language),
                "minzoom": layer.zooms[0],
                "maxzoom": layer.zooms[1],
                "fields": {
                    name: _told(schema) for name, schema in tile_properties(layer, role, language).items()
                },
            }
        ],
    }


def _told(schema: dict[str, Any]) -> str:
    unit = f" ({schema['x-ogc-unit']})" if "x-ogc-unit" in schema else ""
    return f"{schema['type']}: {schema['title']}{unit}"
