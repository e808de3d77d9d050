"""Who stops the cluster: commands may overlap, and the last one that uses it turns the light off."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from gis_platform.cluster import Cluster, ensure_running, running_cluster, stop
from tests.support.clusters import PROJECT, Place, answer, fresh_place

# Another process that uses the cluster until its input ends.
_USER = """
import sys
from pathlib import Path
from gis_platform.cluster import running_cluster
from tests.support.clusters import Place
with running_cluster(Place(Path(sys.argv[1]))) as cluster:
    print(cluster.started_here, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with fresh_place() as made:
        yield made


@contextmanager
def another_user(place: Place) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", _USER, place.data_dir],
        env={"PYTHONPATH": str(PROJECT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as other:
        yield other


def test_what_was_started_for_a_block_stops_with_it(place: Place) -> None:
    with running_cluster(place) as cluster:
        assert cluster.started_here
        assert place.server is not None
    assert place.server is None


def test_it_stops_after_an_error_too(place: Place) -> None:
    def interrupted() -> None:
        with running_cluster(place):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert place.server is None


def test_what_was_running_before_goes_on(place: Place) -> None:
    ensure_running(place)
    with running_cluster(place) as cluster:
        assert not cluster.started_here
    assert place.server is not None
    assert stop(place)
    assert place.server is None
    assert not stop(place)


def test_a_command_that_began_later_keeps_it_up(place: Place) -> None:
    with running_cluster(place), another_user(place) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "False\n"
        before = place.server
        # The block ends here for us, while the other process still works with the cluster.
        with running_cluster(place):
            pass
        assert place.server == before
        other.communicate("")
        assert place.server == before
    assert place.server is None


def test_the_last_user_stops_it_whoever_started_it(place: Place) -> None:
    with another_user(place) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "True\n"
        with running_cluster(place) as cluster:
            assert not cluster.started_here
            first.communicate("")
            assert answer(cluster, "SELECT 1") == 1
    assert place.server is None


def test_two_starts_at_once_make_one_cluster() -> None:
    with fresh_place() as empty:
        found: list[Cluster] = []
        threads = [threading.Thread(target=lambda: found.append(ensure_running(empty))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(cluster.started_here for cluster in found) == [False, True]
        assert len({cluster.address for cluster in found}) == 1
