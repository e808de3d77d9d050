"""Texts of a drawing that stand in its areas: the numbers of parcels, written on a level of their own.

Each level with texts gives a column ``text_LEVEL``. An area gets the text that stands in it, where that is
one; none or several leave it empty.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from etl.delivery.faults import refuse
from etl.delivery.intake.areas import closed_as_areas
from etl.delivery.intake.piece import Piece
from etl.delivery.recognise.charsets import charset_named

#: What tells a level apart, by GDAL's driver; the one column of a drawing that says something of an element.
LEVELS = {"DXF": "Layer", "DGN": "Level"}
TEXT = "Text"
_PREFIX = "text_"
#: A point in memory takes 150 bytes.
_MOST_TEXTS = 500_000
_POINT = 0


class Labels:
    """The texts of one drawing, by level. Raises `DeliveryRefused` where they are too many for memory."""

    def __init__(self, name: str, driver: str, pieces: Iterable[Piece], codec: str = "utf-8") -> None:
        self._level = LEVELS[driver]
        held: dict[str, tuple[list[bytes], list[NDArray[np.object_]]]] = {}
        count = 0
        for piece in pieces:
            shapes = shapely.from_wkb(np.asarray(piece.geometry.to_pylist(), object), on_invalid="ignore")
            texts = piece.columns[TEXT].cast(pa.binary()).to_pylist()
            levels = _decoded(piece.columns[self._level], codec)
            for at in np.flatnonzero(shapely.get_type_id(shapes) == _POINT):
                if texts[at] is not None and texts[at].strip():
                    words, points = held.setdefault(f"{_PREFIX}{levels[at]}", ([], []))
                    words.append(texts[at].strip())
                    points.append(shapes[at])
                    count += 1
            if count > _MOST_TEXTS:
                raise refuse(
                    name, "too_large", f"it holds more than {_MOST_TEXTS} texts: deliver it by sheet."
                )
        self._trees = {column: (words, shapely.STRtree(points)) for column, (words, points) in held.items()}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the texts give."""
        return tuple(sorted(self._trees))

    def join(self, pieces: Iterable[Piece], columns: Iterable[str]) -> Iterator[Piece]:
        """The same pieces with the texts in these columns."""
        wanted = [column for column in columns if column in self._trees]
        for piece in pieces:
            wkb = np.asarray(closed_as_areas(piece.geometry).to_pylist(), object)
            areas = shapely.from_wkb(wkb, on_invalid="ignore")
            joined = {column: self._within(areas, column) for column in wanted}
            yield replace(piece, columns=piece.columns | joined)

    def _within(self, areas: NDArray[np.object_], column: str) -> pa.Array:
        words, tree = self._trees[column]
        area, text = tree.query(areas, predicate="contains")
        told: list[bytes | None] = [None] * len(areas)
        alone = np.bincount(area, minlength=len(areas))[area] == 1
        for at, which in zip(area[alone], text[alone], strict=True):
            told[int(at)] = words[int(which)]
        # Not decoded: the encoding is found out later, as of every text.
        return pa.array(told, pa.binary()).view(pa.string())


def _decoded(levels: pa.Array, codec: str) -> list[str]:
    """Names of levels, which are bytes as the drawing has them; numbers where levels are numbers."""
    if not pa.types.is_string(levels.type):
        return [str(level) for level in levels.to_pylist()]
    raw: list[bytes | None] = levels.cast(pa.binary()).to_pylist()
    charset = charset_named(codec)
    if charset is not None:
        return [charset.decode(level or b"") for level in raw]
    return [(level or b"").decode(codec, "replace") for level in raw]
