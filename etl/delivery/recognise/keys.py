"""The parts of a key by their values alone: short codes, together nearly unique, the wider part first."""

from collections.abc import Iterator, Sequence, Set
from itertools import permutations
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from etl.delivery.forms import Form, form_of
from etl.delivery.recognise.content import texts
from etl.delivery.recognise.sampling import Sample
from gis_platform.layer import Layer
from gis_platform.layer.text import Text

_LONGEST: Final = 12
_UNIQUE: Final = 0.95
_FEWEST_ROWS: Final = 20
_MOST_CANDIDATES: Final = 6
_CONFIDENCE: Final = 0.55


def propose_keys(
    layer: Layer, known: Set[str], columns: Sequence[str], sample: Sample
) -> Iterator[tuple[str, str, float, Text]]:
    """Property, column, confidence and reason for parts of the key that no name and no form told.

    A part that comes earlier in the key has fewer values: a unit has sheets, a sheet has parcels.
    """
    open_parts = [name for name in layer.key if name not in known]
    if not open_parts or sample.rows < _FEWEST_ROWS:
        return
    if any(form_of(layer, name).form not in (Form.TEXT, Form.INTEGER) for name in open_parts):
        return
    candidates = [name for name in columns if _is_code(sample.columns[name])][:_MOST_CANDIDATES]
    counts = {name: len(pc.unique(sample.columns[name])) for name in candidates}
    for chosen in permutations(candidates, len(open_parts)):
        values = [counts[name] for name in chosen]
        if values == sorted(values) and _distinct(sample, chosen) >= _UNIQUE * sample.rows:
            together = ", ".join(chosen)
            reason = Text(
                f"các giá trị của {together} gộp lại gần như không trùng, như một khoá",
                f"together the values of {together} are nearly unique, as a key is",
            )
            yield from (
                (name, col, _CONFIDENCE, reason) for name, col in zip(open_parts, chosen, strict=True)
            )
            return


def _is_code(column: pa.Array) -> bool:
    if column.null_count or pa.types.is_boolean(column.type) or pa.types.is_temporal(column.type):
        return False
    if pa.types.is_floating(column.type) and not pc.all(pc.equal(column, pc.floor(column))).as_py():
        return False
    return all(len(word) <= _LONGEST and " " not in word for word in texts(column))


def _distinct(sample: Sample, columns: Sequence[str]) -> int:
    return int(
        pa.table({name: sample.columns[name] for name in columns})
        .group_by(list(columns))
        .aggregate([])
        .num_rows
    )
