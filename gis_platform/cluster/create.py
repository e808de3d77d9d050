"""Making a new cluster: built aside, then put in place by one rename, so that a kill leaves no half."""

import os
import secrets
import shutil
from pathlib import Path

from gis_platform.cluster.configuration import ACCESS_RULES, INCLUDES, LEAST_CONNECTIONS, settings_text
from gis_platform.cluster.files import write_private
from gis_platform.cluster.home import Home
from gis_platform.cluster.installation import Installation
from gis_platform.cluster.problem import ClusterProblem
from gis_platform.progress import Step

OWNER = "postgres"
# The database every cluster has; the city's own is made beside it.
MAINTENANCE_DATABASE = "postgres"


def create(home: Home, installed: Installation, shown: Step) -> None:
    """Make an empty cluster. Raises ClusterProblem with PostgreSQL's words."""
    for left in home.folder.glob("data.new-*"):
        shown.say("removing a database that was left half made")
        shutil.rmtree(left, ignore_errors=True)
    # A name of its own: an initdb whose caller was killed may still be writing to the old one.
    new = home.folder / f"data.new-{secrets.token_hex(4)}"
    write_private(home.password_file, secrets.token_urlsafe(32) + "\n", home.account)
    log = home.folder / "log"
    log.mkdir(mode=0o700, exist_ok=True)
    home.account.own([log])
    _run(
        home, shown,
        installed.programs / "initdb", "--pgdata", new, "--username", OWNER, "--pwfile", home.password_file,
        "--auth-local", "trust", "--auth-host", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8",
        "--data-checksums",
    )  # fmt: skip
    write_private(new / "pg_hba.conf", ACCESS_RULES, home.account)
    write_private(new / "gis-platform.conf", settings_text(home, 5432, LEAST_CONNECTIONS), home.account)
    standard = (new / "postgresql.conf").read_text(encoding="utf-8")
    write_private(new / "postgresql.conf", standard + INCLUDES, home.account)
    new.rename(home.data)
    folder = os.open(home.folder, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _run(home: Home, shown: Step, *command: str | Path) -> None:
    with home.account.command(*command, cwd=home.folder) as running:
        assert running.stdout is not None  # noqa: S101  (we asked for a pipe)
        said = []
        for line in running.stdout:
            said.append(line)
            if line.strip():
                shown.say(line)
    if running.returncode != 0:
        raise ClusterProblem(f"Making the private database in {home.folder} failed:\n{''.join(said[-12:])}")
