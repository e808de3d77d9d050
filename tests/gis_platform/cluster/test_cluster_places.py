"""Where a cluster can lie: under a folder only root enters, under a long name, and as any user."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest

from gis_platform.cluster import Cluster, ClusterProblem, running_cluster
from gis_platform.cluster.remove import remove
from tests.support.clusters import PROJECT, Place, answer, fresh_place, open_folder

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root makes clusters for another account")
SYSTEM_PYTHON = Path("/usr/bin/python3.11")


@as_root
def test_a_data_folder_that_only_root_may_enter() -> None:
    with open_folder() as folder:
        closed = folder / "closed"
        closed.mkdir(mode=0o700)
        place = Place(closed / "data")
        try:
            with running_cluster(place) as cluster:
                answer(cluster, "CREATE TABLE kept ()")
            first = place.home.folder
            assert (place.data_dir / "postgres").is_symlink()
            assert first.parent == Path("/var/lib/gis-platform")
            with running_cluster(place) as cluster:
                assert answer(cluster, "SELECT count(*) FROM kept") == 0

            # Someone removes the data folder by hand: the new one begins empty, the old data is put aside.
            shutil.rmtree(place.data_dir)
            with running_cluster(place) as cluster:
                assert answer(cluster, "SELECT to_regclass('kept')::text") is None
            aside = list(first.parent.glob(f"{first.name}.left-*"))
            assert len(aside) == 1
            shutil.rmtree(aside[0])
        finally:
            removed = remove(place)
        assert removed == first
        assert not first.exists()


def test_a_path_too_long_for_a_socket() -> None:
    with open_folder() as folder:
        place = Place(folder / ("a-long-name-for-a-folder-" * 5) / "dữ liệu 'của' thành phố")
        try:
            with running_cluster(place) as cluster:
                assert place.home.sockets.parent != place.home.folder
                assert answer(cluster, "SELECT 1") == 1
        finally:
            remove(place)
        assert not place.data_dir.joinpath("postgres").exists()


@as_root
def test_a_socket_folder_that_someone_else_made_is_refused() -> None:
    with fresh_place() as place:
        with running_cluster(place):
            pass
        sockets = place.home.sockets
        shutil.rmtree(sockets)
        sockets.mkdir(mode=0o777)
        with pytest.raises(ClusterProblem, match="mode 0700"), running_cluster(place):
            pass


def test_a_data_folder_that_cannot_be_made() -> None:
    with pytest.raises(ClusterProblem, match="GIS_DATA_DIR"), running_cluster(Place(Path("/proc/gis-data"))):
        pass


@as_root
@pytest.mark.skipif(not SYSTEM_PYTHON.exists(), reason="needs the system's own Python 3.11")
def test_an_ordinary_user_needs_no_root() -> None:
    with open_folder() as folder:
        (folder / "gis_platform").mkdir()
        for name in ("__init__.py", "errors.py", "progress.py", "sqlfiles.py", "cluster"):
            copy = shutil.copytree if name == "cluster" else shutil.copy
            copy(PROJECT / "gis_platform" / name, folder / "gis_platform" / name)
        shutil.chown(folder, "nobody")

        def run(verb: str) -> "subprocess.CompletedProcess[str]":
            return subprocess.run(  # noqa: S603
                [SYSTEM_PYTHON, "-B", "-m", "gis_platform.cluster", verb],
                cwd=folder,
                env={"PATH": "/usr/bin:/bin"},
                user="nobody",
                group="nogroup",
                extra_groups=[],
                capture_output=True,
                text=True,
                check=True,
            )

        try:
            url = run("start").stdout.strip()
            with psycopg.connect(url) as connection:
                assert connection.execute("SELECT 1").fetchone() == (1,)
            assert "ready" in run("status").stdout
            assert (folder / ".data/postgres/data").owner() == "nobody"
        finally:
            run("remove")
        assert "not running" in run("status").stdout


@pytest.mark.parametrize(
    ("database", "role", "expected"),
    [
        (None, None, "postgresql://an:p%40ss@db.example:5433/city?sslmode=require"),
        ("other", None, "postgresql://an:p%40ss@db.example:5433/other?sslmode=require"),
        (None, "gis_app", "postgresql://gis_app@db.example:5433/city?sslmode=require"),
        ("tỉnh", "an", "postgresql://an:p%40ss@db.example:5433/t%E1%BB%89nh?sslmode=require"),
    ],
)
def test_the_address_of_a_server_of_your_own(database: str | None, role: str | None, expected: str) -> None:
    own = "postgresql://an:p%40ss@db.example:5433/city?sslmode=require"
    with running_cluster(Place(Path("/nowhere"), database_url=own)) as cluster:
        assert cluster == Cluster(own, started_here=False)
        assert cluster.url(database, role) == expected
