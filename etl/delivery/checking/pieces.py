"""The rows of one cell with whatever lies beside them, staged or in force, as shapely geometries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from psycopg import sql

from etl.delivery.checking.cells import Cell, cells
from etl.delivery.checking.subject import Subject
from etl.delivery.composing import compose, names, table_of
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Where fewer of the rows are fresh, the others are fetched only beside these.
_FEW = 0.3
Shapes = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows that lie in or reach into a cell.

    Attributes:
        rows: row number of each, 0 for those in force. ids: the feature's, 0 for those staged.
        fresh: geometry that is not in force yet. group: which of them may not share ground.
        points: every vertex, ring after ring or line after line. line: the ring of each. owner: whose it is.
    """

    cell: Cell
    rows: NDArray[np.int64]
    ids: NDArray[np.int64]
    fresh: NDArray[np.bool_]
    group: NDArray[np.int64]
    shapes: Shapes
    boxes: NDArray[np.float64]
    points: NDArray[np.float64]
    line: NDArray[np.int64]
    owner: NDArray[np.int64]

    def own(self, boxes: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of these boxes have their south-west corner in the cell: each is some cell's own, once."""
        west, south, east, north = self.cell
        inside: NDArray[np.bool_] = (
            (boxes[:, 0] >= west) & (boxes[:, 0] < east) & (boxes[:, 1] >= south) & (boxes[:, 1] < north)
        )
        return inside


def pieces(subject: Subject) -> Iterator[Piece]:
    """Piece by piece, all that is fresh with all that lies beside it; memory is that of one piece."""
    coverage = subject.layer.checks.coverage
    within = [] if coverage is None else [name for name in coverage.within if name in subject.properties]
    told = {"fresh": subject.fresh_table(), "groups": _groups(within), "table": table_of(subject.layer)}
    few = subject.fresh != "staged" and subject.fresh_rows < _FEW * subject.rows
    queries = [
        compose(SQL["fresh_in_cell" if subject.fresh == "staged" else "beside" if few else "in_cell"], **told)
    ]
    if coverage is not None and subject.in_force:
        alike = [name for name in subject.layer.scope if name in subject.properties] or subject.key
        if alike:
            subject.connection.execute(compose(SQL["make_delivered_parts"], alike=names(alike)))
            others = compose(SQL["others_in_force"], alike=names(alike, "s"), **told)
            queries.append(others)
    for cell in cells(subject):
        yield _piece(subject, cell, queries)


def _piece(subject: Subject, cell: Cell, queries: list[sql.Composed]) -> Piece:
    reach = max(subject.tolerance, 1.0)
    sides = dict(zip(("west", "south", "east", "north"), cell, strict=True))
    parameters = sides | {"srid": subject.srid, "reach": reach}
    held: list[tuple[Any, ...]] = []
    with subject.connection.cursor(binary=True) as cursor:
        for query in queries:
            held += cursor.execute(query, parameters).fetchall()
    shapes = shapely.from_wkb(np.array([row[4] for row in held], dtype=object))
    lines, owner = _lines(shapes, subject.layer.geometry.dimension)
    points, line = shapely.get_coordinates(lines, return_index=True)
    groups = {name: number for number, name in enumerate(dict.fromkeys(row[3] for row in held))}
    return Piece(
        cell=cell,
        rows=np.array([row[0] for row in held], np.int64),
        ids=np.array([row[1] for row in held], np.int64),
        fresh=np.array([row[2] for row in held], bool),
        group=np.array([groups[row[3]] for row in held], np.int64),
        shapes=np.asarray(shapes, dtype=object),
        boxes=shapely.bounds(shapes).reshape(-1, 4),
        points=points,
        line=line,
        owner=owner,
    )


def _lines(shapes: Shapes, dimension: int) -> tuple[Shapes, NDArray[np.int64]]:
    """The rings of areas, all turned one way, or the lines; and whose each is."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    if dimension != 2:
        return parts, owner
    rings, part = shapely.get_rings(shapely.orient_polygons(parts), return_index=True)
    return rings, owner[part]


def _groups(within: list[str]) -> sql.Composable:
    return sql.SQL("CAST(ROW({}) AS text)").format(names(within, "s")) if within else sql.SQL("''")
