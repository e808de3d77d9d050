"""Some rows of a file, looked at before it is read: its columns as they are, and its geometries."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from etl.delivery.source import Source, read_pieces
from gis_platform.geometry.crs import Geometries

MOST_ROWS = 2_000
_DEGREES = 360.0
_METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows of a file: ``columns`` by the file's own names, ``shapes`` in the file's coordinates.

    ``in_force`` holds values that a property has in the layer by now, most frequent first.
    """

    columns: Mapping[str, pa.Array]
    shapes: Geometries
    in_force: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many."""
        return len(self.shapes)

    def areas(self) -> NDArray[np.float64]:
        """Square metres, of degrees roughly: tells areas from other numbers. NaN where there is none."""
        areas = np.asarray(shapely.area(self.shapes), np.float64)
        bounds = shapely.bounds(self.shapes)
        if np.nanmax(np.abs(bounds), initial=0.0) <= _DEGREES:
            middle = (bounds[:, 1] + bounds[:, 3]) / 2
            areas = areas * np.cos(np.radians(middle)) * _METRES_A_DEGREE**2
        return np.where(areas > 0, areas, np.nan)


def take_sample(source: Source, where: str | None = None, most: int = MOST_ROWS) -> Sample:
    """The first rows that fulfil the condition. Raises as `read_pieces` does."""
    held: dict[str, list[pa.Array]] = {name: [] for name in source.fields}
    shapes: list[Geometries] = []
    count = 0
    for piece in read_pieces(source, list(source.fields), where):
        room = most - count
        for name in source.fields:
            held[name].append(_plain(piece.columns[name].slice(0, room)))
        wkb = piece.geometry.slice(0, room)
        with np.errstate(invalid="ignore"):  # NaN is told when the rows are read
            shapes.append(shapely.from_wkb(wkb.to_numpy(zero_copy_only=False), on_invalid="ignore"))
        count += len(wkb)
        if count >= most:
            break
    columns = {name: pa.concat_arrays(parts) for name, parts in held.items() if parts}
    return Sample(columns, np.concatenate(shapes) if shapes else np.empty(0, object))


def _plain(raw: pa.Array) -> pa.Array:
    held = raw.storage if isinstance(raw.type, pa.BaseExtensionType) else raw
    return held.dictionary_decode() if pa.types.is_dictionary(held.type) else held
