"""What stands beside a saved map: title, caveat, dates, legend; and the page's own look."""

from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from gis_platform.city import City
from gis_platform.layer import Layer
from gis_platform.layer.text import Language
from gis_platform.vietnamese_numbers import format_date
from web_map.assets.shelf import Shelf
from web_map.snapshot.features import day, number
from web_map.snapshot.inline import data_uri
from web_map.style.palette import FONT, GROUND, HALO, TEXT, WEIGHTS
from web_map.style.pictures import pictures, swatch_name
from web_map.texts import catalogue

_SHEET = Path(__file__).with_name("page.css")


def card(city: City, layers: list[tuple[Layer, dict[str, Any]]], language: Language, today: date) -> str:
    """The box: what this is, that it is synthetic where it is, how old each layer is, what colours mean."""
    texts = catalogue(language)
    title = city.title_vi if language == "vi" else city.title_en
    dates = [line for layer, collection in layers if (line := _as_of(layer, collection, language))]
    cuts = [line for layer, collection in layers if (line := _cut(layer, collection, language))]
    caveat = f'<p class="synthetic">{escape(texts["snapshot.synthetic"])}</p>' if city.demo else ""
    made = escape(texts["snapshot.made"].format(date=format_date(today)))
    lines = "".join(f"<li>{escape(line)}</li>" for line in dates)
    left_out = "".join(f'<p class="synthetic">{escape(line)}</p>' for line in cuts)
    return (
        f'<main class="card"><h1>{escape(title)}</h1><p>{made}</p>{caveat}{left_out}'
        f"<details open><summary>{escape(texts['layers.legend'])}</summary>"
        f"<ul>{''.join(_legend(layer, language) for layer, _ in reversed(layers))}</ul></details>"
        f"<details><summary>{escape(texts['source.title'])}</summary><ul>{lines}</ul></details>"
        f"<p>{escape(texts['snapshot.reference'])}</p></main>"
    )


def _legend(layer: Layer, language: Language) -> str:
    drawn = pictures(layer)
    looks = [(swatch_name(layer, i), c.label) for i, c in enumerate(layer.style.classes)]
    return "".join(
        f'<li><img alt="" src="{data_uri(drawn[name].encode(), "image/svg+xml")}">'
        f"<span>{escape(label.in_language(language))}</span></li>"
        for name, label in looks or [(swatch_name(layer, None), layer.title)]
    )


def _as_of(layer: Layer, collection: dict[str, Any], language: Language) -> str | None:
    dates = [f["properties"].get("source_date") for f in collection["features"]]
    known = [text for text in dates if text]
    if not known:
        return None
    text = catalogue(language)["snapshot.as_of"]
    return text.format(layer=layer.title.in_language(language), date=day(min(known)))


def _cut(layer: Layer, collection: dict[str, Any], language: Language) -> str | None:
    shown = len(collection["features"])
    total = collection.get("numberMatched", shown)
    if total <= shown:
        return None
    text = catalogue(language)["snapshot.cut"]
    counts = {"shown": number(shown, language), "all": number(total, language)}
    return text.format(layer=layer.title.in_language(language), **counts)


def font_css(faces: dict[str, list[dict[str, Any]]], shelf: Shelf) -> str:
    """The fonts themselves, in the file."""
    return "".join(
        f'@font-face{{font-family:"{FONT}";font-weight:{WEIGHTS[name]};'
        f"src:url({data_uri(shelf.read(face['url'].rsplit('/', 1)[-1]), 'font/woff2')});"
        f"unicode-range:{','.join(face['unicode-range'])}}}"
        for name, of_name in faces.items()
        for face in of_name
    )


def page_css() -> str:
    """The look of the page around and on the map."""
    colours = f':root{{--ground:{GROUND};--paper:{HALO};--ink:{TEXT};--font:"{FONT}"}}'
    return colours + _SHEET.read_text(encoding="utf-8")
