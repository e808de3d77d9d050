"""The unprivileged account the database server runs as. PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gis_platform.cluster.problem import ClusterProblem

# "postgres" comes with Debian's package; "nobody" is there on every Unix.
_FOR_ROOT = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A user of this machine, and how to run a program as that user."""

    name: str
    uid: int
    gid: int

    def command(self, *args: str | Path, cwd: Path) -> "subprocess.Popen[str]":
        """Start a program as this user, its output and errors in one pipe, in a neutral environment."""
        switch = self.uid != os.geteuid()
        return subprocess.Popen(  # noqa: S603  (the arguments are ours)
            [str(arg) for arg in args],
            cwd=cwd,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            umask=0o077,
            user=self.uid if switch else None,
            group=self.gid if switch else None,
            extra_groups=os.getgrouplist(self.name, self.gid) if switch else None,
        )

    def can_enter(self, folder: Path) -> bool:
        """Whether this user may go through the folder and all above it, by the kernel's own answer."""
        with self.command("/usr/bin/test", "-x", folder, cwd=Path("/")) as asked:
            return asked.wait() == 0

    def own(self, paths: Sequence[Path]) -> None:
        """Make this user the owner of paths that the caller has just made."""
        for path in paths:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def of_owner(folder: Path) -> Account:
    """The account that owns an existing cluster: it alone may run it."""
    return _by_number(folder.stat().st_uid)


def for_new_cluster() -> Account:
    """The caller, or an unprivileged account when the caller is root."""
    if os.geteuid() != 0:
        return _by_number(os.geteuid())
    for name in _FOR_ROOT:
        try:
            return _account(pwd.getpwnam(name))
        except KeyError:
            continue
    raise ClusterProblem(
        f"The private database needs an unprivileged account, and none of {', '.join(_FOR_ROOT)} exists. "
        "Make one: adduser --system --group postgres"
    )


def _by_number(uid: int) -> Account:
    try:
        return _account(pwd.getpwuid(uid))
    except KeyError:  # containers may run under a number that has no name
        return Account(str(uid), uid, os.getegid())


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
