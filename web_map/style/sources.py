"""The tile source of a layer, and the members every style layer that draws from it shares."""

from typing import Any

from gis_platform.city import City
from gis_platform.layer import Layer

DEEPEST_TILE = 16
"""A tile of zoom 16 holds 4,096 steps on 600 m: 15 cm. Deeper views draw from it and ask for nothing more."""


def source(layer: Layer, city: City) -> dict[str, Any]:
    """A vector source at the layer's own tiles; addresses start at the root of this host."""
    return {
        "type": "vector",
        "tiles": [f"/ogc/collections/{layer.name}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}"],
        "minzoom": layer.zooms[0],
        "maxzoom": max(layer.zooms[0], min(layer.zooms[1], DEEPEST_TILE)),
        "bounds": list(city.envelope.as_tuple()),
    }


def drawing(layer: Layer, part: str, kind: str) -> dict[str, Any]:
    """A style layer without its paint; ``metadata`` tells which layer it draws."""
    return {
        "id": f"{layer.name}-{part}",
        "type": kind,
        "source": layer.name,
        "source-layer": layer.name,
        "minzoom": layer.zooms[0],
        "metadata": {"gis:layer": layer.name},
        "layout": {"visibility": "visible" if layer.style.shown else "none"},
        "paint": {},
    }
