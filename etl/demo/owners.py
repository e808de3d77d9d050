"""Holders of the parcels: one each, synthetic."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.demo import schema
from etl.demo.names import PEOPLE
from etl.demo.randomness import generator

_NAMES = pa.array(PEOPLE)


def owners(seed: int, first_row: int, parcels: pa.RecordBatch) -> pa.RecordBatch:
    """The holders of a batch of parcels whose first row is number `first_row` of the stream."""
    count = parcels.num_rows
    rng = generator(seed, 4, first_row)
    row = np.arange(first_row, first_row + count)
    digits = pc.utf8_lpad(pc.cast(pa.array(row + 1), pa.string()), 9, "0")
    columns = {
        "parcel_row": pa.array(row),
        "unit_code": parcels["unit_code"],
        "sheet_no": parcels["sheet_no"],
        "parcel_no": parcels["parcel_no"],
        "holder_name": _NAMES.take(pa.array(rng.integers(0, len(PEOPLE), count))),
        "id_number": pc.binary_join_element_wise("SYN", digits, ""),
        "phone": pa.nulls(count, pa.string()),
        "certificate_no": pc.binary_join_element_wise("SYN-", digits, ""),
    }
    return pa.record_batch(list(columns.values()), schema=schema.PARCEL_OWNERS)
