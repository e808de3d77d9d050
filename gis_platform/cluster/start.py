"""Starting the server and waiting until it answers."""

import time
from pathlib import Path

from gis_platform.cluster import ports, processes
from gis_platform.cluster.configuration import settings_text
from gis_platform.cluster.files import tail, write_private
from gis_platform.cluster.home import Home
from gis_platform.cluster.installation import Installation, installations, usable
from gis_platform.cluster.problem import ClusterProblem
from gis_platform.cluster.processes import Postmaster
from gis_platform.progress import Step

_READY = ("ready", "standby")
# Replaying the log after a power cut takes minutes at most with max_wal_size 4 GB.
_PATIENCE_SECONDS = 900.0
# The shell puts the server in the background and prints its number: no child of ours is left to reap.
_LAUNCH = 'log=$1; shift; "$@" >>"$log" 2>&1 </dev/null & echo $!'


def choose_installation(home: Home) -> Installation:
    """The installed PostgreSQL to use: the one that wrote the data, or the newest for a new cluster."""
    if not home.exists:
        for found in usable():
            return found
        raise ClusterProblem(
            "PostgreSQL 15 or newer with PostGIS and pgRouting is not installed. `make run` installs it "
            "when it may; otherwise ask an administrator, or set GIS_DATABASE_URL to a server of your own."
        )
    major = int((home.data / "PG_VERSION").read_text(encoding="ascii"))
    for found in usable():
        if found.major == major:
            return found
    here = ", ".join(str(each.major) for each in installations()) or "none"
    raise ClusterProblem(
        f"The database in {home.data} was written by PostgreSQL {major}, and the installed versions that "
        f"could run it are: {here}. Install postgresql-{major}-postgis-3 and postgresql-{major}-pgrouting "
        "beside them, or move the data over as docs/operations.md says."
    )


def start(home: Home, installed: Installation, fixed_port: int, connections: int, shown: Step) -> Postmaster:
    """Start the server; raises ClusterProblem with the last lines of its log when it does not come up."""
    processes.clear_remains(home)
    home.make_socket_folder()
    if fixed_port and not ports.free(fixed_port):
        raise ClusterProblem(
            f"Port {fixed_port} of 127.0.0.1 is taken by another program. Stop it, or change "
            "GIS_DATABASE_PORT (0 picks a free port)."
        )
    tried = [fixed_port] if fixed_port else ports.candidates(home)
    for port in tried:
        write_private(home.data / "gis-platform.conf", settings_text(home, port, connections), home.account)
        write_private(home.start_log, "", home.account)
        found = wait_until_ready(home, _launch(home, installed), shown)
        if found:
            write_private(home.port_file, f"{port}\n", home.account)
            return found
        if fixed_port or "Address already in use" not in tail(home.start_log):
            break
    raise ClusterProblem(
        f"The private database in {home.folder} did not start. Its last words:\n{_last_words(home)}"
    )


def wait_until_ready(home: Home, pid: int, shown: Step) -> Postmaster | None:
    """Wait while the process lives; None when it has died first."""
    begun = time.monotonic()
    while processes.alive(home, pid):
        found = processes.running(home)
        if found and found.status in _READY:
            return found
        waited = time.monotonic() - begun
        if waited > _PATIENCE_SECONDS:
            raise ClusterProblem(
                f"The database in {home.folder} has been recovering for 15 minutes; see its log/."
            )
        if waited > 1:
            shown.say("recovering from the transaction log after an unclean stop")
        time.sleep(0.01)
    return None


def _launch(home: Home, installed: Installation) -> int:
    server: tuple[str | Path, ...] = (installed.programs / "postgres", "-D", home.data)
    with home.account.command(
        "/bin/sh", "-c", _LAUNCH, "sh", home.start_log, *server, cwd=home.folder
    ) as shell:
        said, _ = shell.communicate()
    pid = int(said)
    # Between the fork and the exec the process is still the shell.
    processes.wait_for(lambda: processes.alive(home, pid) or not Path(f"/proc/{pid}").exists(), 5.0)
    return pid


def _last_words(home: Home) -> str:
    logs = sorted((home.folder / "log").glob("*.log"), key=lambda path: path.stat().st_mtime)
    return "\n".join(filter(None, (tail(home.start_log), tail(logs[-1]) if logs else "")))
