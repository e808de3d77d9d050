"""A drawn area, GeoJSON in WGS 84 degrees, as ground of the working grid."""

import math
from typing import Any, NoReturn

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from gis_platform.city import City
from gis_platform.errors import BadParameter
from gis_platform.geometry.crs import WGS84, transform_geometries
from gis_platform.layer.text import Language, Text
from layers.planning.asking.question import MOST_GROUND_M2, Ground
from layers.planning.asking.refusing import refusal

MOST_POSITIONS = 2_000
_MOST_PARTS = 50
# Degrees around the city's envelope in which ground may still lie.
_MARGIN = 0.1
# Square degrees: a tenth of a thousandth of a m².
_FLAT = 1e-14

Ring = list[tuple[float, float]]


def ground_of_drawing(area: Any, city: City, language: Language) -> Ground:
    """The ground of a Polygon or MultiPolygon, or of a Feature that holds one.

    Raises:
        BadParameter: it is neither, crosses itself, lies outside the city or is too large; in the asker's
            language, naming ``area``.
    """
    shape = area.get("geometry") if isinstance(area, dict) and area.get("type") == "Feature" else area
    if not isinstance(shape, dict) or shape.get("type") not in ("Polygon", "MultiPolygon"):
        _refuse(_NO_POLYGON, language)
    held = shape.get("coordinates")
    polygons = [held] if shape["type"] == "Polygon" else held
    if not isinstance(polygons, list) or not 0 < len(polygons) <= _MOST_PARTS:
        _refuse(_NO_POLYGON, language)
    rings = [[_ring(ring, language) for ring in _listed(polygon, language)] for polygon in polygons]
    positions = [at for polygon in rings for ring in polygon for at in ring]
    if len(positions) > MOST_POSITIONS:
        _refuse(_too_many(len(positions)), language)
    _require_in_city(positions, city, language)
    drawn = [Polygon(polygon[0], polygon[1:]) for polygon in rings]
    whole = drawn[0] if len(drawn) == 1 else MultiPolygon(drawn)
    if not shapely.is_valid(whole):
        if shapely.convex_hull(whole).area < _FLAT:
            require_size(0.0, "area", language)
        _refuse(_crossing(shapely.is_valid_reason(whole)), language)
    [moved] = transform_geometries(np.array([whole], dtype=object), WGS84, city.working_srid)
    require_size(moved.area, "area", language)
    return Ground(moved, city.working_srid, "area")


def require_size(area_m2: float, parameter: str, language: Language) -> None:
    """Raises BadParameter for ground that is none, or too much for one answer."""
    if not math.isfinite(area_m2) or area_m2 > MOST_GROUND_M2:
        hectares = area_m2 / 10_000
        told = Text(
            f"Khu vực rộng {hectares:,.0f} ha".replace(",", ".") + f"; mỗi lần tra cứu tối đa "
            f"{MOST_GROUND_M2 / 10_000:.0f} ha. Hãy chọn khu vực nhỏ hơn.",
            f"The ground is {hectares:,.0f} ha; one look-up takes at most {MOST_GROUND_M2 / 10_000:.0f} ha. "
            "Give a smaller one.",
        )
        raise refusal(BadParameter, told, language, parameter=parameter)
    if area_m2 < 0.01:
        told = Text(
            "Các điểm đã cho nằm trên một đường thẳng hoặc trùng nhau, không tạo thành khu đất. "
            "Hãy kiểm tra lại toạ độ.",
            "The points given lie on one line or on each other and enclose no ground. Check them.",
        )
        raise refusal(BadParameter, told, language, parameter=parameter)


def _listed(polygon: Any, language: Language) -> list[Any]:
    if not isinstance(polygon, list) or not polygon:
        _refuse(_NO_POLYGON, language)
    return polygon


def _ring(ring: Any, language: Language) -> Ring:
    if not isinstance(ring, list):
        _refuse(_NO_POLYGON, language)
    if len(ring) > MOST_POSITIONS:
        _refuse(_too_many(len(ring)), language)
    positions = [_position(at, language) for at in ring]
    if len(set(positions)) < 3:
        _refuse(_TOO_FEW, language)
    return positions


def _position(at: Any, language: Language) -> tuple[float, float]:
    if not isinstance(at, list) or len(at) not in (2, 3) or not all(_is_number(value) for value in at):
        _refuse(_NO_POLYGON, language)
    return float(at[0]), float(at[1])


def _is_number(value: Any) -> bool:
    # A whole number of any length is JSON; what is longer than this is no degree.
    return (isinstance(value, float) and math.isfinite(value)) or (
        isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10_000_000
    )


def _require_in_city(positions: Ring, city: City, language: Language) -> None:
    inside = city.envelope.contains
    strayed = next((at for at in positions if not inside(*at, margin=_MARGIN)), None)
    if strayed is None:
        return
    lon, lat = strayed
    swapped = all(inside(y, x, margin=_MARGIN) for x, y in positions)
    in_metres = any(abs(x) > 360 or abs(y) > 360 for x, y in positions)
    hint = _SWAPPED if swapped else _METRES if in_metres else _DRAW_INSIDE
    told = Text(
        f"Điểm {lon:.6f}, {lat:.6f} (kinh độ, vĩ độ WGS 84) nằm ngoài thành phố. {hint.vi}",
        f"The position {lon:.6f}, {lat:.6f} (longitude, latitude in WGS 84) lies outside the city. {hint.en}",
    )
    _refuse(told, language)


_SWAPPED = Text(
    "Có vẻ kinh độ và vĩ độ bị đổi chỗ: trong GeoJSON kinh độ đứng trước. Hãy đổi lại.",
    "Longitude and latitude seem to be swapped: in GeoJSON the longitude comes first. Exchange them.",
)
_METRES = Text(
    "Các số này có vẻ là mét của lưới VN-2000: hãy dán chúng vào bảng toạ độ (corners).",
    "The numbers look like metres of a VN-2000 grid: give them as a table of corners instead.",
)
_DRAW_INSIDE = Text(
    f"Hãy vẽ một khu vực nhỏ trong thành phố, tối đa {MOST_GROUND_M2 / 10_000:.0f} ha.",
    f"Draw a small area inside the city, of at most {MOST_GROUND_M2 / 10_000:.0f} ha.",
)


_NO_POLYGON = Text(
    "Khu vực phải là một đa giác GeoJSON (Polygon hoặc MultiPolygon, toạ độ WGS 84: kinh độ, vĩ độ). Hãy vẽ "
    "lại; nếu chỉ có toạ độ VN-2000, hãy dùng bảng toạ độ (corners).",
    "The ground must be a GeoJSON Polygon or MultiPolygon in WGS 84 degrees, longitude first. Draw it again, "
    "or give coordinates of VN-2000 as a table of corners.",
)
_TOO_FEW = Text(
    "Khu vực cần ít nhất 3 điểm khác nhau. Hãy vẽ lại.",
    "An area needs at least 3 different positions. Draw it again.",
)


def _too_many(count: int) -> Text:
    return Text(
        f"Khu vực có {count} điểm; tối đa {MOST_POSITIONS}. Hãy vẽ đơn giản hơn.",
        f"The area has {count} positions, at most {MOST_POSITIONS} are taken. Draw it more simply.",
    )


def _crossing(reason: str) -> Text:
    """GEOS says where, in brackets: ``Self-intersection[106.36 10.35]``."""
    where = reason.partition("[")[2].rstrip("]")
    return Text(
        f"Đường vẽ tự cắt nhau hoặc chồng lên nhau gần vị trí {where}. Hãy vẽ lại theo một vòng quanh "
        "khu đất.",
        f"The drawing crosses or covers itself near {where}. Draw it again, once around the ground.",
    )


def _refuse(told: Text, language: Language) -> NoReturn:
    raise refusal(BadParameter, told, language, parameter="area")
