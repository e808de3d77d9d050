"""OGC API Styles: how the city's layers look, as style sheets that MapLibre and QGIS open as they are."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import JSONResponse, Response

from api.dependencies import CurrentCaller, CurrentCity, CurrentLayers, CurrentSettings
from api.ogc.access import layer_for, may_read
from api.ogc.asked_layer import AskedLayer
from api.ogc.links import alternates, link
from api.ogc.representations import Asked
from api.parameters import Lang
from gis_platform.access.caller import Caller
from gis_platform.city import City
from gis_platform.errors import NotFound
from gis_platform.layer import Layer, Registry, Text
from gis_platform.layer.text import Language
from web_map.assets.files import MapFiles
from web_map.security import file_headers
from web_map.style.published import MEDIA_TYPE, published_style

router = APIRouter(prefix="/ogc", tags=["OGC API"])

CITY = "city"
"""The style of all layers together; every other is named as its layer."""
STYLES = "http://www.opengis.net/def/rel/ogc/1.0/styles"
_SHEET: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}}
_SPECIFICATION = "https://maplibre.org/maplibre-style-spec/"
_HEADING = Text("Kiểu thể hiện", "Styles")
_WHOLE = Text("Bản đồ {}", "Map of {}")
_ALL = Text(
    "Mọi lớp dữ liệu mà người hỏi được xem, theo thứ tự từ mặt đất lên.",
    "Every layer the caller may see, from the ground up.",
)

StyleId = Annotated[
    str, Path(alias="styleId", max_length=80, description="city, or the name of a layer, e.g. parcels.")
]


class Sheets:
    """Style sheets in the language that was asked for."""

    def __init__(
        self, request: Request, city: CurrentCity, settings: CurrentSettings, lang: Lang = "vi"
    ) -> None:
        self._files: MapFiles = request.app.state.map_files
        self._city, self._base, self._language = city, settings.address, lang

    def of(self, drawn: Sequence[Layer]) -> Response:
        """The answer with the sheet that draws these layers."""
        sheet = published_style(drawn, self._city, self._language, self._files, self._base)
        return JSONResponse(sheet, media_type=MEDIA_TYPE, headers=file_headers())


Sheet = Annotated[Sheets, Depends(Sheets)]


@router.get("/styles")
async def styles(
    caller: CurrentCaller, layers: CurrentLayers, city: CurrentCity, settings: CurrentSettings, asked: Asked
) -> Response:
    """The styles: one of the whole map, and one of each layer the caller may see."""
    here = f"{settings.address}/ogc/styles"
    seen = [layer.name for layer in layers.values() if may_read(layer, caller)]
    listed = [_entry(one, layers, city, settings.address, asked.language) for one in (CITY, *seen)]
    document = {"default": CITY, "styles": listed, "links": alternates(here)}
    heading = _HEADING.in_language(asked.language)
    return asked.answer("listing", document, members="styles", heading=heading)


@router.get("/styles/{styleId}", responses=_SHEET, response_class=Response)
def style(style_id: StyleId, caller: CurrentCaller, layers: CurrentLayers, sheet: Sheet) -> Response:
    """A style sheet after the MapLibre specification; tiles, fonts and pictures by whole address."""
    return sheet.of(_drawn(style_id, layers, caller))


@router.get("/styles/{styleId}/metadata")
async def style_metadata(
    style_id: StyleId,
    caller: CurrentCaller,
    layers: CurrentLayers,
    city: CurrentCity,
    settings: CurrentSettings,
    asked: Asked,
) -> Response:
    """What a style draws, and where its sheet is."""
    drawn = _drawn(style_id, layers, caller)
    here = f"{settings.address}/ogc/styles"
    sheet = link(f"{here}/{style_id}", "stylesheet", "MapLibre", MEDIA_TYPE)
    entry = _entry(style_id, layers, city, settings.address, asked.language)
    about = _ALL if style_id == CITY else drawn[0].description
    document = {
        **entry,
        "description": about.in_language(asked.language),
        "scope": "style",
        "stylesheets": [
            {
                "title": "MapLibre",
                "version": "8",
                "specification": _SPECIFICATION,
                "native": True,
                "link": sheet,
            }
        ],
        "layers": [
            {
                "id": layer.name,
                "description": layer.title.in_language(asked.language),
                "type": ("point", "line", "polygon")[layer.geometry.dimension],
                "sampleData": link(
                    f"{settings.address}/ogc/collections/{layer.name}",
                    "data",
                    layer.title.in_language(asked.language),
                ),
            }
            for layer in drawn
        ],
        "links": [*alternates(f"{here}/{style_id}/metadata"), sheet],
    }
    return asked.answer("document", document, heading=entry["title"])


@router.get("/collections/{collection}/styles")
async def styles_of_collection(
    layer: AskedLayer, layers: CurrentLayers, city: CurrentCity, settings: CurrentSettings, asked: Asked
) -> Response:
    """The styles of one layer: its own, which is named as it is."""
    here = f"/ogc/collections/{layer.name}/styles"
    listed = [_entry(layer.name, layers, city, settings.address, asked.language, here)]
    document = {"default": layer.name, "styles": listed, "links": alternates(settings.address + here)}
    heading = _HEADING.in_language(asked.language)
    return asked.answer("listing", document, members="styles", heading=heading)


@router.get("/collections/{collection}/styles/{styleId}", responses=_SHEET, response_class=Response)
def style_of_collection(layer: AskedLayer, style_id: StyleId, sheet: Sheet) -> Response:
    """The same style sheet as under ``/ogc/styles``."""
    if style_id != layer.name:
        raise NotFound(f"{layer.name} has one style, {layer.name}, and no {style_id!r}.", parameter="styleId")
    return sheet.of([layer])


def _drawn(style_id: str, layers: Registry, caller: Caller) -> Sequence[Layer]:
    """The layers of a style, from the ground up; the refusals are those of the layer."""
    if style_id == CITY:
        return [layer for layer in layers.values() if may_read(layer, caller)]
    if style_id not in layers:
        known = ", ".join((CITY, *(la.name for la in layers.values() if may_read(la, caller))))
        raise NotFound(f"There is no style {style_id!r}. There are: {known}.", parameter="styleId")
    return [layer_for(layers, style_id, caller)]


def _entry(
    style_id: str, layers: Registry, city: City, base: str, language: Language, under: str = "/ogc/styles"
) -> dict[str, Any]:
    if style_id == CITY:
        title = _WHOLE.in_language(language).format(city.title_vi if language == "vi" else city.title_en)
    else:
        title = layers[style_id].title.in_language(language)
    return {
        "id": style_id,
        "title": title,
        "links": [
            link(f"{base}{under}/{style_id}", "stylesheet", "MapLibre", MEDIA_TYPE),
            link(f"{base}/ogc/styles/{style_id}/metadata", "describedby", title),
        ],
    }
