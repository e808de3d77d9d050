"""One demo city of the default size, made once for all its tests."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely
from numpy.typing import NDArray

from etl.demo.cameras import cameras
from etl.demo.city import City
from etl.demo.founding import make_city
from etl.demo.parcels import parcels
from etl.demo.streets import streets
from etl.demo.zoning import zoning


@dataclass(frozen=True)
class Rows:
    """A generated layer: its table and its geometries."""

    table: pa.Table
    shapes: NDArray[np.object_]

    def column(self, name: str) -> NDArray[Any]:
        """A column as a numpy array of Python values."""
        return np.array(self.table[name].to_pylist(), dtype=object)


def gathered(batches: Iterable[pa.RecordBatch]) -> Rows:
    """All batches as one."""
    table = pa.Table.from_batches(list(batches))
    return Rows(table, np.asarray(shapely.from_wkb(np.array(table["geom"].to_pylist(), dtype=object))))


@pytest.fixture(scope="session")
def city() -> City:
    """The default city."""
    return make_city()


@pytest.fixture(scope="session")
def lots(city: City) -> Rows:
    """Its 20,000 parcels."""
    return gathered(parcels(city))


@pytest.fixture(scope="session")
def zones(city: City) -> Rows:
    """Its plans."""
    return gathered(zoning(city))


@pytest.fixture(scope="session")
def roads(city: City) -> Rows:
    """Its streets."""
    return gathered(streets(city))


@pytest.fixture(scope="session")
def masts(city: City) -> pa.RecordBatch:
    """Its cameras."""
    return cameras(city)
