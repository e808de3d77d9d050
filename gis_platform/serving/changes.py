"""Where a layer changed, as its database tells it, and which tiles that touches."""

from collections.abc import Iterable
from typing import NamedTuple

from gis_platform.layer.registry import installed_layers
from gis_platform.serving.tile import EXTENT, WORLD_M, buffer_units

CHANNEL = "layer_changed"


class Box(NamedTuple):
    """A box in web mercator metres."""

    west: float
    south: float
    east: float
    north: float


def read_change(payload: str) -> tuple[str, list[Box] | None]:
    """A layer's name and where it changed; None is everywhere.

    The form is that of ``core.tell_change``: a name, a blank, boxes of four whole numbers or ``*``.
    """
    layer, _, places = payload.partition(" ")
    if places == "*":
        return layer, None
    return layer, [Box(*map(float, box.split(","))) for box in places.split(";")]


def tiles_touched(
    layer: str, zoom: int, boxes: Iterable[Box], keys: set[tuple[str, int, int, int]]
) -> set[tuple[str, int, int, int]]:
    """Those of ``keys``, tiles of a layer at one zoom, that show anything of the boxes."""
    size = WORLD_M / 2**zoom
    reach = _reach(layer, zoom, size)
    touched = set()
    for box in boxes:
        west, east = _column(box.west - reach, size), _column(box.east + reach, size)
        north, south = _row(box.north + reach, size), _row(box.south - reach, size)
        if (east - west + 1) * (south - north + 1) <= len(keys):
            around = {(layer, zoom, x, y) for x in range(west, east + 1) for y in range(north, south + 1)}
            touched |= around & keys
        else:
            touched |= {key for key in keys if west <= key[2] <= east and north <= key[3] <= south}
    return touched


def _reach(name: str, zoom: int, size: float) -> float:
    """Metres by which a tile shows more than its own ground."""
    layer = installed_layers().get(name)
    if layer is None:
        return size
    level = layer.coarse.level(zoom) if layer.coarse else None
    # A feature that changes may change the whole of its cell, and cells reach over their edges.
    whole_cells = 2 * WORLD_M / 2**level if level is not None else 0.0
    return buffer_units(layer, zoom) / EXTENT * size + whole_cells


def _column(metres: float, size: float) -> int:
    return int((metres + WORLD_M / 2) // size)


def _row(metres: float, size: float) -> int:
    return int((WORLD_M / 2 - metres) // size)
