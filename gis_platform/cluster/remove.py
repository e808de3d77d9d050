"""Removing the private cluster with all its data."""

import shutil
from pathlib import Path

from gis_platform.cluster import home as homes
from gis_platform.cluster import lifecycle, lock


def remove(settings: lifecycle.ClusterSettings) -> Path | None:
    """Stop and delete the cluster; gives the folder that was deleted, None when there was none.

    The folder may lie outside the data folder (see ``home``): deleting the data folder alone leaves it.
    """
    home = homes.find(settings.data_dir)
    if home is None:
        return None
    lifecycle.stop(settings)
    with lock.alone(settings.data_dir):
        shutil.rmtree(home.folder)
        shutil.rmtree(home.sockets, ignore_errors=True)
        (settings.data_dir / "postgres").unlink(missing_ok=True)
    return home.folder
