"""Where the private cluster lives, and which account owns it."""

import hashlib
import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path

from gis_platform.cluster import account as accounts
from gis_platform.cluster.account import Account
from gis_platform.cluster.problem import ClusterProblem

_ELSEWHERE = Path("/var/lib/gis-platform")
# sockaddr_un.sun_path holds 108 bytes with its closing zero.
_LONGEST_SOCKET = 100


@dataclass(frozen=True)
class Home:
    """The folder of one cluster: ``data`` (PGDATA), ``run`` (sockets), logs, port and password."""

    folder: Path
    account: Account

    @property
    def digest(self) -> str:
        """Eight characters that tell this cluster from any other on the machine."""
        return hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:8]

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def start_log(self) -> Path:
        return self.folder / "start.log"

    @property
    def port_file(self) -> Path:
        return self.folder / "port"

    @property
    def password_file(self) -> Path:
        return self.folder / "owner-password"

    @property
    def stop_when_unused(self) -> Path:
        """Present while the cluster runs only for the commands that use it."""
        return self.folder / "stop-when-unused"

    @property
    def exists(self) -> bool:
        return (self.data / "PG_VERSION").is_file()

    @property
    def sockets(self) -> Path:
        """Absolute folder of the Unix socket: PostgreSQL takes a relative one for a host name."""
        own = self.folder / "run"
        if len(os.fsencode(own / ".s.PGSQL.65535.lock")) < _LONGEST_SOCKET:
            return own
        return Path("/run" if os.geteuid() == 0 else "/tmp") / f"gis-{self.account.uid}-{self.digest}"  # noqa: S108

    def make_socket_folder(self) -> None:
        """Make the socket folder, 0700; whoever may enter it is trusted, so anything else is refused."""
        folder = self.sockets
        try:
            folder.mkdir(mode=0o700)
            self.account.own([folder])
        except FileExistsError:
            pass
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.account.uid or found.st_mode & 0o077:
            raise ClusterProblem(
                f"{folder} must be a folder of the user {self.account.name} with mode 0700, and is not. "
                "It guards the database's socket; look who made it, remove it and start again."
            )


def find(data_dir: Path) -> Home | None:
    """The cluster of a data folder, or None when there is none yet."""
    link = data_dir / "postgres"
    if not link.exists():
        return None
    folder = link.resolve()
    owner = accounts.of_owner(folder)
    if owner.uid == 0:  # made, but killed before it was handed over
        owner = accounts.for_new_cluster()
        owner.own([folder])
    if os.geteuid() not in (0, owner.uid):
        raise ClusterProblem(
            f"The private database in {link} belongs to the user {owner.name}. Run this command as "
            f"{owner.name} or as root, or choose another folder with GIS_DATA_DIR."
        )
    return Home(folder, owner)


def find_or_make(data_dir: Path) -> Home:
    """The cluster's folder, made when absent; the database in it comes later. Hold ``lock.alone``."""
    try:
        home = find(data_dir) or _make(data_dir)
    except OSError as error:
        raise ClusterProblem(
            f"Cannot use {data_dir} for the private database: {error.strerror} ({error.filename}). "
            "Choose a folder you may write in with GIS_DATA_DIR."
        ) from error
    if not home.account.can_enter(home.folder):
        raise ClusterProblem(
            f"The user {home.account.name} runs the private database and may not enter {home.folder}. "
            f"Let others pass through the folders above it: chmod o+x, starting from {data_dir.resolve()}."
        )
    return home


def _make(data_dir: Path) -> Home:
    account = accounts.for_new_cluster()
    link = data_dir.resolve() / "postgres"
    link.unlink(missing_ok=True)  # a link whose target is gone
    if account.can_enter(link.parent):
        link.mkdir(mode=0o700)
        account.own([link])
        return Home(link, account)
    # The data folder lies where only root may go (/root, say): PostgreSQL needs a place it can reach.
    folder = _ELSEWHERE / hashlib.sha256(os.fsencode(link)).hexdigest()[:16]
    if folder.exists():
        folder.rename(folder.with_name(f"{folder.name}.left-{time.time_ns()}"))
    _ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    account.own([folder])
    link.symlink_to(folder)
    return Home(folder, account)
