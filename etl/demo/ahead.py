"""Making the next batch while the database takes the last one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa


def ahead(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same batches, one made in advance by a thread; what making them raises is raised here.

    COPY waits for the server and the making does not, so that both take their time at once. Never more than
    two batches are held.
    """
    making = iter(batches)
    with ThreadPoolExecutor(1, thread_name_prefix="demo") as maker:
        coming = maker.submit(next, making, None)
        while (batch := coming.result()) is not None:
            coming = maker.submit(next, making, None)
            yield batch
