"""Holders of the parcels: one each, synthetic, found by the parcel's place in the stream."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.demo import schema
from etl.demo.names import PEOPLE
from etl.demo.randomness import hashed

_NAMES = pa.array(PEOPLE)
_BATCH_ROWS = 16_384


def owners(seed: int, first_row: int, parcels: pa.RecordBatch) -> pa.RecordBatch:
    """The holders of a batch of parcels whose first row is number `first_row` of the stream."""
    columns = _holders(seed, first_row, parcels.num_rows)
    columns |= {name: parcels[name] for name in ("unit_code", "sheet_no", "parcel_no")}
    return pa.record_batch(
        [columns[field.name] for field in schema.PARCEL_OWNERS], schema=schema.PARCEL_OWNERS
    )


def holders(seed: int, parcels: int) -> Iterator[pa.RecordBatch]:
    """The same people without the numbers of their parcels: `parcel_row` tells whose they are."""
    for first in range(0, parcels, _BATCH_ROWS):
        yield pa.RecordBatch.from_pydict(_holders(seed, first, min(_BATCH_ROWS, parcels - first)))


def _holders(seed: int, first_row: int, count: int) -> dict[str, pa.Array]:
    row = np.arange(first_row, first_row + count)
    person = (hashed(seed, 4, row) * len(PEOPLE)).astype(np.int64)
    digits = pc.utf8_lpad(pc.cast(pa.array(row + 1), pa.string()), 9, "0")
    return {
        "parcel_row": pa.array(row),
        "holder_name": _NAMES.take(pa.array(person)),
        "id_number": pc.binary_join_element_wise("SYN", digits, ""),
        "phone": pa.nulls(count, pa.string()),
        "certificate_no": pc.binary_join_element_wise("SYN-", digits, ""),
    }
