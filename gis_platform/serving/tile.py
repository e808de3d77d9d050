"""Mapbox vector tiles in WebMercatorQuad (OGC 17-083r4), made by PostgreSQL."""

import struct
from functools import lru_cache

from psycopg import sql

from gis_platform.access.roles import Role
from gis_platform.database.statement import Statement
from gis_platform.layer.declaration import Layer
from gis_platform.serving.rows import column, rows_of, template
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

EXTENT = 4096
WORLD_M = 40_075_016.685578488

# A line is drawn as wide as its street is: half of a wide one must not be cut at a tile's edge. An area is
# named by the tile its middle lies in: half the depth of a lot must be seen from both sides of the edge.
_REACH_M = {0: 0, 1: 24, 2: 12}
_LEAST_BUFFER, _MOST_BUFFER = 64, 512
# Half a pixel is a metre there: no area is smaller.
_NOTHING_SMALL_FROM = 15
# Rounding moves a place by 0.71 steps at most. The working grid and web mercator, each straight in its own
# way, part by less than half a step within a tile of these zooms, up to 60 degrees of latitude.
_FINE_FROM, _FINE_STEPS = 15, 2.5
_COLUMNS = (bytes,)
# EWKB of a polygon of one ring of five places in web mercator, after its head.
_RING_HEAD = struct.pack("<BIIII", 1, 0x20000003, 3857, 1, 5)
_RING = struct.Struct("<10d")


@lru_cache(maxsize=1024)
def buffer_units(layer: Layer, zoom: int) -> int:
    """How far a tile reaches over its edge, in steps of its grid."""
    metre = EXTENT * float(2**zoom) / WORLD_M
    return round(min(_MOST_BUFFER, max(_LEAST_BUFFER, _REACH_M[layer.geometry.dimension] * metre)))


@lru_cache(maxsize=1024)
def tile_statement(layer: Layer, role: Role, zoom: int, *, at: bool) -> Statement:
    """One tile; an empty byte string where nothing lies.

    Parameters: those of ``tile_parameters``; ``as_of`` and ``known_at`` where ``at``: a time gone by has no
    coarse picture and is drawn from its features at every zoom.
    """
    level = layer.coarse.level(zoom) if layer.coarse and not at else None
    if level is not None:
        coarse = template(SQL, "coarse_tile").format(
            name=sql.Literal(layer.name),
            level=sql.Literal(level),
            across=sql.Literal(2 ** (level - zoom)),
            buffer=sql.Literal(_LEAST_BUFFER),
        )
        return Statement(coarse.as_bytes(None), _COLUMNS)
    shown = [p.name for p in layer.properties_for(role) if p.in_tile]
    small: sql.Composable = sql.SQL("")
    if layer.geometry.dimension == 2 and zoom < _NOTHING_SMALL_FROM:
        # Half a pixel square is nothing to see; what is dropped is what would be a dot.
        small = template(SQL, "large_enough").format(least=sql.Literal(WORLD_M / 2**zoom / 1024))
    features = template(SQL, "tile").format(
        name=sql.Literal(layer.name),
        attributes=sql.SQL("").join(sql.SQL("{}, ").format(column(name)) for name in shown),
        rows=rows_of(layer, role, at=at),
        drop_small=small,
        drawn=_drawn(layer, zoom, at=at),
    )
    return Statement(features.as_bytes(None), _COLUMNS)


def _drawn(layer: Layer, zoom: int, *, at: bool) -> sql.Composable:
    """The geometry of a feature in the tile's grid."""
    drawn = template(SQL, "drawn").format(buffer=sql.Literal(buffer_units(layer, zoom)))
    if layer.geometry.dimension < 2 or zoom < _FINE_FROM or at:
        return drawn
    steps = EXTENT * 2**zoom / WORLD_M
    return template(SQL, "drawn_fine").format(
        drawn=drawn, steps=sql.Literal(steps), least=sql.Literal(_FINE_STEPS / steps)
    )


def tile_parameters(layer: Layer, z: int, x: int, y: int) -> dict[str, object]:
    """The values of a tile's place: its edge and the ground it shows, in web mercator metres, its column and
    its row counted from the south.
    """
    size = WORLD_M / 2**z
    west, north = x * size - WORLD_M / 2, WORLD_M / 2 - y * size
    reach = buffer_units(layer, z) / EXTENT * size
    left, right, top, bottom = west - reach, west + size + reach, north + reach, north - size - reach
    ring = _RING.pack(left, bottom, right, bottom, right, top, left, top, left, bottom)
    return {
        "west": west,
        "north": north,
        "x": x,
        "south": 2**z - 1 - y,
        "edge": f"BOX({west!r} {north - size!r},{west + size!r} {north!r})",
        "around": (_RING_HEAD + ring).hex(),
    }
