"""The lines that follow from all the others: land use, ground taken, outline, footprint, floor area."""

from collections.abc import Mapping, Sequence
from typing import Any

from shapely.geometry.base import BaseGeometry

from gis_platform.layer.text import Text
from gis_platform.rules import Rule, RuleBook
from layers.planning.building.capacity import Capacity
from layers.planning.building.functions import Fit, Group
from layers.planning.building.ground import Net
from layers.planning.building.lines import Line, street_source, zone_source
from layers.planning.building.reading import DENSITY, Street
from layers.planning.building.zones import Limits


def land_use_line(uses: Fit) -> Line:
    """What the land is registered for against what is planned."""
    outcome: Any = "cannot_decide" if uses.outcome == "cannot_decide" else "computed"
    return Line(
        "land_use", outcome, None if outcome == "cannot_decide" else uses.outcome, reason=uses.sentence
    )


def taken_line(net: Net, reserves: Mapping[int, Mapping[str, Any]], streets: Sequence[Street]) -> Line:
    """Its source is what takes most; the others have lines of their own."""
    if not net.takers:
        none = Text(
            "Không có đường quy hoạch đã nạp nào lấy vào thửa đất.",
            "No planned road that is loaded takes of the parcel.",
        )
        return Line("taken", "computed", 0.0, "m²", none)
    most = max(net.takers, key=lambda taker: taker.area_m2)
    if most.zone is not None:
        source = zone_source(reserves[most.zone])
    else:
        [day] = [street.source_date for street in streets if street.id == most.street]
        source = street_source(most.street or 0, day)
    told = Text(
        "Theo khu vực đường trong đồ án và bề rộng quy hoạch của đường; phần chồng nhau tính một lần.",
        "By zones of roads in the plans and by planned widths of streets; what they share is counted once.",
    )
    return Line("taken", "computed", net.taken_m2, "m²", told, source=source)


def built_lines(
    outline: BaseGeometry | None, capacity: Capacity, limits: Sequence[Limits], book: RuleBook
) -> list[Line]:
    """Outline, footprint and floor area; the table of densities is behind those of houses alone."""
    rule = book.look_up(DENSITY)
    houses = any(one.zone.group is Group.HOUSING for one in limits)
    by = rule if houses and isinstance(rule, Rule) else None
    if outline is None:
        why = Text("Chưa xác định được khoảng lùi trên mọi mặt tiền.", "Not every setback can be told.")
        room = Line("outline", "cannot_decide", None, "m²", why)
    else:
        why = Text(
            "Thửa đất trừ phần thuộc đường quy hoạch, khoảng lùi và phần không được quy hoạch để xây dựng; "
            "chưa trừ hành lang bảo vệ và khoảng cách tới công trình bên cạnh.",
            "The parcel without planned roads, setbacks and ground not planned for building; corridors and "
            "spacing to neighbours are not taken off.",
        )
        room = Line("outline", "computed", float(outline.area), "m²", why)
    return [
        room,
        _figure("footprint_max", capacity.footprint_m2, capacity.reason, by),
        _figure("floor_area_max", capacity.floor_area_m2, capacity.floors_reason, by),
    ]


def _figure(code: str, value: float | None, reason: Text, rule: Any) -> Line:
    if value is not None:
        return Line(code, "computed", value, "m²", reason, rule)
    return Line(code, "cannot_decide", None, "m²", reason)
