"""Drawings know no areas: a closed line in them is the edge of one."""

import numpy as np
import pyarrow as pa
import shapely

#: GDAL's drivers of drawings.
DRAWINGS = frozenset({"DXF", "DGN"})
_LINE, _LINES = 1, 5
#: Three corners, and the first again.
_FEWEST = 4


def closed_as_areas(wkb: pa.Array) -> pa.Array:
    """The same geometries, with closed lines as polygons; lines in pieces that close together too.

    What is not closed stays a line, to be told as a fault of its row; what cannot be read stays as it is.
    """
    shapes = shapely.from_wkb(wkb.to_numpy(zero_copy_only=False), on_invalid="ignore")
    kinds = shapely.get_type_id(shapes)
    pieces = np.flatnonzero(kinds == _LINES)
    lines = shapes.copy()
    lines[pieces] = shapely.line_merge(shapes[pieces])
    closed = (shapely.get_type_id(lines) == _LINE) & shapely.is_closed(lines)
    at = np.flatnonzero(closed & (shapely.get_num_coordinates(lines) >= _FEWEST))
    if not len(at):
        return wkb
    told = wkb.to_pylist()
    corners, line = shapely.get_coordinates(lines[at], return_index=True)
    areas = shapely.polygons(shapely.linearrings(corners, indices=line))
    for position, area in zip(at, shapely.to_wkb(areas), strict=True):
        told[int(position)] = area
    return pa.array(told, pa.large_binary())
