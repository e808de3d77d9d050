"""The saved map: folium draws the layers, a box beside them says what it is and how old."""

import json
from html import escape
from pathlib import Path
from typing import Any

import folium

from gis_platform.city import City, Envelope
from gis_platform.layer import Layer
from gis_platform.layer.text import Language
from gis_platform.vietnamese_numbers import format_date
from web_map.assets.vendor import NODE_MODULES
from web_map.snapshot.features import prepared
from web_map.snapshot.inert import inert
from web_map.snapshot.page import BEHAVIOUR, Part, finished
from web_map.snapshot.sheet import card
from web_map.snapshot.styling import LEAFLET_ZOOM_OFFSET, ground_width, hatchings, styler
from web_map.texts import catalogue


def make_snapshot(
    city: City,
    layers: list[tuple[Layer, dict[str, Any]]],
    language: Language,
    *,
    box: Envelope | None = None,
    node_modules: Path = NODE_MODULES,
) -> str:
    """One HTML file with these layers, in drawing order, each with its GeoJSON in WGS 84.

    A collection may carry ``numberMatched``: where it holds fewer features, the map says so.

    Raises:
        OutsideAddress: the file would name another host.
        Unavailable: a front-end package is not installed.
    """
    today = city.today()
    view = folium.Map(
        location=[city.centre[1], city.centre[0]],
        zoom_start=round(city.zoom) + LEAFLET_ZOOM_OFFSET,
        tiles=None,
        max_zoom=21,
        zoom_snap=0.5,
        attributionControl=False,
    )
    view.add_child(Part(html=card(city, layers, language, today) + hatchings([layer for layer, _ in layers])))
    view.add_child(Part(script=BEHAVIOUR.read_text(encoding="utf-8")))
    for layer, collection in layers:
        _draw(view, layer, inert(prepared(layer, collection, language)), city, language)
    folium.LayerControl(collapsed=True, position="topright").add_to(view)
    scale = f"L.control.scale({{imperial: false, position: 'bottomright'}}).addTo({view.get_name()});"
    view.add_child(Part(script=scale))
    if box is not None:
        view.fit_bounds([[box.south, box.west], [box.north, box.east]])
    title = city.title_vi if language == "vi" else city.title_en
    heading = catalogue(language)["snapshot.title"].format(city=title, date=format_date(today))
    return finished(view, language, heading, node_modules)


def _draw(view: folium.Map, layer: Layer, collection: dict[str, Any], city: City, language: Language) -> None:
    style = layer.style
    group = folium.GeoJson(
        collection,
        name=inert(escape(layer.title.in_language(language))),
        style_function=styler(layer),
        marker=folium.CircleMarker(radius=style.width) if layer.geometry.dimension == 0 else None,
        control=not style.base,
        show=style.shown,
        smooth_factor=0.5,
    ).add_to(view)
    options = {
        "named": style.label is not None,
        "labelFrom": style.label_from + LEAFLET_ZOOM_OFFSET,
        "width": ground_width(layer, city),
        "tooltip": {
            "permanent": True,
            "direction": "bottom" if layer.geometry.dimension == 0 else "center",
            "className": "name",
        },
    }
    call = f"attend({view.get_name()}, {group.get_name()}, {json.dumps(options)});"
    view.add_child(Part(script=call))
