"""The collections: one a layer, saying who sees what and how old it is."""

from typing import Any

from fastapi import APIRouter

from api.dependencies import CurrentCaller, CurrentCity, CurrentLayers, CurrentSettings, Work
from api.ogc.access import hidden_rows, layer_for
from api.ogc.links import link
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.layer import Layer
from gis_platform.layer.freshness import read_freshness

router = APIRouter(prefix="/ogc/collections", tags=["OGC API"])

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@router.get("")
async def collections(
    caller: CurrentCaller, layers: CurrentLayers, city: CurrentCity, settings: CurrentSettings
) -> dict[str, Any]:
    """Every layer the caller may see; how many more there are for other roles is said."""
    seen = [layer for layer in layers.values() if caller.role in layer.audience]
    return {
        "links": [link(f"{settings.address}/ogc/collections", "self", "Collections")],
        "collections": [_collection(layer, caller, city, settings.address) for layer in seen],
        "hidden": {
            "count": len(layers) - len(seen),
            "reason": f"{len(layers) - len(seen)} collections are not open to the role {caller.role}.",
        },
    }


@router.get("/{collection}")
async def collection(
    collection: str,
    caller: CurrentCaller,
    layers: CurrentLayers,
    city: CurrentCity,
    settings: CurrentSettings,
    work: Work,
) -> dict[str, Any]:
    """One layer, and whether any of it is made up."""
    layer = layer_for(layers, collection, caller)
    known = await read_freshness(work.raw, layer)
    return {**_collection(layer, caller, city, settings.address), "synthetic": known.synthetic}


def _collection(layer: Layer, caller: Caller, city: City, base: str) -> dict[str, Any]:
    here = f"{base}/ogc/collections/{layer.name}"
    hidden = layer.hidden_from(caller.role)
    return {
        "id": layer.name,
        "title": layer.title.vi,
        "title_en": layer.title.en,
        "description": layer.description.vi,
        "itemType": "feature",
        "extent": {"spatial": {"bbox": [list(city.envelope.as_tuple())], "crs": CRS84}},
        "crs": [CRS84],
        "access": {
            "public": Role.PUBLIC in layer.audience,
            "hidden_properties": [p.name for p in hidden],
            "reason": "Personal data or staff information, not shown to your role." if hidden else None,
            **hidden_rows(layer, caller.role),
        },
        "links": [
            link(here, "self", layer.title.en),
            link(f"{here}/items", "items", "Features", "application/geo+json"),
            link(
                f"{here}/tiles/WebMercatorQuad/{{tileMatrix}}/{{tileRow}}/{{tileCol}}",
                "item",
                "Vector tiles",
                "application/vnd.mapbox-vector-tile",
                templated=True,
            ),
        ],
    }
