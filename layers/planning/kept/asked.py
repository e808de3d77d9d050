"""What was asked, as it is kept with an answer: as it was understood, without what else people write."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from gis_platform.folding import nfc
from layers.planning.asking.question import Found
from layers.references.corner_table import format_corner_table, read_corner_table
from layers.references.identifier import parcel_identifier


def asked_as_kept(given: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """The members of a question that was answered, None left out.

    Answers are kept for years and shown to anybody: names and telephone numbers that were typed along are no
    part of one. What this does not know how to keep is not kept.
    """
    kept = {
        name: KEEPERS[name](value, found)
        for name, value in given.items()
        if value is not None and name in KEEPERS
    }
    return {name: value for name, value in kept.items() if value is not None}


def _part(part: Mapping[str, Any], found: Found, unit: str | None) -> dict[str, Any]:
    return asked_as_kept(part, replace(found, unit=unit))


def _corners(table: str) -> str:
    corners = read_corner_table(table)
    return format_corner_table([replace(c, label=str(i)) for i, c in enumerate(corners, start=1)])


def _drawing(area: Mapping[str, Any]) -> dict[str, Any]:
    shape = area["geometry"] if area.get("type") == "Feature" else area
    return {"type": shape["type"], "coordinates": _flat(shape["coordinates"])}


def _flat(positions: list[Any]) -> list[Any]:
    """Longitude and latitude alone: a height is a number of which nobody knows what it is."""
    if isinstance(positions[0], list):
        return [_flat(one) for one in positions]
    return positions[:2]


def _typed(value: Any, _: Found) -> Any:
    """What can be nothing but what it is: a number, a day, a code."""
    return value.strip() if isinstance(value, str) else value


KEEPERS: Mapping[str, Callable[[Any, Found], Any]] = {
    "point": _typed,
    # Both are the numbers of a parcel, or the question would not have been answered.
    "sheet": lambda value, _: nfc(value).strip(),
    "parcel": lambda value, _: nfc(value).strip(),
    "unit": lambda _, found: found.unit,
    "issued": _typed,
    "identifier": lambda value, _: parcel_identifier(nfc(value)),
    "address": lambda _, found: found.understood,
    "id": _typed,
    "area": lambda value, _: _drawing(value),
    "corners": lambda value, _: _corners(value),
    "crs": _typed,
    "parcels": lambda value, found: [
        _part(part, found, unit) for part, unit in zip(value, found.units, strict=True)
    ],
}
"""How each member of a question is kept."""
