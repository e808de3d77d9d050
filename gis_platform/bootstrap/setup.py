"""The steps in their order, each skipped when its work is done."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gis_platform.bootstrap import containers, debian, python_env, web_packages
from gis_platform.bootstrap.refusal import what_to_ask_for
from gis_platform.bootstrap.stop import CannotGoOn
from gis_platform.progress import step


def set_up(folder: Path, *, tests: bool) -> dict[str, str]:
    """Install what is missing; gives the environment variables that the next command needs.

    Raises CannotGoOn with a paragraph for people.
    """
    environment: dict[str, str] = {}
    with _alone(folder):
        own_server = bool(os.environ.get("GIS_DATABASE_URL"))
        groups = debian.missing_groups(folder, own_server=own_server, tests=tests)
        if groups:
            environment = _debian_or_containers(groups, folder)
        if not python_env.ready(folder):
            python_env.install(folder)
        if not web_packages.ready(folder):
            web_packages.install(folder)
    return environment


def _debian_or_containers(groups: list[str], folder: Path) -> dict[str, str]:
    as_root = debian.may_install()
    if as_root is not None:
        debian.install(groups, as_root, folder)
        return {}
    if groups == ["database"] and containers.docker_works():
        data_dir = folder / os.environ.get("GIS_DATA_DIR", ".data")
        return {"GIS_DATABASE_URL": containers.start_database(folder, data_dir)}
    raise CannotGoOn(what_to_ask_for(groups))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One set-up at a time in a folder; a second one waits for the first."""
    try:
        file = (folder / ".bootstrap.log").open("a", encoding="utf-8")
    except OSError as error:
        raise CannotGoOn(
            f"Cannot write in {folder}: {error.strerror}. "
            f"Work in a copy of your own: git clone {folder} ~/gis"
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with step("Another command is setting this folder up; waiting for it"):
                fcntl.flock(file, fcntl.LOCK_EX)
        yield
