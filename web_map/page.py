"""The page at ``/``: one template, and what its scripts need to know, as JSON within it."""

import json
from pathlib import Path
from typing import Any

from gis_platform.access.caller import Caller
from gis_platform.city import City
from gis_platform.layer.text import Language
from layers.admin_units import LAYER as UNITS
from layers.house_numbers import LAYER as HOUSES
from layers.parcels import LAYER as PARCELS
from layers.planning.kept.duties import SIGNERS
from layers.sensors import LAYER as STATIONS
from layers.streets import LAYER as STREETS
from layers.zoning import LAYER as PLANS
from web_map.assets.files import MapFiles
from web_map.assets.own import PAGE_SCRIPT, PAGE_SHEET
from web_map.grids import corner_grids
from web_map.style.palette import GROUND, SELECTED, TEXT
from web_map.templating import templates_in
from web_map.texts import catalogue, land_use_names

LATER_SHEETS = ("views", "swipe", "list", "ways")
_TEMPLATES = templates_in(Path(__file__).parent / "templates")


def render_page(
    city: City, language: Language, caller: Caller, files: MapFiles, *, large_text: bool = False
) -> str:
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
        "maplibre_worker": files.vendor.address("maplibre-gl-worker.mjs"),
        "grid": city.working_srid,
        "grids": list(corner_grids(city.working_srid)),
        "maplibre_sheet": files.vendor.address("maplibre-gl.css"),
        "sheets": {name: files.own.address(f"css/{name}.css") for name in LATER_SHEETS},
        "pictures": files.pictures,
        "parcels": PARCELS.name,
        "houses": HOUSES.name,
        "units": UNITS.name,
        "stations": STATIONS.name,
        "streets": STREETS.name,
        "plans": PLANS.name,
        "account": _account(caller),
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
        script=files.own.address(PAGE_SCRIPT),
        sheet=files.own.address(PAGE_SHEET),
        large_text=large_text,
        fonts=files.fonts,
        ground=GROUND,
    )


def _account(caller: Caller) -> dict[str, Any] | None:
    """Who is signed in, and whether his page offers to sign answers."""
    if not caller.signed_in:
        return None
    signs = caller.role in SIGNERS and caller.key is None
    return {"name": caller.display_name or caller.username, "signs": signs}


def _json_in_html(value: object) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
