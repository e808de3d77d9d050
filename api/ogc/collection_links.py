"""The links of a collection: everything that can be had of a layer."""

from typing import Any

from api.ogc.links import alternates, link
from etl.exporting.forms import FORMS
from gis_platform.city import City
from gis_platform.layer import Layer
from gis_platform.layer.text import Language, Text

_REL = "http://www.opengis.net/def/rel/ogc/1.0/"
_SCHEMA = "application/schema+json"

# Path below the collection, relation, media type, what people are told.
_PARTS: tuple[tuple[str, str, str, Text], ...] = (
    ("/items", "items", "application/geo+json", Text("Đối tượng (GeoJSON)", "Features (GeoJSON)")),
    ("/items?f=html", "items", "text/html", Text("Đối tượng (trang web)", "Features (page)")),
    ("/queryables", f"{_REL}queryables", _SCHEMA, Text("Thuộc tính để lọc", "Properties to filter by")),
    ("/sortables", f"{_REL}sortables", _SCHEMA, Text("Thuộc tính để sắp xếp", "Properties to sort by")),
    ("/schema", f"{_REL}schema", _SCHEMA, Text("Cấu trúc của đối tượng", "Schema of the features")),
    ("/tiles", f"{_REL}tilesets-vector", "application/json", Text("Bộ mảnh bản đồ", "Tilesets")),
    ("/styles", f"{_REL}styles", "application/json", Text("Kiểu thể hiện", "Styles")),
)
_TEMPLATES = (
    (
        "/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}",
        "item",
        "application/vnd.mapbox-vector-tile",
        Text("Mảnh bản đồ véc-tơ", "Vector tiles"),
    ),
)
_RECORD = Text("Bản ghi trong danh mục", "Record in the catalogue")


def collection_links(layer: Layer, city: City, base: str, language: Language) -> list[dict[str, Any]]:
    """Links of one collection."""
    here = f"{base}/ogc/collections/{layer.name}"
    licence = city.licence_of(layer.name)
    return [
        *alternates(here),
        *(link(here + path, rel, text.in_language(language), media) for path, rel, media, text in _PARTS),
        *(
            link(f"{here}/items?f={form.key}", "items", form.title.in_language(language), form.media_type)
            for form in FORMS.values()
            if form.key != "geojson"
        ),
        *(
            link(here + path, rel, text.in_language(language), media, templated=True)
            for path, rel, media, text in _TEMPLATES
        ),
        link(
            f"{base}/ogc/catalogue/items/{layer.name}",
            "describedby",
            _RECORD.in_language(language),
            "application/geo+json",
        ),
        *(
            [link(licence.uri, "license", licence.title.in_language(language), "text/html")]
            if licence and licence.uri
            else []
        ),
    ]
