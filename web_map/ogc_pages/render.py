"""Templates and what they may call."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, FileSystemLoader, select_autoescape

from gis_platform.layer.text import Language
from web_map.ogc_pages.age import age_of_features
from web_map.ogc_pages.frame import Frame
from web_map.ogc_pages.values import (
    is_flat,
    is_link,
    short_crs,
    shown_day,
    shown_number,
    shown_value,
    values_in,
)

_HERE = Path(__file__).parent
_TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=select_autoescape(),
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.tests["web_link"] = is_link
_TEMPLATES.filters["short_crs"] = short_crs
_TEMPLATES.filters["merged"] = lambda first, second: {**first, **second}


@cache
def page_words(language: Language) -> Mapping[str, str]:
    """Every word of the pages by key; words in braces are filled in."""
    texts: dict[str, str] = json.loads((_HERE / "words" / f"{language}.json").read_text(encoding="utf-8"))
    return MappingProxyType(texts)


def render_page(template: str, *, frame: Frame, **context: object) -> str:
    """One page. Everything in ``context`` is written as text, whatever it holds.

    ``document`` is always the very document that programs get, in the page's language, so that the two
    cannot tell different things. Templates, and what each takes beside ``document``:

    * ``landing``, ``conformance``, ``collections``, ``collection``, ``catalogue``, ``records``, ``record``;
    * ``items``: a page of features (a GeoJSON FeatureCollection with ``links``, ``synthetic``, ``hidden``,
      and ``numberMatched`` where it is known); ``layer`` (Layer) and ``role`` (Role);
    * ``item``: one feature with its ``links``; ``layer`` and ``role``;
    * ``properties``: a JSON schema (queryables, sortables, schema); ``heading``;
    * ``listing``: a document whose member ``members`` (name) is a list of objects with ``title`` or ``id``
      and ``links``; ``members`` and ``heading``;
    * ``document``: any JSON object; ``heading``.

    ``heading`` is text in the page's language. Geometries of ``items`` and ``item`` are in CRS84.
    """
    texts = page_words(frame.language)

    def text(key: str, **values: object) -> str:
        return texts[key].format(city=frame.city_title, **values)

    return _TEMPLATES.get_template(f"{template}.html").render(
        frame=frame,
        t=text,
        counted=lambda name: texts.get(f"counted_{name}", name),
        local=frame.local,
        day=shown_day,
        number=lambda value: shown_number(value, frame.language),
        value=lambda value, known=None: shown_value(value, frame.language, texts, known),
        values=values_in,
        flat=is_flat,
        aged=lambda layer, features: age_of_features(layer, features, frame.city),
        as_data=_json_in_html,
        own=frame.files.own.address,
        vendor=frame.files.vendor.address,
        **context,
    )


def _json_in_html(value: object) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
