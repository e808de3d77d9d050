"""The way in: a city of a seed and a number of parcels."""

from __future__ import annotations

from dataclasses import replace

from etl.demo.city import City
from etl.demo.ground import lay_out, make_lots
from etl.demo.plan import LEAST_STREET_CELLS, plan_city

DEFAULT_SEED = 63
DEFAULT_PARCELS = 20_000

_COUNTED_UP_TO = 60_000
"""Above this many parcels the planned number of built-up cells is near enough."""


def make_city(seed: int = DEFAULT_SEED, parcels: int = DEFAULT_PARCELS) -> City:
    """Plan a city of `parcels` parcels: deterministic, no files, no database.

    Raises:
        ValueError: fewer than one parcel.
    """
    if parcels < 1:
        raise ValueError(f"a city has at least one parcel, not {parcels}")
    city = plan_city(seed, parcels)
    return _settled(city) if parcels <= _COUNTED_UP_TO else city


def _settled(city: City) -> City:
    """Built-up exactly where parcels come to lie, so that no street leads through empty ground."""
    built, made, quarters = city.built & False, 0, 0
    for cell in city.cells:
        if made >= city.parcels and quarters >= LEAST_STREET_CELLS:
            break
        if cell.kind == "quarter":
            built[cell.column, cell.row] = True
            quarters += 1
        if made < city.parcels:
            made += len(make_lots(city, cell, lay_out(city, cell)))
    return replace(city, built=built)
