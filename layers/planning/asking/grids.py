"""Grids as people know them."""

from pyproj import CRS

from gis_platform.geometry.crs import WGS84
from gis_platform.layer.text import Text

_WGS84 = Text("WGS 84, kinh độ và vĩ độ (EPSG:4326)", "WGS 84, longitude and latitude (EPSG:4326)")


def grid_told(srid: int) -> Text:
    """By its meridian, as forms and papers have it, then by its code: some zones are wider than others."""
    if srid == WGS84:
        return _WGS84
    lon = CRS.from_epsg(srid).to_cf().get("longitude_of_central_meridian")
    if lon is None:
        return Text(f"EPSG:{srid}", f"EPSG:{srid}")
    degrees, minutes = divmod(round(float(lon) * 60), 60)
    meridian = f"{degrees}°{minutes:02d}'"
    return Text(f"kinh tuyến trục {meridian} (EPSG:{srid})", f"central meridian {meridian} (EPSG:{srid})")
