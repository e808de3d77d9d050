"""What every reader hands over, whatever the form of the file."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

#: Rows at a time: wards can have 10,000 vertices each.
BATCH_ROWS = 8_192


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a source: the file's own numbers of the features, its columns by name, and WKB."""

    fids: NDArray[np.int64]
    columns: dict[str, pa.Array]
    geometry: pa.Array
