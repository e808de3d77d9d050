"""``python3 -m gis_platform.cluster start|status|stop|remove [DATA_DIR]``: needs nothing but Python."""

import sys
from dataclasses import dataclass
from pathlib import Path

from gis_platform.cluster import home as homes
from gis_platform.cluster import processes
from gis_platform.cluster.lifecycle import ensure_running, stop
from gis_platform.cluster.problem import ClusterProblem
from gis_platform.cluster.remove import remove


@dataclass(frozen=True)
class _Place:
    data_dir: Path
    database_url: str | None = None
    database_port: int = 0
    most_connections: int = 0


def main(words: list[str]) -> int:
    """Do what the first word says; exit code 1 after a sentence when that fails."""
    verb, place = [*words, "", ""][:2]
    settings = _Place(Path(place or ".data"))
    try:
        if verb == "start":
            sys.stdout.write(ensure_running(settings).url() + "\n")
        elif verb == "stop":
            stop(settings)
        elif verb == "remove":
            remove(settings)
        elif verb == "status":
            home = homes.find(settings.data_dir)
            found = processes.running(home) if home else None
            state = f"{found.status}, process {found.pid}, port {found.port}" if found else "not running"
            sys.stdout.write(f"{home.folder if home else settings.data_dir}: {state}\n")
        else:
            sys.stderr.write("usage: python3 -m gis_platform.cluster start|status|stop|remove [DATA_DIR]\n")
            return 2
    except ClusterProblem as problem:
        sys.stderr.write(f"{problem.detail}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
