"""Functions, kinds and figures as people write them in layers, columns and labels of a draft."""

import re
from functools import cache
from typing import Final

from gis_platform.folding import base_letters, fold, nfc
from layers.planning.building.functions import Group, planned_group
from layers.references.land_uses import land_use_names
from layers.zoning import LAYER as ZONING

_CAPITALS = re.compile(r"[A-ZĐ]+")
_CORRIDOR: Final = "HL"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
#: Of what stands under a label; in plain small letters.
_LABELLED = {
    "max_density_pct": re.compile(r"\b(?:mdxd|mat do(?: xay dung)?|md)\b\D{0,24}?(\d+(?:[.,]\d+)?)"),
    "floors_max": re.compile(r"\b(?:tang cao|so tang|tc)\b\D{0,24}?(?:\d+\s*-\s*)?(\d+)"),
    "far_max": re.compile(r"\b(?:hssdd|he so(?: su dung dat| sdd)?|far)\b\D{0,24}?(\d+(?:[.,]\d+)?)"),
    "height_max_m": re.compile(r"\b(?:chieu cao)\b\D{0,24}?(?:\d+\s*-\s*)?(\d+(?:[.,]\d+)?)"),
}
#: Figures beyond these are no such figures: a number of a plot, a year.
_MOST = {
    "max_density_pct": 100.0,
    "floors_max": 200,
    "floors_min": 200,
    "height_max_m": 1000.0,
    "far_max": 50.0,
}
_WHOLE = frozenset({"floors_min", "floors_max"})
_ROAD = ("lo gioi", "chi gioi duong do", "duong quy hoach", "duong giao thong", "giao thong", "road")
_CORRIDORS = ("hanh lang", "bao ve", "corridor")
_THEMES = {
    "heritage": ("di tich", "heritage"),
    "power_corridor": ("dien", "cao the", "power"),
    "waterway_corridor": ("song", "kenh", "rach", "thuy", "water"),
}


def is_known(code: str | None) -> bool:
    """Whether the platform knows what a function of this code is."""
    return code == _CORRIDOR or planned_group(code) is not None


def code_in(text: str | None) -> str | None:
    """The first known code that stands in a text by itself, in capitals: ``QH_ODT-01`` has ODT."""
    return next((word for word in _CAPITALS.findall(nfc(text or "")) if is_known(word)), None)


def code_named(text: str | None) -> str | None:
    """The code of a function whose name stands in a text; the longest name where there are several."""
    told = f" {fold(text or '')} "
    found = [(len(name), code) for name, code in _names() if f" {name} " in told]
    return max(found)[1] if found else None


def function_name(code: str | None) -> str | None:
    """How a function of this code is called; None where that is not known."""
    name = land_use_names().get(code or "")
    return None if name is None else f"{name.vi[:1].upper()}{name.vi[1:]}"


def kind_of(code: str | None, *texts: str | None) -> str:
    """What kind of zone it is, by its code and what is written of it: a key of ``KINDS``."""
    told = f" {' '.join(fold(text) for text in texts if text)} "
    if code == _CORRIDOR or (code is None and any(f" {word}" in told for word in _CORRIDORS)):
        for theme, words in _THEMES.items():
            if any(f" {word}" in told for word in words):
                return theme
        return "corridor"
    if planned_group(code) is Group.ROADS or (code is None and any(f" {word}" in told for word in _ROAD)):
        return "road"
    return "zone"


def figure(name: str, text: str) -> float | None:
    """A figure as a column holds it, ``60 %``, ``2-5 tầng`` or ``0,85``: the most of a range.

    None where it is no number, or none that such a figure can be.
    """
    numbers = [float(number.replace(",", ".")) for number in _NUMBER.findall(text)]
    if not numbers or not _is_figure(name, max(numbers)):
        return None
    return max(numbers) if name != "floors_min" else min(numbers)


def figures_in(text: str) -> dict[str, float]:
    """Figures under their labels in a text of a drawing: ``MĐXD: 60 %  Tầng cao: 5``."""
    told = base_letters(text)
    found = {name: pattern.search(told) for name, pattern in _LABELLED.items()}
    read = {name: float(match[1].replace(",", ".")) for name, match in found.items() if match}
    return {name: value for name, value in read.items() if _is_figure(name, value)}


def _is_figure(name: str, value: float) -> bool:
    return 0 <= value <= _MOST[name] and not (name in _WHOLE and value != int(value))


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Folded names of planned functions, of those the map's legend has too."""
    told = {fold(name.vi): code for code, name in land_use_names().items() if is_known(code)}
    for each in ZONING.style.classes:
        if len(each.values) == 1:
            told.setdefault(fold(each.label.vi), str(each.values[0]))
    return tuple((name.removeprefix("dat "), code) for name, code in told.items())
