"""How the tests are spread over workers: a file stays together, the costly files go first.

Each worker has a cluster, ports and a data folder of its own, so nothing that one does is seen by another.
"""

import os

import pytest
from xdist.scheduler import LoadScopeScheduling

MOST = 4
"""More workers than this need more memory than a desk has: each has its own PostgreSQL and Chromium."""

COSTLY = (
    "tests/architecture/test_new_layer.py",
    "tests/etl/delivery/deciding/test_crash.py",
    "tests/api/test_schemathesis.py",
    "tests/browser/test_staff_deliveries.py",
)
"""Files that take longest, longest first: one of them begun last would be waited for by everybody."""


def number_of_workers() -> int:
    """One for each core; none beside pytest itself on a server of your own, whose roles all would share."""
    if "GIS_DATABASE_URL" in os.environ:
        return 0
    return min(len(os.sched_getaffinity(0)), MOST)


def in_order(items: list[pytest.Item]) -> None:
    """Costly files first, and browser tests last: their driver keeps an event loop in this thread, and no
    other may run beside it.
    """
    rank = {file: number for number, file in enumerate(COSTLY)}

    def place(item: pytest.Item) -> tuple[bool, int]:
        return item.get_closest_marker("browser") is not None, rank.get(_file(item.nodeid), len(rank))

    items.sort(key=place)


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out whole files, since a module sets up much once; in the order of collection."""

    def _split_scope(self, nodeid: str) -> str:
        return _file(nodeid)


def _file(nodeid: str) -> str:
    return nodeid.partition("::")[0]
