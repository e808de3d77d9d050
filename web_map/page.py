"""The page at ``/``: one template, and what its scripts need to know, as JSON within it."""

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from gis_platform.access.caller import Caller
from gis_platform.city import City
from gis_platform.layer.text import Language
from layers.parcels import LAYER as PARCELS
from layers.sensors import LAYER as STATIONS
from web_map.assets.files import MapFiles
from web_map.style.palette import GROUND, SELECTED, TEXT
from web_map.texts import catalogue, land_use_names

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render_page(city: City, language: Language, caller: Caller, files: MapFiles) -> str:
    """The whole page. Nothing in it runs by itself: scripts and styles are files of this host."""
    texts = catalogue(language)
    title = city.title_vi if language == "vi" else city.title_en
    config: dict[str, Any] = {
        "language": language,
        "texts": dict(texts),
        "land_uses": dict(land_use_names(language)),
        "city": {
            "title": title,
            "centre": list(city.centre),
            "zoom": city.zoom,
            "envelope": list(city.envelope.as_tuple()),
            "demo": city.demo,
        },
        "colours": {"selected": SELECTED, "quiet": TEXT, "ground": GROUND},
        "maplibre": files.vendor.address("maplibre-gl.mjs"),
        "pictures": files.pictures,
        "parcels": PARCELS.name,
        "stations": STATIONS.name,
        "account": {"name": caller.display_name or caller.username} if caller.signed_in else None,
    }

    def text(key: str, **values: object) -> str:
        return texts[key].format(city=title, **values)

    return _TEMPLATES.get_template("map.html").render(
        language=language,
        other="en" if language == "vi" else "vi",
        text=text,
        city=city,
        config=_json_in_html(config),
        own=files.own.address,
        vendor=files.vendor.address,
        fonts=files.fonts,
        ground=GROUND,
    )


def _json_in_html(value: object) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
