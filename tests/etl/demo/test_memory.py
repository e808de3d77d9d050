"""Ten times the parcels take the same memory."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
_MOST_GROWTH_MB = 48

_PROGRAM = """
import resource, sys
from etl.demo.founding import make_city
from etl.demo.parcels import parcels

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

made, early = 0, 0
for batch in parcels(make_city(63, 200_000)):
    made += batch.num_rows
    if made < 30_000:
        early = peak()
sys.stdout.write(f"{made} {early} {peak()}")
"""


def test_memory_stays_flat_while_200000_parcels_stream_by() -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    made, early, last = map(int, done.stdout.split())
    assert made == 200_000
    assert early > 0
    assert last - early < _MOST_GROWTH_MB
