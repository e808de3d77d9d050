"""A house by its address: today's number, an old one, or the nearest there is; each with how sure that is.

Diacritics may be left out, streets and wards be written short, wards be of any generation. What an address is
read as comes from ``layers/references/address.py``; nothing is matched by likeness of numbers.
"""

import json
from collections.abc import Sequence
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.sqlfiles import named_queries
from layers.house_register import in_bounds, own, spelt
from layers.references.address import Address, read_address, street_key
from layers.references.house_path import members_of

SQL = named_queries(__file__)

MOST = 10
#: How sure a find is by what was found, before street and ward are looked at.
_SURE = {
    "current": 1.0,
    "old_number": 0.75,
    "retired": 0.65,
    "nearest_number": 0.4,
    "street": 0.3,
    "only_street": 0.9,
}
_ANOTHER_READING = 0.9
_ANOTHER_UNIT = 0.5
_MOST_READINGS = 4
_MOST_STREETS = 5


async def geocode(work: UnitOfWork, text: str, limit: int = MOST) -> dict[str, Any]:
    """What the text names, the surest first: ``results`` and how it was ``understood``."""
    readings = [reading for reading in read_address(text) if in_bounds(reading)][:_MOST_READINGS]
    found: list[dict[str, Any]] = []
    for place, reading in enumerate(readings):
        if reading.path:
            rows = await _houses(work, reading, spelt([reading.street]), limit)
            found += _told(rows, reading, _ANOTHER_READING**place)
    if not found:
        for place, reading in enumerate(readings):
            found += await _less_sure(work, reading, limit, _ANOTHER_READING**place)
    best: dict[tuple[str, int], dict[str, Any]] = {}
    for one in sorted(found, key=lambda one: (-one["confidence"], one["kind"], one["id"])):
        best.setdefault((one["kind"], one["id"]), one)
    return {"understood": [_understood(reading) for reading in readings], "results": [*best.values()][:limit]}


async def _houses(
    work: UnitOfWork, reading: Address, streets: Sequence[str], limit: int
) -> list[dict[str, Any]]:
    rows = await work.rows(
        SQL["houses"],
        streets=list(streets),
        unit=reading.unit,
        path=json.dumps(members_of(reading.path)),
        most=limit,
        **own(reading),
    )
    return [dict(row) for row in rows]


async def _less_sure(work: UnitOfWork, reading: Address, limit: int, sure: float) -> list[dict[str, Any]]:
    """On a street that is called alike, the nearest number, or the street alone."""
    forms = spelt([reading.street])
    streets = await work.rows(SQL["streets"], streets=forms, unit=reading.unit, most=_MOST_STREETS)
    found: list[dict[str, Any]] = []
    if not streets:
        streets = await work.rows(SQL["alike"], folded=street_key(reading.street), most=_MOST_STREETS)
        if reading.path and streets:
            likeness = {street["name"]: street["alike"] for street in streets}
            rows = await _houses(work, reading, [street["folded"] for street in streets], limit)
            for name, alike in likeness.items():
                found += _told([row for row in rows if row["street"] == name], reading, sure * alike)
    if found:
        return found
    for street in streets:
        likely = sure * street["alike"] * (_ANOTHER_UNIT if street["inside"] is False else 1.0)
        if reading.path:
            near = await work.rows(SQL["near_number"], street=street["id"], **own(reading))
            found += [_house(dict(row), _SURE["nearest_number"] * likely, "not_given") for row in near]
        found.append(_street(dict(street), likely * _SURE["street" if reading.path else "only_street"]))
    return found


def _told(rows: Sequence[dict[str, Any]], reading: Address, sure: float) -> list[dict[str, Any]]:
    inside = [row for row in rows if row["inside"] is not False]
    # Of several that fit equally well none is sure.
    alike = max(1, sum(row["how"] == "current" for row in inside))
    found = []
    for row in rows:
        unit = (
            "not_given"
            if not reading.unit
            else {True: "inside", False: "outside"}.get(row["inside"], "unknown")
        )
        weight = {"inside": 1.0, "not_given": 0.97, "unknown": 0.9, "outside": _ANOTHER_UNIT}[unit]
        found.append(_house(row, _SURE[row["how"]] * sure * weight / alike**0.5, unit))
    return found


def _house(row: dict[str, Any], sure: float, unit: str) -> dict[str, Any]:
    return {
        "kind": "house",
        "id": row["id"],
        "address": row["address"] or f"{row['painted']} {row['street']}",
        "number": row["painted"],
        "street": row["street"],
        "street_id": row["street_id"],
        "match": row["how"],
        "unit_match": unit,
        "confidence": round(sure, 3),
        "state": row["state"],
        "until": row["until"],
        "parcel_id": row["parcel_id"],
        "unit_code": row["unit_code"],
        "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
    }


def _street(row: dict[str, Any], sure: float) -> dict[str, Any]:
    return {
        "kind": "street",
        "id": row["id"],
        "address": row["name"],
        "number": None,
        "street": row["name"],
        "street_id": row["id"],
        "match": "street",
        "unit_match": {True: "inside", False: "outside"}.get(row["inside"], "not_given"),
        "confidence": round(sure, 3),
        "state": None,
        "until": None,
        "parcel_id": None,
        "unit_code": None,
        "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
    }


def _understood(reading: Address) -> dict[str, str | None]:
    return {
        "number": reading.number or None,
        "street": reading.street,
        "unit": reading.unit or None,
    }
