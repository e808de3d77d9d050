"""One cell made: its layout, and the lots left after boulevards and creeks have taken their part."""

from __future__ import annotations

import numpy as np

from etl.demo import hamlet, quarter, roles
from etl.demo.blocks import Layout
from etl.demo.carve import carve
from etl.demo.city import Cell, City
from etl.demo.grid import RIVER_ROWS
from etl.demo.lots import Lots, cut_lots
from etl.demo.measure import areas, chosen
from etl.demo.patch import scale_of
from etl.demo.randomness import generator

HOUSE_M2 = (60.0, 400.0)
"""House lots outside this range are not made."""

_FABRICS = {"old": quarter.OLD, "urban": quarter.URBAN, "planned": quarter.PLANNED, "edge": quarter.EDGE}


def lay_out(city: City, cell: Cell) -> Layout:
    """Blocks and lanes of a cell; the same for the streets and the parcels."""
    patch = city.patch(cell)
    layout = Layout(patch, scale_of(patch))
    rng = generator(city.seed, 1, cell.column + city.grid.first_u, cell.row)
    if cell.kind == "island":
        hamlet.lay_island(layout, rng)
    elif cell.kind == "hamlet":
        u, v = (float(x) for x in city.centres[cell.column, cell.row])
        roads = tuple(roles.street_name(family, line, u, v).rural for family, line in city.lines_around(cell))
        hamlet.lay_hamlet(layout, rng, city.margins(cell), roads)
    else:
        quarter.lay_quarter(layout, rng, _FABRICS[cell.fabric], city.margins(cell))
        if cell.row == RIVER_ROWS:
            quarter.lay_promenade(layout, city.margins(cell))
    return layout


def make_lots(city: City, cell: Cell, layout: Layout) -> Lots:
    """The lots of a cell, in EPSG:9210."""
    rng = generator(city.seed, 2, cell.column + city.grid.first_u, cell.row)
    lots = cut_lots(layout, rng)
    if len(lots) == 0:
        return lots
    cut = city.carver.near(layout.patch.outline())
    if cut is not None:
        public = np.array([block.rows == 0 for block in layout.blocks])
        lots = carve(lots, public[lots.block], cut)
    house = np.array([block.use == "house" for block in layout.blocks])[lots.block]
    area = areas(lots)
    keep = ~house | ((area >= HOUSE_M2[0]) & (area <= HOUSE_M2[1]))
    return lots if keep.all() else chosen(lots, np.flatnonzero(keep))
