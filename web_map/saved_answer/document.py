"""The kept answer as one file: folium draws the map, a box beside it says what it is and what it is worth."""

import json
from html import escape
from pathlib import Path
from typing import Any

import folium
import shapely

from gis_platform.city import City
from gis_platform.errors import NotFound
from gis_platform.layer.text import Language, Text
from layers.zoning import LAYER as ZONING
from web_map.assets.vendor import NODE_MODULES
from web_map.extract.map.site import site_of
from web_map.extract.saying import Saying
from web_map.extract.surroundings import Surroundings
from web_map.saved_answer.drawing import Group, groups_of
from web_map.saved_answer.sheet import card, subject
from web_map.snapshot.inert import inert
from web_map.snapshot.page import BEHAVIOUR, Part, finished
from web_map.snapshot.styling import hatchings

_FOLDER = Path(__file__).parent
_NO_SHAPE = Text(
    "Kết quả này không có hình thể thửa đất để vẽ bản đồ. Hãy mở bản JSON hoặc bản in.",
    "This answer holds no shape of a parcel to draw. Open it as JSON or as a PDF.",
)


def saved_answer(
    document: dict[str, Any],
    around: Surroundings,
    city: City,
    language: Language,
    node_modules: Path = NODE_MODULES,
) -> str:
    """One HTML file; ``document`` is a kept answer with its ``receipt``, ``around`` what lies around it.

    It holds what the answer holds, which names no person, and shapes of public layers. Takes tenths of a
    second of a core.

    Raises:
        NotFound: the answer has no shape.
        OutsideAddress: the file would name another host.
        Unavailable: a front-end package is not installed.
    """
    if site_of(document, city.working_srid) is None:
        raise NotFound(_NO_SHAPE.in_language(language), detail_vi=_NO_SHAPE.vi)
    say = Saying(language, city.timezone)
    title = city.title_vi if language == "vi" else city.title_en
    view = folium.Map(
        location=list(reversed(city.centre)),
        zoom_start=18,
        tiles=None,
        max_zoom=22,
        zoom_snap=0.25,
        zoom_control="topright",
        attributionControl=False,
    )
    view.add_child(Part(html=card(document, around, title, say) + hatchings([ZONING])))
    scripts = [BEHAVIOUR, _FOLDER / "behaviour.js"]
    view.add_child(Part(script="\n".join(file.read_text(encoding="utf-8") for file in scripts)))
    for group in groups_of(document, around, city, say):
        _draw(view, group)
    folium.LayerControl(collapsed=True, position="topright").add_to(view)
    west, south, east, north = _bounds(document)
    box = json.dumps([[south, west], [north, east]])
    name = view.get_name()
    scale = f"L.control.scale({{imperial: false, position: 'bottomright'}}).addTo({name});"
    view.add_child(Part(script=f"{scale} lay({name}, {box});"))
    heading = f"{subject(document, say)} – {title}"
    return finished(view, language, heading, node_modules, (_FOLDER / "page.css").read_text(encoding="utf-8"))


def _draw(view: folium.Map, group: Group) -> None:
    drawn = folium.GeoJson(
        inert(group.collection),
        name=inert(escape(group.title)),
        style_function=lambda feature: feature["properties"]["look"],
        interactive=group.clickable,
        smooth_factor=0.3,
    ).add_to(view)
    options = {
        "named": group.names_from is not None,
        "labelFrom": group.names_from or 0,
        "tooltip": {"permanent": True, "direction": "center", "className": "name"},
    }
    script = f"attend({view.get_name()}, {drawn.get_name()}, {json.dumps(options)});"
    view.add_child(Part(script=script))


def _bounds(document: dict[str, Any]) -> tuple[float, float, float, float]:
    """West, south, east and north of all that was asked about, in WGS 84 degrees."""
    shapes = [
        one["geometry"] for one in (*document["parcels"], document.get("ground") or {}) if one.get("geometry")
    ]
    found = shapely.total_bounds([shapely.from_geojson(json.dumps(shape)) for shape in shapes])
    west, south, east, north = (float(edge) for edge in found)
    return west, south, east, north
