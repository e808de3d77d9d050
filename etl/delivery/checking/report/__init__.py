"""The faults of a delivery as files people open: a GeoPackage for QGIS, a CSV for Excel."""

from pathlib import Path
from typing import Any

import psycopg

from etl.delivery.checking.report.geopackage import write_geopackage
from etl.delivery.checking.report.table import write_table
from gis_platform.errors import BadParameter

_FORMS = {".gpkg": write_geopackage, ".csv": write_table}


def write_report(connection: psycopg.Connection[Any], delivery_id: int, path: Path) -> None:
    """Write the faults kept of a delivery, in the form of the file's ending; what is there is replaced.

    Raises `BadParameter` for any other ending.
    """
    write = _FORMS.get(path.suffix.lower())
    if write is None:
        known = ", ".join(_FORMS)
        raise BadParameter(f"A report ends in {known}; {path.name} does not.", parameter="file")
    path.unlink(missing_ok=True)
    write(connection, delivery_id, path)
