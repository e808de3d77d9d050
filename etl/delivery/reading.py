"""From the rows of a file to batches that can be staged: every property taken in, every geometry checked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from etl.delivery.faults import Faults, Rows, refuse
from etl.delivery.forms import form_of
from etl.delivery.mapping import Assignment
from etl.delivery.shapes import Shapes
from etl.delivery.source import Piece, Source, read_pieces
from etl.delivery.values import Values, decimal_point, wanted
from gis_platform.errors import BadParameter
from gis_platform.layer import Geometry, Layer

ROW, FID, GEOMETRY = "row_no", "fid", "geom"


@dataclass(frozen=True, slots=True)
class Reader:
    """One file, ready to be read into one layer."""

    source: Source
    layer: Layer
    assignment: Assignment
    where: str | None
    values: Values
    shapes: Shapes
    faults: Faults

    @property
    def properties(self) -> list[str]:
        """The delivered properties, in the layer's order."""
        return [p.name for p in self.layer.properties if p.name in self.assignment.delivered]

    @property
    def columns(self) -> list[str]:
        """The columns of the batches."""
        return [ROW, FID, *self.properties, GEOMETRY]

    def batches(self, on_rows: Callable[[int], None]) -> Iterator[pa.RecordBatch]:
        """The rows, while none is at fault; after a fault the rest is only checked, until enough are found.

        Raises:
            DeliveryRefused: rows are at fault, or there are none.
        """
        read = 0
        constants = self._constants()
        columns = list(self.assignment.columns.values())
        areas = self.layer.geometry is Geometry.MULTIPOLYGON
        for piece in read_pieces(self.source, columns, self.where, areas=areas):
            batch = self._take(piece, read + 1, constants)
            read += len(piece.fids)
            on_rows(read)
            if self.faults.full:
                break
            if not self.faults:
                yield batch
        self.faults.refuse_if_any()
        if read == 0:
            which = f"no row fulfils {self.where!r}" if self.where else "it has no rows"
            told_vi = "Không dòng nào đạt điều kiện chọn." if self.where else "Tệp không có dòng nào."
            told = f"layer {self.source.layer} is empty: {which}."
            raise refuse(self.source.name, "empty_file", told, told_vi)
        if not self.where and read < self.source.features:
            text = f"it says it has {self.source.features} rows, and only {read} can be read: it is damaged."
            raise refuse(self.source.name, "unreadable", text)

    def _constants(self) -> dict[str, pa.Array]:
        taken = {}
        for name, value in self.assignment.constants.items():
            form, faults = form_of(self.layer, name), Faults(self.source.name)
            alone = replace(self.values, codec="utf-8", faults=faults)
            held = pa.array([value], pa.large_string())
            taken[name] = alone.take(held, name, form, Rows(1, np.zeros(1, np.int64)))
            if faults or taken[name].null_count:
                title = self.layer.property_named(name).title.vi
                raise BadParameter(
                    f"--set {name}={value}: it must be {wanted(form)}.{decimal_point(value, form)}",
                    parameter="set",
                    detail_vi=f"Giá trị chung “{value}” không hợp lệ cho “{title}”.",
                )
        return taken

    def _take(self, piece: Piece, first: int, constants: dict[str, pa.Array]) -> pa.RecordBatch:
        rows = Rows(first, piece.fids)
        count = len(piece.fids)
        taken = {ROW: pa.array(np.arange(first, first + count)), FID: pa.array(piece.fids)}
        for name in self.properties:
            if name in self.assignment.columns:
                column, form = self.assignment.columns[name], form_of(self.layer, name)
                taken[name] = self.values.take(piece.columns[column], column, form, rows)
            else:
                taken[name] = constants[name].take(pa.array(np.zeros(count, np.int64)))
        taken[GEOMETRY] = self.shapes.take(piece.geometry, rows)
        if self.faults:
            self.faults.locate(rows, taken[GEOMETRY])
        return pa.record_batch(taken)
