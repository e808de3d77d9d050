"""The saved map: folium draws the layers, a box beside them says what it is and how old."""

import json
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import folium
from branca.element import MacroElement
from folium.template import Template

from gis_platform.city import City, Envelope
from gis_platform.layer import Layer
from gis_platform.layer.text import Language
from gis_platform.vietnamese_numbers import format_date
from web_map.assets.vendor import NODE_MODULES, font_faces, vendor_files
from web_map.snapshot.features import prepared
from web_map.snapshot.inert import inert, revived
from web_map.snapshot.inline import content_policy, inline_assets, refuse_outside
from web_map.snapshot.sheet import card, font_css, page_css
from web_map.snapshot.styling import LEAFLET_ZOOM_OFFSET, ground_width, hatchings, styler
from web_map.texts import catalogue

_BEHAVIOUR = Path(__file__).with_name("behaviour.js")


class _Part(MacroElement):
    """HTML or script in its turn, written as it is."""

    _template = Template(
        "{% macro html(this, kwargs) %}{{ this.body }}{% endmacro %}"
        "{% macro script(this, kwargs) %}{{ this.code }}{% endmacro %}"
    )

    def __init__(self, *, html: str = "", script: str = "") -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "part"
        self.body = inert(html)
        self.code = inert(script)


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
    today = datetime.now(ZoneInfo(city.timezone)).date()
    view = folium.Map(
        location=[city.centre[1], city.centre[0]],
        zoom_start=round(city.zoom) + LEAFLET_ZOOM_OFFSET,
        tiles=None,
        max_zoom=21,
        zoom_snap=0.5,
        attributionControl=False,
    )
    view.add_child(
        _Part(html=card(city, layers, language, today) + hatchings([layer for layer, _ in layers]))
    )
    view.add_child(_Part(script=_BEHAVIOUR.read_text(encoding="utf-8")))
    for layer, collection in layers:
        _draw(view, layer, inert(prepared(layer, collection, language)), city, language)
    folium.LayerControl(collapsed=True, position="topright").add_to(view)
    scale = f"L.control.scale({{imperial: false, position: 'bottomright'}}).addTo({view.get_name()});"
    view.add_child(_Part(script=scale))
    if box is not None:
        view.fit_bounds([[box.south, box.west], [box.north, box.east]])
    page = inline_assets(revived(view.get_root().render()), node_modules)
    return _finished(page, city, language, today, node_modules)


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
    view.add_child(_Part(script=call))


def _finished(page: str, city: City, language: Language, today: date, node_modules: Path) -> str:
    faces = font_faces(vendor_files(node_modules), node_modules)
    title = city.title_vi if language == "vi" else city.title_en
    heading = escape(catalogue(language)["snapshot.title"].format(city=title, date=format_date(today)))
    styles = f"<style>{font_css(faces, vendor_files(node_modules))}{page_css()}</style>"
    page = page.replace("<html>", f'<html lang="{language}">', 1)
    page = page.replace("user-scalable=no", "user-scalable=yes").replace("maximum-scale=1.0,", "")
    page = page.replace("</head>", f"{styles}<title>{heading}</title></head>", 1)
    refuse_outside(page)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{content_policy(page)}">'
    return page.replace("<head>", f"<head>{policy}", 1)
