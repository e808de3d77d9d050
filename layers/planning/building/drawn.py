"""What a plan itself draws beside its roads: red line and building line, and the ground they keep
free. Metres."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from gis_platform.layer.text import Text
from gis_platform.vietnamese_numbers import format_number
from layers.planning.building.ground import Kept, Net
from layers.planning.building.lines import Line, zone_source
from layers.planning.building.reading import Street
from layers.planning.building.zones import Limits


class Faced(Protocol):
    """A street that is faced, and the line of its setback."""

    @property
    def street(self) -> Street: ...

    @property
    def setback(self) -> Line: ...


def between(hit: Mapping[str, Any]) -> float:
    """From red line to building line, which a plan gives from the centre of the road."""
    red, built = hit["red_line_m"], hit["building_line_m"]
    return max(0.0, float(built) - float(red)) if red is not None and built is not None else 0.0


def drawn_setback(street_id: int, net: Net, reserves: Mapping[int, Mapping[str, Any]]) -> Line | None:
    """The setback that a plan draws along a street: its reserve takes the ground that the street's
    width does."""
    strips = [taker.geometry for taker in net.takers if taker.street == street_id]
    if not strips:
        return None
    drawn = [
        taker.zone
        for taker in net.takers
        if taker.zone is not None and taker.geometry.intersection(strips[0]).area >= taker.area_m2 / 2
    ]
    zone = max(drawn, key=lambda one: between(reserves[one]), default=None)
    if zone is None:
        return None
    metres = between(reserves[zone])
    told = Text(
        f"Đồ án vẽ chỉ giới xây dựng cách chỉ giới đường đỏ {format_number(metres, 1)} m; lấy mức chặt hơn.",
        f"The plan draws its building line {metres:g} m behind the red line; the stricter holds.",
    )
    source = zone_source(reserves[zone])
    return Line("setback", "stated", metres, "m", told, source=source, zone=zone, street=street_id)


def kept_ground(
    fronts: Sequence[Faced], net: Net, reserves: Mapping[int, Mapping[str, Any]], limits: Sequence[Limits]
) -> tuple[list[Kept], list[Line]]:
    """What setbacks keep free, and the lines of the planned roads that a plan draws as zones."""
    kept = [
        Kept(float(front.setback.value), street=front.street)
        for front in fronts
        if isinstance(front.setback.value, float | int)
    ]
    lines: list[Line] = []
    stated = [one.zone.hit["setback_m"] or 0.0 for one in limits if one.zone.for_buildings]
    for taker in net.takers:
        if taker.zone is None:
            continue
        hit = reserves[taker.zone]
        source = zone_source(hit)
        for code in ("red_line", "building_line"):
            if hit[f"{code}_m"] is not None:
                lines.append(Line(code, "stated", hit[f"{code}_m"], "m", source=source, zone=taker.zone))
        metres = max([between(hit), *stated])
        kept.append(Kept(metres, strip=taker.geometry))
    return kept, lines
