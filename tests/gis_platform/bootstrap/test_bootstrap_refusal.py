"""A user who is not root, may not use sudo and has no Docker engine: one paragraph, no stack trace."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from gis_platform.bootstrap.containers import docker_works
from tests.support.clusters import PROJECT, open_folder

SYSTEM_PYTHON = Path("/usr/bin/python3.11")
pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can take on another user"),
    pytest.mark.skipif(not SYSTEM_PYTHON.exists(), reason="needs the system's own Python 3.11"),
]
# A mount of its own hides PostgreSQL from this command alone.
HIDDEN = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs none /usr/lib/postgresql && exec "$@"', "sh"]
NOBODY = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]


@pytest.fixture
def clone() -> Iterator[Path]:
    """What the set-up needs of the project, in a folder of the user nobody."""
    with open_folder() as folder:
        source = folder / "gis_platform"
        source.mkdir()
        for name in ("bootstrap", "cluster"):
            shutil.copytree(PROJECT / "gis_platform" / name, source / name)
        for name in ("__init__.py", "errors.py", "progress.py", "sqlfiles.py"):
            shutil.copy(PROJECT / "gis_platform" / name, source)
        shutil.chown(folder, "nobody")
        yield folder


def set_up(clone: Path, goal: str, before: list[str], path: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603
        [*before, *NOBODY, SYSTEM_PYTHON, "-B", "-m", "gis_platform.bootstrap", goal],
        cwd=clone,
        env={"PATH": path, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(not Path("/usr/lib/postgresql").is_dir(), reason="PostgreSQL is not there to be hidden")
@pytest.mark.skipif(docker_works(), reason="a Docker engine is here")
def test_the_database_packages_are_missing(clone: Path) -> None:
    told = set_up(clone, "run", HIDDEN, "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin")
    if "mount:" in told.stderr or "unshare:" in told.stderr:
        pytest.skip("this machine lets no process have a mount of its own")
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    for words in (
        "ask an administrator",
        "apt-get update && apt-get install -y --no-install-recommends postgresql-",
        "-postgis-3 ",
        "-pgrouting",
        "docker info",
        "GIS_DATABASE_URL",
    ):
        assert words in told.stderr
    assert not (clone / ".venv").exists()


def only(clone: Path, *names: str) -> str:
    """A PATH that holds these programs alone."""
    bare = clone / "bin"
    bare.mkdir()
    for name in names:
        program = shutil.which(name)
        assert program is not None
        (bare / name).symlink_to(program)
    return str(bare)


def test_the_clients_are_missing_for_the_tests(clone: Path) -> None:
    told = set_up(clone, "test", [], only(clone, "setpriv", "apt-get"))
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert "apt-get install -y --no-install-recommends" in told.stderr
    assert "chromium libatomic1 gdal-bin" in told.stderr


def test_a_machine_without_apt(clone: Path) -> None:
    told = set_up(clone, "test", [], only(clone, "setpriv"))
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert "not a Debian" in told.stderr


def test_a_folder_that_one_may_not_write_in(clone: Path) -> None:
    shutil.chown(clone, "root")
    told = set_up(clone, "run", [], "/usr/bin:/bin")
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert f"git clone {clone}" in told.stderr
