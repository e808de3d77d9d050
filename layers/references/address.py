"""House addresses as people write them: "12/5/3 Ấp Bắc, P.5", "số 73B đ. Hùng Vương", "3 hẻm 12 Lê Lợi".

A house has a path: the number of the alley's mouth, of each alley branching off, and its own. It is compared
as such, never as text: "12/5" is neither "7/12/5" nor "12/5/3". Streets that are days ("30/4") are names, so
that "15 30/4" is number 15.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from gis_platform.folding import base_letters, fold, nfc
from layers.references.unit import read_unit, split_unit

#: A number of a path and its letter: (12, ""), (73, "b"), (12, "bis").
Number = tuple[int, str]

_ONE = r"[0-9]{1,5}(?:\s?bis|[a-z](?![a-z]))?"
_PATH = rf"(?P<path>{_ONE}(?:\s*[/\u2215\u2044\uff0f]\s*{_ONE}){{0,7}})"
_BEFORE = r"\s*(?:(?:so\s*nha|nha\s*so|so|nha)(?![a-z])[\s.:]*)?"
_HOUSE = re.compile(rf"{_BEFORE}{_PATH}(?![0-9a-z/])(?:\s*[,.]\s*|\s+)(?=\S)")
_DASHED = re.compile(
    rf"{_BEFORE}(?P<path>{_ONE}(?:\s*[-–]\s*{_ONE}){{1,3}})(?![0-9a-z/])(?:\s*[,.]\s*|\s+)(?=\S)"
)
_ALLEY = re.compile(rf"\s*(?:hem|ngo|kiet|ngach|h\s*\.)\s*(?:so\s*)?{_PATH}(?![0-9a-z/])[\s,.]*")
_HOUSE_BEHIND = re.compile(rf"\s*(?:so\s*nha|nha\s*so|so|nha)[\s.:]*{_PATH}(?![0-9a-z/])[\s,.]*")
_STREET_WORD = re.compile(r"\s*(?:(?:duong|pho|street)(?![a-z])|d\s*\.|dg\s*\.)[\s.:]*(?=\S)")
_DAY = re.compile(r"[0-9]{1,2}/[0-9]{1,2}")
_DAY_IN_WORDS = re.compile(r"(?<![0-9])([0-9]{1,2})(?: thang |/)([0-9]{1,2})(?![0-9])")
_KIND = re.compile(r"^(?:duong|pho|street|d|dg) (?=\S)")
_ROADS = ((re.compile(r"^ql ?(?=[0-9])"), "quoc lo "), (re.compile(r"^dt ?(?=[0-9])"), "duong tinh "))
_END_Y = re.compile(r"(?<=[a-z])y(?![a-z])")
# A syllable that is written with either: "quy" and "qui", "my" and "mi".
_EITHER = re.compile(r"(?<![a-z])(?:qu|[hklmst])i(?![a-z])")
_MOST_SPELLINGS = 16
_PART = re.compile(r"(?P<number>[0-9]+)\s*(?P<letters>[a-z]*)")


@dataclass(frozen=True, slots=True)
class Address:
    """A reading: the path of a house (empty for a street alone), the street, and the unit ("" for none)."""

    path: tuple[Number, ...]
    street: str
    unit: str = ""

    @property
    def number(self) -> str:
        """The path as painted on a house: 12/5/3, 73B, 12bis."""
        return format_path(self.path)


def read_address(text: str) -> tuple[Address, ...]:
    """Every way to read an address, the likeliest first: houses before the street alone."""
    written = " ".join(nfc(text).split())
    found: dict[Address, None] = {}
    for place, unit in _parted(written):
        if _DAY_IN_WORDS.fullmatch(fold(place)):
            continue
        for reading in _houses(place, unit):
            found.setdefault(reading)
    for place, unit in _parted(written):
        # "3/2, P.1" and "30/4" name a street; so does what has no number before it.
        if not any(reading.unit == unit for reading in found) or _DAY.fullmatch(fold(place)):
            street = _street(place)
            if fold(street):
                found.setdefault(Address((), street, unit))
    return tuple(found)


def street_key(name: str) -> str:
    """What ways to write a street have in common: no kind or diacritics, days by figures, i for y at ends."""
    plain = _DAY_IN_WORDS.sub(lambda day: f"{int(day[1])}/{int(day[2])}", fold(name))
    for short, words in _ROADS:
        plain = short.sub(words, plain)
    return _END_Y.sub("i", _KIND.sub("", plain))


def street_spellings(name: str) -> tuple[str, ...]:
    """The folded forms, without their kind, under which a street may stand in an index."""
    key = street_key(name)
    ends = [(m.end() - 1, "iy") for m in _EITHER.finditer(key)]
    forms = [_KIND.sub("", fold(name)), key, _DAY_IN_WORDS.sub(r"\1 thang \2", key)]
    for letters in islice(product(*(both for _, both in ends)), 1, _MOST_SPELLINGS):
        spelt = list(key)
        for (at, _), letter in zip(ends, letters, strict=True):
            spelt[at] = letter
        forms.append("".join(spelt))
    return tuple(dict.fromkeys(forms))


def read_path(text: str) -> tuple[Number, ...]:
    """The path of "12/5/3", "73B" or "12 bis".

    Raises:
        ValueError: it is none.
    """
    parts = [
        _PART.fullmatch(part.strip()) for part in re.split(r"[/\u2215\u2044\uff0f–-]", base_letters(text))
    ]
    if not all(parts):
        raise ValueError(text)
    return tuple((int(part["number"]), part["letters"]) for part in parts if part is not None)


def format_path(path: tuple[Number, ...]) -> str:
    """The path as painted on a house."""
    return "/".join(f"{n}{letters if letters == 'bis' else letters.upper()}" for n, letters in path)


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """The place and the unit around it; where a number has its own comma ("12, Lê Lợi") the whole too."""
    split = split_unit(text)
    if split is not None and fold(split[0]):
        place, unit = split
        bare_number = _HOUSE.match(base_letters(f"{place} x"))
        if bare_number is None or bare_number.end() < len(place) or _DAY.fullmatch(fold(place)):
            yield place, unit
        if bare_number is not None and read_unit(unit) is None:
            yield from _behind_its_number(text)
        elif bare_number is None or read_unit(unit) is None:
            yield text, ""
        return
    yield text, ""


def _behind_its_number(text: str) -> Iterator[tuple[str, str]]:
    """ "12, Lê Lợi, P.5": the first comma belongs to the number."""
    number, _, rest = text.partition(",")
    split = split_unit(rest)
    if split is not None:
        yield f"{number} {split[0]}", split[1]
    else:
        yield f"{number} {rest.strip()}", ""


def _houses(place: str, unit: str) -> Iterator[Address]:
    plain = base_letters(place)
    for form in (_HOUSE, _DASHED):
        found = form.match(plain)
        if found is not None:
            yield from _on_street(read_path(found["path"]), place[found.end() :], unit)
    alley = _ALLEY.match(plain)
    behind = _HOUSE_BEHIND.match(plain[alley.end() :]) if alley is not None else None
    if alley is not None and behind is not None:
        street = _street(place[alley.end() + behind.end() :])
        if fold(street):
            yield Address((*read_path(alley["path"]), *read_path(behind["path"])), street, unit)


def _on_street(path: tuple[Number, ...], rest: str, unit: str) -> Iterator[Address]:
    """What follows the number of a house: a street, or an alley and its street."""
    alley = _ALLEY.match(base_letters(rest))
    if alley is not None and fold(street := _street(rest[alley.end() :])):
        yield Address((*read_path(alley["path"]), *path), street, unit)
        return
    street = _street(rest)
    if fold(street):
        yield Address(path, street, unit)


def _street(text: str) -> str:
    found = _STREET_WORD.match(base_letters(text))
    return (text if found is None else text[found.end() :]).strip(" ,;.")
