"""The largest footprint and floor area: what outline and density allow together, zone by zone. m²."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.layer.text import Text
from layers.planning.building.zones import Limits
from layers.planning.tolerance import tolerance_on


@dataclass(frozen=True, slots=True)
class Capacity:
    """None where it cannot be told; ``reason`` then says why, else how the footprint was found.

    ``floors_reason`` is how the floor area was found, or why it cannot be told.
    """

    footprint_m2: float | None
    floor_area_m2: float | None
    reason: Text
    floors_reason: Text


def capacity_of(
    limits: Sequence[Limits], net: BaseGeometry, outline: BaseGeometry | None, net_m2: float
) -> Capacity:
    """``net_m2`` is the net lot as the law measures it, which a survey may put otherwise than the map."""
    tolerance = tolerance_on(net.area)
    whole = len(limits) == 1 and limits[0].zone.ground.area >= net.area - tolerance
    parts = [net if whole else net.intersection(one.zone.ground) for one in limits]
    covered = shapely.union_all(parts).area if len(parts) > 1 else sum(part.area for part in parts)
    if sum(part.area for part in parts) - covered > tolerance:
        return _unknown("Có quy hoạch cùng cấp chồng nhau.", "Plans of one level overlap.")
    if covered < net.area - tolerance:
        return _unknown("Quy hoạch không phủ hết thửa đất.", "The plans do not cover all of the parcel.")
    if outline is None:
        return _unknown("Chưa xác định được khoảng lùi.", "The setback cannot be told.")
    footprint, floors, floors_known = 0.0, 0.0, True
    for one, part in zip(limits, parts, strict=True):
        if not one.zone.for_buildings or part.area <= tolerance:
            continue
        if one.density is None:
            return _unknown("Chưa xác định được mật độ xây dựng.", "The density cannot be told.")
        room = outline if whole else outline.intersection(one.zone.ground)
        lot_m2 = net_m2 * part.area / net.area
        here = min(room.area, one.density * lot_m2)
        footprint += here
        by_floors = one.floors * here if one.floors is not None else None
        by_ratio = one.far * lot_m2 if one.far is not None else None
        # The ceiling of the rules alone is no answer: the plan must state floors or a ratio.
        floors_known &= one.floors is not None or one.zone.hit["far_max"] is not None
        floors += min((most for most in (by_floors, by_ratio) if most is not None), default=0.0)
    how = Text(
        "Giá trị nhỏ hơn giữa phần đất được xây dựng và mật độ nhân với diện tích lô đất sau khi trừ "
        "đất làm đường.",
        "The smaller of the ground that may be built on, and density times the lot without the ground "
        "of roads.",
    )
    return Capacity(
        footprint, floors if floors_known else None, how, _BY_FLOORS if floors_known else _NO_FLOORS
    )


_BY_FLOORS = Text(
    "Giá trị nhỏ hơn giữa diện tích xây dựng tối đa nhân với số tầng tối đa, và hệ số sử dụng đất nhân với "
    "diện tích lô đất sau khi trừ đất làm đường.",
    "The smaller of the largest footprint times the most floors, and the floor area ratio times the lot "
    "without the ground of roads.",
)
_NO_FLOORS = Text("Đồ án không nêu số tầng hoặc hệ số.", "The plan states neither floors nor a ratio.")


def _unknown(vi: str, en: str) -> Capacity:
    return Capacity(None, None, Text(vi, en), Text(vi, en))
