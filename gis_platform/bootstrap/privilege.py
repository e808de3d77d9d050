"""How this user may install Debian packages: as root, by sudo, or not at all."""

import os
import shutil
import subprocess
import sys


def prefix() -> list[str] | None:
    """Words to put before a command so that it runs as root; None when this user may not.

    With a terminal, sudo may ask for the password once; without one nothing is ever asked.
    """
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    if _works([sudo, "-n", "true"]):
        return [sudo, "-n"]
    if sys.stdin.isatty() and sys.stderr.isatty():
        sys.stderr.write("  Debian packages have to be installed; sudo asks for your password.\n")
        if subprocess.run([sudo, "-v"], check=False).returncode == 0:  # noqa: S603
            return [sudo, "-n"] if _works([sudo, "-n", "true"]) else [sudo]
    return None


def _works(words: list[str]) -> bool:
    quiet = subprocess.run(words, check=False, capture_output=True, stdin=subprocess.DEVNULL)  # noqa: S603
    return quiet.returncode == 0
