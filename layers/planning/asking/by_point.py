"""The parcels at a place."""

from gis_platform.city import Envelope
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.parcels import LAYER as PARCELS
from layers.planning.asking.question import BEGINS_LATER, SEVERAL, Found, Times
from layers.planning.asking.refusing import refusal

SQL = named_queries(__file__)

# Degrees around the city's envelope in which a parcel may still lie.
_MARGIN = 0.1


async def by_point(
    work: UnitOfWork, point: tuple[float, float], city: Envelope, times: Times, language: Language
) -> Found:
    """The parcels at longitude, latitude in WGS 84 degrees; ``city`` is the box outside which nothing is."""
    lon, lat = point
    if not city.contains(lon, lat, margin=_MARGIN):
        # The city's grid is not even defined on the far side of the Earth.
        raise refusal(NotFound, _outside(lon, lat), language)
    if times.present:
        rows = await work.rows(PARCELS.sql["by_point"], lon=lon, lat=lat)
    else:
        rows = await work.rows(SQL["by_point_at"], lon=lon, lat=lat, **times.parameters())
    if not rows:
        raise refusal(NotFound, _nothing_at(lon, lat, times), language)
    several = len(rows) > 1
    return Found([row["id"] for row in rows], [SEVERAL] if several else [], ambiguous=several)


def _outside(lon: float, lat: float) -> Text:
    return Text(
        f"Không có dữ liệu tại {lat:.6f}, {lon:.6f} (vĩ độ, kinh độ): vị trí này nằm ngoài thành phố. "
        "Hãy kiểm tra thứ tự kinh độ, vĩ độ.",
        f"There is no data at {lat:.6f}, {lon:.6f} (latitude, longitude): it lies outside the city. "
        "Check which of the numbers is the longitude; it comes first.",
    )


def _nothing_at(lon: float, lat: float, times: Times) -> Text:
    place = f"{lat:.6f}, {lon:.6f}"
    if not times.present:
        when = times.told()
        return Text(
            f"Không có thửa đất nào tại vị trí {place} (vĩ độ, kinh độ){when.vi}. {BEGINS_LATER.vi}",
            f"There is no parcel at {place} (latitude, longitude){when.en}. {BEGINS_LATER.en}",
        )
    return Text(
        f"Không có thửa đất nào tại vị trí {place} (vĩ độ, kinh độ). Có thể đây là đường, sông, "
        "hoặc nơi chưa có dữ liệu địa chính. Hãy chọn một điểm nằm hẳn trong thửa đất.",
        f"There is no parcel at {place} (latitude, longitude). It may be a street, water, "
        "or a place without cadastral data. Choose a point well inside the parcel.",
    )
