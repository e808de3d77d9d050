"""Is the database's VN-2000 the official one? One known point, and the pinned rows, tell.

`spatial_ref_sys` belongs to the PostGIS extension: `pg_dump` leaves out its own codes, so a restored
database has 5896 to 5899, 3405, 3406 and 4756 as PostGIS ships them, 0.80 m off, without a word.
"""

from typing import Any

from psycopg import Connection

from gis_platform.geometry.crs import VN2000_SRIDS, proj4_definition
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Longitude and latitude in WGS 84 of a place in Mỹ Tho.
LON_LAT = (106.3656, 10.3548)
#: The same in EPSG:9210 through EPSG:6960: easting and northing in metres.
GRID = (567_218.308, 1_145_161.569)
#: What PROJ, GDAL and PostGIS make of it when left to themselves (EPSG:5194).
DEFAULT_GRID = (567_217.504, 1_145_161.526)


def unpinned_grids(connection: Connection[Any]) -> list[int]:
    """SRIDs of the VN-2000 grids that are missing from the database or not pinned to EPSG:6960."""
    rows = connection.execute(SQL["pinned_grids"].text, {"srids": sorted(VN2000_SRIDS)}).fetchall()
    pinned = {srid for srid, proj4text in rows if proj4text == proj4_definition(srid)}
    return sorted(VN2000_SRIDS - pinned)


def pin_grids(connection: Connection[Any]) -> list[int]:
    """Pin what a restore has lost, and say which; nothing is written when all is well.

    Geometries stored in a grid stay as they are; copies made of them in another system meanwhile do not
    mend by themselves.
    """
    lost = unpinned_grids(connection)
    for srid in lost:
        connection.execute(SQL["pin_grid"].text, {"srid": srid, "proj4text": proj4_definition(srid)})
    return lost
