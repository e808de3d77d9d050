"""Bringing the private cluster up and down: what the command line and the tests call."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

from gis_platform.cluster import home as homes
from gis_platform.cluster import lock, processes
from gis_platform.cluster.create import MAINTENANCE_DATABASE, OWNER, create
from gis_platform.cluster.home import Home
from gis_platform.cluster.start import choose_installation, start, wait_until_ready
from gis_platform.progress import step


class ClusterSettings(Protocol):
    """The settings that matter here; gis_platform.settings.Settings has them."""

    @property
    def data_dir(self) -> Path: ...
    @property
    def database_url(self) -> str | None: ...
    @property
    def database_port(self) -> int: ...
    @property
    def most_connections(self) -> int: ...


@dataclass(frozen=True)
class Cluster:
    """A database server to connect to: the private one, or your own (``GIS_DATABASE_URL``)."""

    address: str
    started_here: bool

    def url(self, database: str | None = None, role: str | None = None) -> str:
        """The libpq address of a database, as a role.

        On the private cluster any role enters by the socket without a password. On a server of your own
        a role other than the address's takes its password from where libpq looks (PGPASSWORD, ~/.pgpass).
        """
        parts = urlsplit(self.address)
        entry, at, host = parts.netloc.rpartition("@")
        if role is not None and role != entry.partition(":")[0]:
            entry, at = quote(role, safe=""), "@"
        path = parts.path if database is None else "/" + quote(database, safe="")
        query = f"?{parts.query}" if parts.query else ""
        return f"{parts.scheme}://{entry}{at}{host}{path}{query}"


def ensure_running(settings: ClusterSettings) -> Cluster:
    """A running server: reused, recovered, started or made as needed. It goes on until ``stop``.

    Raises ClusterProblem, which says what to do.
    """
    if settings.database_url:
        return Cluster(settings.database_url, started_here=False)
    with lock.alone(settings.data_dir):
        home = homes.find_or_make(settings.data_dir)
        cluster = _ensure(home, settings)
        home.stop_when_unused.unlink(missing_ok=True)
        return cluster


@contextmanager
def running_cluster(settings: ClusterSettings) -> Iterator[Cluster]:
    """A running server for as long as the block lasts.

    A cluster that was running before stays. One that was started for such a block stops with the last
    block that uses it, in whichever process, so two commands may overlap.
    """
    if settings.database_url:
        yield Cluster(settings.database_url, started_here=False)
        return
    try:
        with lock.in_use(settings.data_dir):
            with lock.alone(settings.data_dir):
                home = homes.find_or_make(settings.data_dir)
                cluster = _ensure(home, settings)
                if cluster.started_here:  # a mark left by a kill -9 stays too: that cluster is nobody's now
                    home.stop_when_unused.touch()
            yield cluster
    finally:
        _stop_if_unused(settings.data_dir)


def _stop_if_unused(data_dir: Path) -> None:
    if not data_dir.is_dir():
        return
    with lock.alone(data_dir):
        home = homes.find(data_dir)
        if home and home.stop_when_unused.exists() and lock.unused(data_dir):
            _stop(home)


def running_now(settings: ClusterSettings) -> Cluster | None:
    """The private cluster if it answers at this moment; nothing is started."""
    home = homes.find(settings.data_dir)
    found = processes.running(home) if home else None
    if found is None or found.status != "ready":
        return None
    return Cluster(_address(found.sockets, found.port), started_here=False)


def stop(settings: ClusterSettings) -> bool:
    """Stop the private cluster, whoever uses it; False when none was running."""
    home = homes.find(settings.data_dir)
    if home is None:
        return False
    with lock.alone(settings.data_dir):
        return _stop(home)


def _ensure(home: Home, settings: ClusterSettings) -> Cluster:
    found = processes.running(home)
    if found and found.status == "ready":
        return Cluster(_address(found.sockets, found.port), started_here=False)
    installed = choose_installation(home)
    if not home.exists:
        with step(f"New database in {home.folder}") as shown:
            create(home, installed, shown)
    with step("Starting the database") as shown:
        if found and found.status == "stopping":
            shown.say("waiting for an earlier stop to finish")
            processes.wait_for(lambda: processes.running(home) is None, 60.0)
            found = None
        if found:
            found = wait_until_ready(home, found.pid, shown)
        begun = found is None
        if found is None:
            found = start(home, installed, settings.database_port, settings.most_connections, shown)
    return Cluster(_address(found.sockets, found.port), started_here=begun)


def _stop(home: Home) -> bool:
    home.stop_when_unused.unlink(missing_ok=True)
    found = processes.running(home)
    if found is None:
        return False
    with step("Stopping the database"):
        processes.end(home, found)
    return True


def _address(sockets: Path, port: int) -> str:
    return f"postgresql://{OWNER}@/{MAINTENANCE_DATABASE}?host={quote(str(sockets), safe='')}&port={port}"
