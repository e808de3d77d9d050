"""The grids a draft of the city may be in, as people choose them: the city's own first."""

from pyproj import CRS

from gis_platform.city import City
from gis_platform.geometry.crs import WGS84, is_vn2000
from gis_platform.layer.text import Language, Text
from web_map.grids import corner_grids

#: Drawings of the whole country come in zones of 6 degrees, which certificates do not.
_WIDE = (3405, 3406)


def grids_told(city: City, language: Language) -> list[dict[str, object]]:
    """``srid`` and ``title`` of each."""
    others = (*(_WIDE if is_vn2000(city.working_srid) else ()), WGS84)
    return corner_grids_told(city, language) + [
        {"srid": srid, "title": f"{CRS.from_epsg(srid).name} (EPSG:{srid})"} for srid in others
    ]


def corner_grids_told(city: City, language: Language) -> list[dict[str, object]]:
    """The same of the grids alone in which certificates and their corner tables are."""
    vietnamese = is_vn2000(city.working_srid)
    zones = sorted(corner_grids(city.working_srid), key=lambda grid: grid["srid"] != city.working_srid)
    return [
        {
            "srid": grid["srid"],
            "title": _in_words(str(grid["title"]), language) if vietnamese else grid["title"],
        }
        for grid in zones
    ]


def _in_words(meridian: str, language: Language) -> str:
    return Text(f"VN-2000, kinh tuyến trục {meridian}", f"VN-2000, central meridian {meridian}").in_language(
        language
    )
