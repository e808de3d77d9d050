"""What happens to machines: kill -9, a power cut in the middle, a port taken, a process number reused."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from gis_platform.cluster import ClusterProblem, ensure_running, processes, running_cluster, stop
from tests.support.clusters import PROJECT, Place, answer, fresh_place, kill_server


def works(pid: int) -> bool:
    """Whether a process lives; a zombie that nobody has reaped yet does not."""
    command = Path(f"/proc/{pid}/cmdline")
    return command.exists() and command.read_bytes() != b""


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with fresh_place() as made:
        with running_cluster(made) as cluster:
            answer(cluster, "CREATE TABLE kept (n int)")
        yield made


def test_kill_9_loses_nothing_that_was_committed(place: Place) -> None:
    cluster = ensure_running(place)
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("INSERT INTO kept SELECT generate_series(1, 10000)")
        connection.commit()
        connection.execute("INSERT INTO kept SELECT generate_series(1, 500)")
        kill_server(place)
        connection.close()
    recovered = ensure_running(place)
    assert recovered.started_here
    assert answer(recovered, "SELECT count(*) FROM kept") == 10_000


def test_a_query_that_outlives_the_server_does_not_stop_the_next_one(place: Place) -> None:
    cluster = ensure_running(place)
    with closing(psycopg.connect(cluster.url())) as connection:
        # Busy in C without a look at its postmaster: it would go on for minutes.
        connection.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 9999999999)")
        busy = connection.info.backend_pid
        time.sleep(0.3)
        kill_server(place)
        assert works(busy)
        assert answer(ensure_running(place), "SELECT 1") == 1
        assert not works(busy)


def test_a_process_number_that_now_belongs_to_another_program(place: Place) -> None:
    ensure_running(place)
    stop(place)
    stale = place.home.data / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{place.home.data}\n0\n25432\n\n\n\nready\n", encoding="ascii")
    (place.home.sockets / ".s.PGSQL.25432.lock").write_text(f"{os.getpid()}\n", encoding="ascii")
    assert place.server is None
    assert answer(ensure_running(place), "SELECT 1") == 1


def test_the_remembered_port_is_taken(place: Place) -> None:
    before = int(ensure_running(place).address.rpartition("=")[2])
    stop(place)
    with socket.create_server(("127.0.0.1", before)):
        with running_cluster(place) as cluster:
            after = int(cluster.address.rpartition("=")[2])
            assert answer(cluster, "SELECT 1") == 1
    assert after != before


def test_more_server_processes_get_more_connections(place: Place) -> None:
    stop(place)
    assert (
        answer(ensure_running(Place(place.data_dir, most_connections=264)), "SHOW max_connections") == "264"
    )


def test_a_port_you_chose_is_taken(place: Place) -> None:
    stop(place)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = int(other.getsockname()[1])
        with pytest.raises(ClusterProblem, match=rf"Port {port} .*GIS_DATABASE_PORT"):
            ensure_running(Place(place.data_dir, database_port=port))


def test_a_start_that_fails_tells_the_servers_own_words(place: Place) -> None:
    stop(place)
    own = place.home.data / "site.conf"
    own.write_text("no_such_setting = 1\n", encoding="ascii")
    own.chmod(0o644)
    try:
        with pytest.raises(ClusterProblem, match="no_such_setting"):
            ensure_running(place)
    finally:
        own.unlink()


def test_another_versions_data_is_left_alone() -> None:
    with fresh_place() as old:
        data = old.data_dir / "postgres/data"
        data.mkdir(parents=True)
        shutil.chown(old.data_dir / "postgres", "nobody")
        (data / "PG_VERSION").write_text("12\n", encoding="ascii")
        with pytest.raises(ClusterProblem, match=r"written by PostgreSQL 12.*postgresql-12-postgis-3"):
            ensure_running(old)


def test_initdb_killed_half_way() -> None:
    with fresh_place() as empty:
        with subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "gis_platform.cluster", "start", empty.data_dir],
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as making:
            halves = empty.data_dir / "postgres"
            assert processes.wait_for(lambda: any(halves.glob("data.new-*/base/1")), 20)
            making.send_signal(signal.SIGKILL)
        assert not empty.home.exists
        with running_cluster(empty) as cluster:
            assert answer(cluster, "SELECT 1") == 1
        assert not any(halves.glob("data.new-*/PG_VERSION"))
