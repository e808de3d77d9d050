"""The page at ``/nop-ho-so``: one template, and what its script needs to know, as JSON within it."""

import json
from pathlib import Path
from typing import Any

from gis_platform.city import City
from gis_platform.layer.text import Language
from layers.filing import OF_A_BUILDING
from layers.house_numbers import LAYER as HOUSES
from layers.parcels import LAYER as PARCELS
from web_map.assets.files import MapFiles
from web_map.assets.own import FILING_SCRIPT, FILING_SHEET
from web_map.filing.words import words
from web_map.grids import corner_grids
from web_map.style.palette import GROUND
from web_map.templating import templates_in

_TEMPLATES = templates_in(Path(__file__).parent / "templates")


def render_page(city: City, language: Language, files: MapFiles, *, large_text: bool = False) -> str:
    """The whole page; it knows nothing of anybody."""
    texts = words(language)
    title = city.title_vi if language == "vi" else city.title_en
    config: dict[str, Any] = {
        "language": language,
        "texts": dict(texts),
        "city": {
            "title": title,
            "centre": list(city.centre),
            "envelope": list(city.envelope.as_tuple()),
            "demo": city.demo,
        },
        "parcels": PARCELS.name,
        "houses": HOUSES.name,
        "grid": city.working_srid,
        "grids": list(corner_grids(city.working_srid)),
        "buildings": sorted(OF_A_BUILDING),
    }

    def text(key: str, **values: object) -> str:
        return texts[key].format(city=title, **values)

    return _TEMPLATES.get_template("filing.html").render(
        language=language,
        other="en" if language == "vi" else "vi",
        text=text,
        city=city,
        city_title=title,
        config=json.dumps(config, ensure_ascii=False).replace("<", "\\u003c"),
        own=files.own.address,
        script=files.own.address(FILING_SCRIPT),
        sheet=files.own.address(FILING_SHEET),
        large_text=large_text,
        fonts=files.fonts,
        ground=GROUND,
    )
