"""Debian packages: which are needed, which are missing, and how they are installed."""

import importlib.util
import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from gis_platform.bootstrap import privilege
from gis_platform.bootstrap.command import run
from gis_platform.bootstrap.stop import CannotGoOn
from gis_platform.cluster.installation import LEAST_MAJOR, usable
from gis_platform.progress import Step, step

# Debian makes and starts a cluster of its own ("main", port 5432) with the first server package. Nobody
# asked for one here, so a file in the folder that Debian keeps for such wishes says no while we install.
# It is removed again at once: clusters made later by hand or by other packages are none of our business.
# apt's progress goes through a pipe of its own, since dpkg makes that pipe non-blocking and the packages'
# scripts would fail when they print to it; a named one, since sudo closes all but the standard streams.
_INSTALL = """
set -e
wish=/etc/postgresql-common/createcluster.d/gis-platform.conf
aside=$(mktemp -d)
clean() { rm -rf "$wish" "$aside"; }
trap clean EXIT
trap 'exit 130' INT TERM HUP
mkdir -p "${wish%/*}"
echo 'create_main_cluster = false' > "$wish"
mkfifo "$aside/progress"
cat "$aside/progress" &
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
apt-get -o APT::Status-Fd=3 -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 \\
    install -y --no-install-recommends "$@" 3> "$aside/progress"
"""
_SERVER = re.compile(r"^postgresql-(\d+)-postgis-3$", re.MULTILINE)
_STATUS = re.compile(r"^(dlstatus|pmstatus):[^:]*:([0-9.]+):(.*)$")


def missing_groups(folder: Path, *, own_server: bool, tests: bool) -> list[str]:
    """Which kinds of package are missing: ``database``, ``venv``, ``browser``, ``gdal``. Takes about 1 ms."""
    wanted = {
        "database": not own_server and not usable(),
        "venv": importlib.util.find_spec("ensurepip") is None and not (folder / ".venv/bin/pip").exists(),
        "browser": tests and (shutil.which("chromium") is None or not _library("libatomic.so.1")),
        "gdal": tests and shutil.which("ogr2ogr") is None,
    }
    return [group for group, missing in wanted.items() if missing]


def _library(name: str) -> bool:
    return any(Path("/usr/lib").glob(f"*/{name}"))


def packages(groups: list[str]) -> list[str]:
    """The packages of these groups on this Debian."""
    chosen = []
    if "database" in groups:
        major = _newest_major()
        base = f"postgresql-{major}"
        chosen += [base, f"{base}-postgis-3", f"{base}-postgis-3-scripts", f"{base}-pgrouting"]
    if "venv" in groups:
        chosen.append("python3-venv")
    if "browser" in groups:
        # The Node.js that drives the browser for the tests needs libatomic, and nothing else brings it.
        chosen += ["chromium", "libatomic1"]
    if "gdal" in groups:
        chosen.append("gdal-bin")
    return chosen


def line_for_administrator(groups: list[str]) -> str:
    """The exact command an administrator has to run."""
    return f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages(groups))}"


def install(groups: list[str], as_root: list[str], folder: Path) -> None:
    """Install the groups' packages; ``as_root`` comes from ``privilege.prefix``."""
    # A broken source of somebody else's must not stop us; what we need may still be found.
    with suppress(CannotGoOn), step("Debian package lists") as shown:
        run([*as_root, "apt-get", "update"], shown, folder=folder)
    names = packages(groups)
    with step(f"Debian packages ({len(names)} and what they need)") as shown:
        run(
            [*as_root, "sh", "-c", _INSTALL, "sh", *names],
            shown,
            folder=folder,
            reader=_read_status,
            remedy="Is the network up? After an interrupted installation: dpkg --configure -a",
        )
    importlib.invalidate_caches()
    left = set(missing_groups(folder, own_server=False, tests=True)) & set(groups)
    if left:
        raise CannotGoOn(
            f"apt-get installed {' '.join(names)}, yet this is still missing: {', '.join(sorted(left))}. "
            "See .bootstrap.log."
        )


def may_install() -> list[str] | None:
    """How to become root for apt-get, or None when this machine or user has no way."""
    return privilege.prefix() if shutil.which("apt-get") else None


def _read_status(line: str, shown: Step) -> None:
    """apt's machine-readable progress: downloads fill the first half of the bar, unpacking the second."""
    found = _STATUS.match(line)
    if found is None:
        return
    half = 0.0 if found[1] == "dlstatus" else 0.5
    shown.share(half + float(found[2]) / 200)
    shown.say(found[3])


def _newest_major() -> int:
    """The newest PostgreSQL that this Debian offers together with PostGIS and pgRouting."""
    apt_cache = shutil.which("apt-cache")
    if apt_cache:
        told = subprocess.run(  # noqa: S603
            [apt_cache, "pkgnames", "postgresql-"], check=False, capture_output=True, text=True
        ).stdout
        names = set(told.split())
        majors = [int(major) for major in _SERVER.findall(told) if f"postgresql-{major}-pgrouting" in names]
        if majors:
            return max(majors)
    return {"13": 17}.get(_debian_version(), LEAST_MAJOR)


def _debian_version() -> str:
    try:
        told = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return ""
    found = re.search(r'^VERSION_ID="?(\d+)', told, re.MULTILINE)
    return found[1] if found else ""
