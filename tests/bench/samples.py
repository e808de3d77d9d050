"""Questions drawn from the city itself, the same ones in every run over it."""

from dataclasses import dataclass
from typing import Any

import psycopg

from gis_platform.sqlfiles import named_queries
from tests.bench.questions import Box, Here, Item, Page, Question, Tile
from tests.support.mercator import tile_at

SQL = named_queries(__file__)

LOW_ZOOMS = range(10, 15)
# Degrees: some 170 m, which holds one to three hundred parcels of a town.
_BOX = 0.0016


@dataclass(frozen=True, slots=True)
class Samples:
    """Lists of questions, shuffled."""

    near: list[Question]
    middle: list[Question]
    low: list[Question]
    pages: list[Question]
    boxes: list[Question]
    items: list[Question]
    here: list[Question]


def draw(connection: psycopg.Connection[Any], wanted: int = 600) -> Samples:
    """Questions about parcels drawn at random."""
    places = _rows(connection, "places", wanted)
    starts = _rows(connection, "page_starts", wanted)
    west, south, east, north = _rows(connection, "extent")[0]
    return Samples(
        near=_distinct(Tile(*tile_at(lon, lat, 18)) for _, lon, lat in places),
        middle=_distinct(Tile(*tile_at(lon, lat, 16)) for _, lon, lat in places),
        low=_whole_city(west, south, east, north),
        pages=[Page(offset, after) for offset, after in starts],
        boxes=[Box(lon - _BOX / 2, lat - _BOX / 2, lon + _BOX / 2, lat + _BOX / 2) for _, lon, lat in places],
        items=[Item(id) for id, _, _ in places],
        here=[Here(lon, lat) for _, lon, lat in places],
    )


def _whole_city(west: float, south: float, east: float, north: float) -> list[Question]:
    """Every tile of the low zooms that the parcels reach into, zoom by zoom."""
    tiles: list[Question] = []
    for z in LOW_ZOOMS:
        _, left, top = tile_at(west, north, z)
        _, right, bottom = tile_at(east, south, z)
        tiles += [Tile(z, x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]
    return tiles


def _distinct(questions: Any) -> list[Question]:
    return list(dict.fromkeys(questions))


def _rows(connection: psycopg.Connection[Any], name: str, wanted: int = 0) -> list[Any]:
    return connection.execute(SQL[name].text.encode(), {"wanted": wanted} if wanted else None).fetchall()
