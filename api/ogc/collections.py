"""The collections: one a layer and one a raster, saying who sees what and how old it is."""

from fastapi import APIRouter
from fastapi.responses import Response

from api.dependencies import CurrentCaller, CurrentCity, CurrentLayers, CurrentSettings, Work
from api.ogc.access import layer_for, may_read
from api.ogc.collection_document import collection_document
from api.ogc.links import alternates
from api.ogc.rasters.documents import raster_collection, raster_collections
from api.ogc.records.catalogue import LISTED, catalogue_document
from api.ogc.representations import Asked
from api.parameters import CollectionId
from gis_platform.geometry.output_crs import offered_crs
from gis_platform.layer.summary import read_summaries
from gis_platform.layer.text import Text

router = APIRouter(prefix="/ogc/collections", tags=["OGC API"])

_HIDDEN = Text(
    "{count} lớp dữ liệu không mở cho vai trò {role}.",
    "{count} collections are not open to the role {role}.",
)


@router.get("", summary="Collections")
async def collections(
    caller: CurrentCaller,
    layers: CurrentLayers,
    city: CurrentCity,
    settings: CurrentSettings,
    work: Work,
    asked: Asked,
) -> Response:
    """Every layer and raster the caller may see; how many more there are for other roles is said.

    Last the catalogue, whose items are records of them.
    """
    seen = [layer for layer in layers.values() if may_read(layer, caller)]
    told = await read_summaries(work.raw, seen, caller.role)
    hidden = len(layers) - len(seen)
    listed = [
        collection_document(one, caller, city, settings.address, asked.language, listed=True) for one in told
    ] + await raster_collections(work.raw, caller, city, settings.address, asked.language)
    catalogue = catalogue_document(
        settings.address + LISTED,
        settings.address,
        city,
        asked.language,
        count=len(listed),
        synthetic=any(one["synthetic"] for one in listed),
    )
    document = {
        "links": alternates(f"{settings.address}/ogc/collections"),
        "crs": [crs.uri for crs in offered_crs(city.working_srid)],
        "collections": [*listed, catalogue],
        "hidden": {
            "count": hidden,
            "reason": _HIDDEN.in_language(asked.language).format(count=hidden, role=caller.role),
        },
    }
    return asked.answer("collections", document)


@router.get("/{collection}", summary="One collection")
async def collection(
    collection: CollectionId,
    caller: CurrentCaller,
    layers: CurrentLayers,
    city: CurrentCity,
    settings: CurrentSettings,
    work: Work,
    asked: Asked,
) -> Response:
    """One layer or raster: where its data lies in space and time, its age, what is hidden, how to get it."""
    if collection not in layers:
        raster = await raster_collection(work.raw, collection, caller, city, settings.address, asked.language)
        if raster is not None:
            return asked.answer("raster", raster)
    layer = layer_for(layers, collection, caller)
    told = await read_summaries(work.raw, [layer], caller.role, begins=True)
    document = collection_document(told[0], caller, city, settings.address, asked.language)
    return asked.answer("collection", document)
