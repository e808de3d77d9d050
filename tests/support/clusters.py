"""Folders for real clusters: outside pytest's own, which only root may enter when root runs the tests."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from gis_platform.cluster import Cluster, processes
from gis_platform.cluster import home as homes
from gis_platform.cluster.home import Home
from gis_platform.cluster.processes import Postmaster
from gis_platform.cluster.remove import remove

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """The settings a cluster is made from."""

    data_dir: Path
    database_url: str | None = None
    database_port: int = 0
    most_connections: int = 0

    @property
    def home(self) -> Home:
        """Its cluster, which must be there."""
        found = homes.find(self.data_dir)
        assert found is not None
        return found

    @property
    def server(self) -> Postmaster | None:
        """Its living server."""
        return processes.running(self.home)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A short-named empty folder that every user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="gis-", dir="/tmp")).resolve()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_place() -> Iterator[Place]:
    """Settings with an empty data folder; whatever cluster comes to be in it is removed."""
    with open_folder() as folder:
        place = Place(folder / "data")
        try:
            yield place
        finally:
            remove(place)


def kill_server(place: Place) -> None:
    """``kill -9`` of the main server process, as a power cut would do to it."""
    server = place.server
    assert server is not None
    os.kill(server.pid, signal.SIGKILL)
    assert processes.wait_for(lambda: place.server is None, 10)


def answer(cluster: Cluster, query: str) -> object:
    """The one value a statement gives, if any, asked over the socket as the owner."""
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        told = connection.execute(query.encode())
        row = told.fetchone() if told.description else None
    return row[0] if row else None
