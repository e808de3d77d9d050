"""What lies at a point: parcel, zones, their shares and ages, in one short answer.

For the map's first touch and for other systems that ask often. The look-up of ``answer.py`` says more: what
governs, what does not affect, what is not known.
"""

from datetime import date

from gis_platform.database.statement import Statement
from gis_platform.layer.freshness import cycle_days
from gis_platform.sqlfiles import named_queries
from layers.parcels import LAYER as PARCELS
from layers.zoning import LAYER as ZONING

SQL = named_queries(__file__)

#: One row, the answer as UTF-8 JSON: ``parcels``, ``zones``, ``sources``, ``synthetic``. Areas in m² of the
#: working grid, ``share`` of the parcel's own area; a zone that only touches an edge shares none and is left
#: out.
HERE = Statement(SQL["here"].text.encode(), (bytes,))


def here_parameters(lon: float, lat: float, working_srid: int, today: date) -> dict[str, object]:
    """The values of ``HERE``: WGS 84 degrees, and the day that ages are counted to."""
    return {
        "lon": lon,
        "lat": lat,
        "srid": working_srid,
        "today": today,
        "parcels_cycle": cycle_days(PARCELS),
        "zoning_cycle": cycle_days(ZONING),
    }
