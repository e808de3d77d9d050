"""What somebody may be typing: streets that begin so, and houses whose numbers do."""

import re
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.folding import base_letters, fold
from gis_platform.sqlfiles import named_queries
from layers.references.address import Number, read_path, street_spellings
from layers.references.house_path import LARGEST

SQL = named_queries(__file__)

_TYPED = re.compile(
    r"\s*(?:(?:so\s*nha|nha\s*so|so|nha)(?![a-z])[\s.:]*)?"
    r"(?P<path>[0-9]{1,5}(?:bis|[a-z](?![a-z]))?(?:\s*/\s*[0-9]{1,5}(?:bis|[a-z](?![a-z]))?){0,7})(?:[\s,]+|$)"
)
_KIND = re.compile(r"\s*(?:(?:duong|pho)(?![a-z])|d\s*\.|dg\s*\.)[\s.:]*")
_MOST_STREETS = 6


async def suggest(work: UnitOfWork, text: str, limit: int) -> list[dict[str, Any]]:
    """Houses and streets that begin as typed; nothing for a number alone, which every street has."""
    plain = base_letters(text)
    typed = _TYPED.match(plain)
    rest = plain[typed.end() :] if typed is not None else plain
    rest = rest[found.end() :] if (found := _KIND.match(rest)) is not None else rest
    name, _, _ = rest.partition(",")
    found_houses: list[dict[str, Any]] = []
    if typed is not None and fold(name):
        streets = await _streets(work, name, _MOST_STREETS, alleys=False)
        path = read_path(typed["path"])
        if streets and all(0 < number <= LARGEST for number, _ in path):
            low, high = key_range(path)
            found_houses = [
                _suggestion("house", dict(row))
                for row in await work.rows(
                    SQL["houses"], streets=[row["id"] for row in streets], low=low, high=high, most=limit
                )
            ]
    # "30 Tháng 4" is a street and no number.
    whole = await _streets(work, plain, limit, alleys=True) if fold(plain) else []
    named = [_suggestion("street", row) for row in whole]
    return (found_houses + named)[:limit]


def key_range(path: tuple[Number, ...]) -> tuple[list[int], list[int]]:
    """The least key that begins with the path, and the first one behind them all. Whoever types 12 may go on
    with a letter or an alley; whoever typed 12A means that one.
    """
    low = [part for number in path for part in (number[0], rank(number[1]))]
    if path[-1][1]:
        return low, [*low[:-1], low[-1] + 1]
    return low[:-1], [*low[:-2], low[-2] + 1]


def rank(suffix: str) -> int:
    """The place of a suffix among all, as ``numbering.suffix_rank`` tells it."""
    places = [ord(letter) - 96 for letter in suffix] + [0, 0, 0]
    return places[0] * 729 + places[1] * 27 + places[2]


async def _streets(work: UnitOfWork, name: str, most: int, *, alleys: bool) -> list[dict[str, Any]]:
    forms = [f"{kind}{form}" for form in street_spellings(name) for kind in ("", "duong ") if form]
    rows = await work.rows(SQL["streets"], beginnings=forms, most=most, alleys=alleys)
    return [{**row, "address": row["name"]} for row in rows]


def _suggestion(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": row["id"],
        "text": row["address"],
        "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
    }
