"""The same seed and size give the same bytes; a larger city keeps the core of a smaller one."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.demo.founding import make_city
from etl.demo.parcels import parcels
from etl.demo.sources import sources
from etl.demo.stations import observations

ROOT = Path(__file__).parents[3]
SIZE = 1_500


def fingerprint(seed: int, size: int) -> str:
    """A hash over every byte of every layer."""
    digest = hashlib.sha256()
    for source in sources(make_city(seed, size)):
        for batch in source.batches():
            digest.update(batch.serialize())
    digest.update(next(iter(observations(seed))).serialize())
    return digest.hexdigest()


def test_another_process_makes_the_same_bytes() -> None:
    command = (
        "from tests.etl.demo.test_same_city import fingerprint, SIZE;"
        "import sys; sys.stdout.write(fingerprint(63, SIZE))"
    )
    other = subprocess.run(  # noqa: S603
        [sys.executable, "-c", command],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout == fingerprint(63, SIZE)


def test_another_seed_is_another_city() -> None:
    assert fingerprint(63, SIZE) != fingerprint(64, SIZE)


@pytest.mark.parametrize("size", [1_000, 1_001, 9_999])
def test_exactly_as_many_parcels_as_asked_for(size: int) -> None:
    assert sum(batch.num_rows for batch in parcels(make_city(63, size))) == size


def test_a_larger_city_keeps_the_ground_of_the_centre() -> None:
    small, large = make_city(63, 5_000), make_city(63, 60_000)
    a, b = small.grid.first_u, large.grid.first_u
    assert (small.grid.across[-a, 3] == large.grid.across[-b, 3]).all()
    assert (small.grid.along[-a - 2, 4] == large.grid.along[-b - 2, 4]).all()


def test_a_city_needs_a_parcel() -> None:
    with pytest.raises(ValueError, match="at least one parcel"):
        make_city(63, 0)
