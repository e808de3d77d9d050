"""Streets and alleys as people write them: "đ. Hùng Vương", "12/5 Ấp Bắc", "hẻm 12 ấp bắc", "30/4", "QL1"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gis_platform.folding import base_letters, fold, nfc
from layers.references.unit import split_unit

_STREET = re.compile(r"\s*(?:(?:duong|pho|street)(?![a-z])|d\s*\.|dg\s*\.)[\s.:]*(?=\S)")
# Roads whose letters stand for words; the words themselves are part of the name.
_ROADS = (
    (re.compile(r"\s*ql[\s.]*(?=[0-9])"), "Quốc lộ "),
    (re.compile(r"\s*dt[\s.]*(?=[0-9])"), "Đường tỉnh "),
    (re.compile(r"\s*dh[\s.]*(?=[0-9])"), "Đường huyện "),
)
_ALLEY = re.compile(
    r"\s*(?:hem|ngo|kiet|h\s*\.)\s*(?:so\s*)?(?P<number>[0-9]+[a-z]?(?:/[0-9]+[a-z]?)*)(?![0-9a-z/])[\s,.]*"
)
_HOUSE = re.compile(r"\s*(?:so\s*)?[0-9]+[a-z]?(?:\s*bis)?(?:/[0-9]+[a-z]?)*[\s,]+(?=\S)")
# 30/4 and 3/2 are days and names of streets, written either way.
_DAY = re.compile(r"(?<![0-9/])(?P<day>[0-9]{1,2})\s*/\s*(?P<month>[0-9]{1,2})(?![0-9/])")
_DAY_IN_WORDS = re.compile(r"(?<![0-9/])(?P<day>[0-9]{1,2})\s+thang\s+(?P<month>[0-9]{1,2})(?![0-9/])")

_SURE, _NEAR = 1.0, 0.7


@dataclass(frozen=True, slots=True)
class StreetReading:
    """A street as named, the unit it is said to lie in ("" for none), and how sure the reading is, 0..1."""

    name: str
    unit: str
    weight: float


def read_street(text: str) -> tuple[StreetReading, ...]:
    """Every way to read the text as a street, the likeliest first; never the text just as it stands."""
    split = split_unit(text)
    whole = [(nfc(text).strip(), "")]
    readings: dict[tuple[str, str], StreetReading] = {}
    for named, unit in [split, *whole] if split else whole:
        for name, weight in _names(named):
            if fold(name) and (fold(name), unit) != (fold(text), ""):
                readings.setdefault((fold(name), unit), StreetReading(name, unit, weight))
    return tuple(readings.values())


def _names(text: str) -> Iterator[tuple[str, float]]:
    for name, weight in _forms(text):
        yield name, weight
        plain = base_letters(name)
        if (day := _DAY.search(plain)) is not None:
            yield _with(name, day, f"{day['day']} Tháng {day['month']}"), weight
        elif (day := _DAY_IN_WORDS.search(plain)) is not None:
            yield _with(name, day, f"{day['day']}/{day['month']}"), weight


def _forms(text: str) -> Iterator[tuple[str, float]]:
    """The name in full; then, less sure, the street a house or an alley belongs to."""
    yield text, _SURE
    bare = _without(_STREET, text)
    for road, words in _ROADS:
        if (found := road.match(base_letters(text))) is not None:
            yield _with(text, found, words), _SURE
    if bare != text:
        yield bare, _SURE
    alley = _ALLEY.match(base_letters(text))
    if alley is not None:
        street = _without(_STREET, text[alley.end() :]).strip()
        number = text[slice(*alley.span("number"))]
        if street:
            yield f"Hẻm {number} {street}", _SURE
            yield f"Hẻm {number} đường {street}", _SURE
            yield street, _NEAR
    house = _HOUSE.match(base_letters(bare))
    if house is not None:
        yield _without(_STREET, bare[house.end() :]), _NEAR


def _without(prefix: re.Pattern[str], text: str) -> str:
    found = prefix.match(base_letters(text))
    return text if found is None else text[found.end() :]


def _with(text: str, found: re.Match[str], words: str) -> str:
    return text[: found.start()] + words + text[found.end() :]
