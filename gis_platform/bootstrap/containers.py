"""The database in a container, for a machine with Docker where Debian packages may not be installed."""

import os
import secrets
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

from gis_platform.bootstrap.command import run
from gis_platform.progress import step


def docker_works() -> bool:
    """Whether a Docker engine answers and has compose; the client alone is often there without one."""
    docker = shutil.which("docker")
    if docker is None:
        return False
    return all(_succeeds([docker, *words]) for words in (["info"], ["compose", "version"]))


def start_database(folder: Path, data_dir: Path) -> str:
    """Start the ``db`` service of docker-compose.yml, wait until it is healthy, and give its URL.

    It goes on after the platform stops; ``docker compose stop db`` ends it.
    """
    port = os.environ.get("DB_PORT", "55432")
    password = _password(data_dir / "container-db-password")
    with step("Database in a container") as shown:
        run(
            ["docker", "compose", "up", "--detach", "--wait", "--build", "db"],
            shown,
            folder=folder,
            environment={"DB_PASSWORD": password, "DB_PORT": port},
            remedy="See: docker compose logs db",
        )
    return f"postgresql://postgres:{quote(password, safe='')}@127.0.0.1:{port}/gis"


def _password(file: Path) -> str:
    """The password of the container's database, made once; the container keeps the one it began with."""
    if file.exists():
        return file.read_text(encoding="ascii").strip()
    file.parent.mkdir(parents=True, exist_ok=True)
    password = secrets.token_urlsafe(24)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        new.write(password + "\n")
    return password


def _succeeds(words: list[str]) -> bool:
    try:
        done = subprocess.run(words, check=False, capture_output=True, timeout=15)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
