"""Small private files, written so that a kill or a hostile link cannot spoil them."""

import os
from pathlib import Path

from gis_platform.cluster.account import Account


def write_private(path: Path, text: str, account: Account) -> None:
    """Replace a file in one step, mode 0600, owned by the account.

    Root may write in a folder that another account owns, so a link laid there is never followed.
    """
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fchown(handle, account.uid, account.gid)
        os.fsync(handle)
    part.replace(path)


def tail(path: Path, lines: int = 12) -> str:
    """The last lines of a log, or nothing when there is none."""
    try:
        return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
    except OSError:
        return ""
