"""The parcels on a piece of ground that was drawn or given by its corners."""

import shapely

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.question import BEGINS_LATER, MOST_PARCELS, Found, Ground, Times
from layers.planning.asking.refusing import refusal
from layers.planning.tolerance import TOLERANCE_M2

SQL = named_queries(__file__)


async def by_ground(work: UnitOfWork, ground: Ground, times: Times, language: Language) -> Found:
    """The parcels that share more with the ground than two maps may differ by."""
    rows = await work.rows(
        SQL["on_ground"],
        wkb=shapely.to_wkb(ground.geometry),
        srid=ground.srid,
        tolerance=TOLERANCE_M2,
        most=MOST_PARCELS + 1,
        **times.parameters(),
    )
    if not rows:
        raise refusal(NotFound, _nothing_on(ground, times), language)
    if len(rows) > MOST_PARCELS:
        told = Text(
            f"Khu vực đã cho có hơn {MOST_PARCELS} thửa đất. Hãy chọn khu vực nhỏ hơn.",
            f"There are more than {MOST_PARCELS} parcels on the ground given. Give a smaller one.",
        )
        raise refusal(BadParameter, told, language, parameter=ground.given_as)
    return Found([row["id"] for row in rows], _outside_parcels(ground, rows), ground)


def _nothing_on(ground: Ground, times: Times) -> Text:
    when = times.told()
    vi = f"Không có thửa đất nào trong khu vực đã cho ({_area_vi(ground.area_m2)} m²){when.vi}."
    en = f"There is no parcel on the ground given ({ground.area_m2:.1f} m²){when.en}."
    if not times.present:
        return Text(f"{vi} {BEGINS_LATER.vi}", f"{en} {BEGINS_LATER.en}")
    return Text(
        f"{vi} Có thể đây là đường, sông, hoặc nơi chưa có dữ liệu địa chính. Hãy kiểm tra lại vị trí trên "
        "bản đồ.",
        f"{en} It may be a street, water, or a place without cadastral data. Check its position on the map.",
    )


def _outside_parcels(ground: Ground, rows: list[dict[str, float]]) -> list[Text]:
    """Ground on which there is no parcel is told of: nothing is said of it by an answer for parcels."""
    left = ground.area_m2 - sum(row["area_m2"] for row in rows)
    if left <= max(TOLERANCE_M2, 0.001 * ground.area_m2):
        return []
    return [
        Text(
            f"{_area_vi(left)} m² của khu vực đã cho không thuộc thửa đất nào trong dữ liệu.",
            f"{left:.1f} m² of the ground given belong to no parcel on record.",
        )
    ]


def _area_vi(area: float) -> str:
    return f"{area:.1f}".replace(".", ",")
