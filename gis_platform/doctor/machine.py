"""The machine: data folder, disk, port."""

import errno
import os
import shutil
import socket
from pathlib import Path

from gis_platform.doctor.finding import Finding
from gis_platform.settings import Settings

_WORDS = {
    errno.EADDRINUSE: "is taken by another program; set GIS_PORT",
    errno.EACCES: "is reserved for the system; set GIS_PORT to a number above 1023",
    errno.EADDRNOTAVAIL: "cannot be opened, since GIS_HOST is no address of this machine",
}
# The demo city takes 0.5 GB, a million parcels with their history about 5.
_LEAST_FREE = 2 * 1024**3


def machine_findings(settings: Settings) -> list[Finding]:
    """Whether the platform can write, has room, and can be reached."""
    return [_folder(settings.data_dir), _disk(settings.data_dir), _port(settings)]


def _folder(data_dir: Path) -> Finding:
    place = _existing(data_dir)
    ok = place.is_dir() and os.access(place, os.W_OK | os.X_OK)
    detail = f"{data_dir.resolve()}" + ("" if place == data_dir else " (made at the first run)")
    remedy = f"You may not write in {place}. Choose another folder with GIS_DATA_DIR, or run as its owner."
    return Finding("Data folder", ok, detail, remedy)


def _disk(data_dir: Path) -> Finding:
    free = shutil.disk_usage(_existing(data_dir)).free
    return Finding(
        "Disk space",
        free >= _LEAST_FREE,
        f"{free / 1024**3:.1f} GB free",
        "The platform needs 2 GB. Make room, or put the data on another disk with GIS_DATA_DIR.",
    )


def _port(settings: Settings) -> Finding:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((settings.host, settings.port))
        except OSError as error:
            why = _WORDS.get(error.errno or 0, f"cannot be used ({error.strerror or error})")
            return Finding(
                "Web port",
                ok=False,
                detail=f"Port {settings.port} {why}",
                remedy="Set GIS_PORT to another number. Is the platform itself running already?",
                required=False,
            )
    return Finding("Web port", ok=True, detail=f"{settings.host}:{settings.port} is free")


def _existing(path: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    return next(each for each in (path, *path.resolve().parents) if each.exists())
