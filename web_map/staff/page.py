"""One page of the console: the frame with its navigation, and what its script needs to know as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gis_platform.access.caller import Caller
from gis_platform.city import City
from gis_platform.layer import Layer
from gis_platform.layer.text import Language
from layers.admin_units import CURRENT_GENERATION
from layers.admin_units import LAYER as ADMIN_UNITS
from web_map.assets.files import MapFiles
from web_map.staff.layers import layers_told, rules_told
from web_map.staff.parts import Part, parts_for
from web_map.staff.words import words
from web_map.style.palette import FONT, GROUND, SELECTED, TEXT
from web_map.templating import templates_in

_TEMPLATES = templates_in(Path(__file__).parent / "templates")


@dataclass(frozen=True, slots=True)
class Console:
    """What all pages of one city's console have in common."""

    city: City
    layers: Mapping[str, Layer]
    files: MapFiles

    def render(self, template: str, part: Part, caller: Caller, language: Language, **context: object) -> str:
        """A page; nothing in it runs by itself: scripts and styles are files of this host."""
        texts = words(language)
        title = self.city.title_vi if language == "vi" else self.city.title_en

        def text(key: str, **values: object) -> str:
            return texts[key].format(city=title, **values)

        return _TEMPLATES.get_template(f"{template}.html").render(
            language=language,
            other="en" if language == "vi" else "vi",
            text=text,
            city=self.city,
            city_title=title,
            part=part,
            parts=parts_for(caller.role),
            caller=caller,
            role=texts[f"role.{caller.role}"],
            config=_json_in_html(self._config(caller, language, texts, title) | context),
            own=self.files.own.address,
            vendor=self.files.vendor.address,
            fonts=self.files.fonts,
            ground=GROUND,
            **context,
        )

    def _config(
        self, caller: Caller, language: Language, texts: Mapping[str, str], title: str
    ) -> dict[str, Any]:
        return {
            "language": language,
            "texts": dict(texts),
            "city": {
                "title": title,
                "centre": list(self.city.centre),
                "zoom": self.city.zoom,
                "envelope": list(self.city.envelope.as_tuple()),
                "working_srid": self.city.working_srid,
                "demo": self.city.demo,
            },
            "colours": {"selected": SELECTED, "quiet": TEXT, "ground": GROUND},
            "font": FONT,
            "pictures": self.files.pictures,
            "maplibre": self.files.vendor.address("maplibre-gl.mjs"),
            "layers": layers_told(self.layers.values(), caller.role, language),
            "rules": rules_told(language),
            "units": {"layer": ADMIN_UNITS.name, "generation": CURRENT_GENERATION},
            "account": {"name": caller.display_name or caller.username} if caller.signed_in else None,
        }


def _json_in_html(value: object) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
