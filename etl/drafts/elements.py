"""The elements of a drawing, all of them: what each is called, on which layer it lies and what it says."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from etl.delivery.faults import Faults, Rows, refuse
from etl.delivery.forms import Form, PropertyForm
from etl.delivery.intake.labels import LEVELS, TEXT
from etl.delivery.recognise.charsets import charset_named
from etl.delivery.recognise.detecting import readings_of
from etl.delivery.source import Source, read_pieces
from etl.delivery.values import Values
from gis_platform.geometry.crs import Geometries

#: By GDAL's driver: the columns with an element's name, what it is, and whether it lies on a printed sheet.
_COLUMNS: Final = {"DXF": ("EntityHandle", "SubClasses", "PaperSpace"), "DGN": ("EntityNum", "Type", None)}
_AREAS: Final = (3, 6)
_POINT: Final = 0


@dataclass(frozen=True, slots=True)
class Elements:
    """In the order of the file; closed lines are polygons already, all in the drawing's own coordinates."""

    shapes: Geometries
    layers: list[str]
    names: list[str]
    kinds: list[str]
    texts: list[str | None]
    on_paper: NDArray[np.bool_]

    @property
    def are_areas(self) -> NDArray[np.bool_]:
        """Which of them are areas."""
        return np.isin(shapely.get_type_id(self.shapes), _AREAS)

    @property
    def are_texts(self) -> NDArray[np.bool_]:
        """Which of them are texts."""
        said = np.array([text is not None for text in self.texts], bool)
        points: NDArray[np.bool_] = shapely.get_type_id(self.shapes) == _POINT
        return said & points


def read_elements(source: Source, encoding: str | None, timezone: str, faults: Faults) -> Elements:
    """All of a drawing. Texts that cannot be read are noted in `faults`, by the place of their element.

    Raises `DeliveryRefused` where there is nothing in it, or it breaks off.
    """
    level = LEVELS[source.file.driver]
    name, kind, paper = _COLUMNS[source.file.driver]
    wanted = [level, TEXT, name, kind, *([paper] if paper else [])]
    pieces = list(read_pieces(source, wanted, None, areas=True))
    if not pieces:
        raise refuse(
            source.name, "empty_file", "the drawing holds nothing.", "Bản vẽ không có đối tượng nào."
        )
    held = {
        column: pa.chunked_array([piece.columns[column] for piece in pieces]).combine_chunks()
        for column in wanted
    }
    wkb = pa.chunked_array([piece.geometry for piece in pieces]).combine_chunks()
    with np.errstate(invalid="ignore"):  # NaN is told as a fault of its element
        shapes = shapely.from_wkb(wkb.to_numpy(zero_copy_only=False), on_invalid="ignore")
    rows = Rows(0, np.arange(len(shapes)))
    forced = None if encoding is None else charset_named(encoding)
    words = {column: held[column] for column in (level, TEXT) if _is_text(held[column])}
    values = Values(source.codec, timezone, faults, readings_of(words, source.codec, forced))

    def said(column: str) -> list[str | None]:
        form = PropertyForm(column, Form.TEXT, 32, required=False, default=None, choices={})
        taken: list[str | None] = values.take(held[column], column, form, rows).to_pylist()
        return taken

    on_paper = held[paper].cast(pa.float64()).fill_null(0).to_numpy() == 1 if paper else np.zeros(len(shapes))
    return Elements(
        shapes=np.asarray(shapes, object),
        layers=[text or "0" for text in said(level)],
        names=[str(value) for value in held[name].to_pylist()],
        kinds=[_kind(value) for value in held[kind].to_pylist()],
        texts=said(TEXT),
        on_paper=np.asarray(on_paper, bool),
    )


def _kind(value: object) -> str:
    """``AcDbEntity:AcDbPolyline`` is a Polyline."""
    return str(value or "").rpartition(":")[2].removeprefix("AcDb") or "?"


def _is_text(held: pa.Array) -> bool:
    return bool(pa.types.is_string(held.type) or pa.types.is_large_string(held.type))
