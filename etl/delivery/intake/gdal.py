"""GDAL as a delivery may meet it: it opens the file it is given, by the drivers of our forms, and no other.

A file of a few bytes can send GDAL to other files and to the network: a virtual data set (also one hidden in
a CSV), a service, a pipeline. Their drivers are taken out of the process.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pyogrio
from pyogrio import _ogr

#: Read here, or written by exports, which may share a process with deliveries.
_KNOWN = frozenset(
    {
        *("ESRI Shapefile", "GPKG", "GeoJSON", "GeoJSONSeq", "FlatGeobuf", "CSV"),
        *("MapInfo File", "DXF", "DGN", "GML", "MEM"),
    }
)
_CLOSED = {
    # No file system of GDAL over the network has a file with this ending.
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".no-file-of-the-network",
    "GML_SKIP_RESOLVE_ELEMS": "ALL",
    "GML_DOWNLOAD_SCHEMA": "NO",
    "GML_SAVE_RESOLVED_TO": "",
    "OGR_SQLITE_LOAD_EXTENSIONS": "",
    "SQLITE_USE_OGR_VFS": "NO",
    "PROJ_NETWORK": "OFF",
    # Texts of a drawing as they are: recoded from a page such as 1258, each would lose its last letter.
    "DXF_ENCODING": "UTF-8",
}
_OPTIONS: dict[str, dict[str, str]] = {
    "CSV": {"GEOM_POSSIBLE_NAMES": "WKT,wkt,geom,geometry,the_geom,_WKT*", "KEEP_GEOM_COLUMNS": "NO"},
    # Else SQLite writes beside a file that was saved with a write-ahead log.
    "GPKG": {"IMMUTABLE": "YES", "LIST_ALL_TABLES": "NO"},
    # Else it writes what it found of the columns beside the file.
    "GML": {"DOWNLOAD_SCHEMA": "NO", "WRITE_GFS": "NO"},
}
_BYTES_AS_THEY_ARE = "UTF-8"


#: A list of layers can only be had of pyogrio without these.
WITH_OPTIONS = frozenset({"GPKG", "GML"})


def reading(driver: str) -> dict[str, Any]:
    """What pyogrio is told when it opens a file of a form."""
    encoding = {"encoding": _BYTES_AS_THEY_ARE} if driver == "ESRI Shapefile" else {}
    return {**_OPTIONS.get(driver, {}), **encoding}


@contextmanager
def closed_gdal() -> Iterator[None]:
    """For every call of GDAL on a delivered file; it says nothing but by its errors.

    It warns of what it cannot read: a geometry is then missing, which is a fault of its row, or the file
    cannot be opened.
    """
    _close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@cache
def _close() -> None:
    """Once a process: GDAL takes the drivers of this setting out whenever it registers its own."""
    unknown = sorted(set(pyogrio.list_drivers()) - _KNOWN)
    pyogrio.set_gdal_config_options({**_CLOSED, "GDAL_SKIP": ",".join(unknown)})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _ogr._register_drivers()
    left = set(pyogrio.list_drivers()) - _KNOWN
    if left:
        raise RuntimeError(f"GDAL keeps drivers that may leave the file: {', '.join(sorted(left))}")
