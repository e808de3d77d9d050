"""What the governing zones say of a parcel, held against the rules of the day; the stricter where
both speak."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.layer.text import Text
from gis_platform.rules import NotLoaded, Rule, RuleBook
from gis_platform.vietnamese_numbers import format_area, format_number
from layers.planning.building.density import DensityTable
from layers.planning.building.functions import NOT_FOR_BUILDINGS, Group, planned_group
from layers.planning.building.lines import Line, unit_text, zone_source
from layers.planning.building.reading import DENSITY, FAR, SMALL_LOT


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone of land function with the ground of the parcel on which it governs, in the working grid."""

    hit: Mapping[str, Any]
    ground: BaseGeometry

    @property
    def id(self) -> int:
        return int(self.hit["feature_id"])

    @property
    def group(self) -> Group | None:
        return planned_group(self.hit["function_code"])

    @property
    def for_buildings(self) -> bool:
        return self.group is not None and self.group not in NOT_FOR_BUILDINGS


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be built in one zone; None where it cannot be told. ``density`` is a share of 1."""

    zone: Zone
    density: float | None
    floors: int | None
    far: float | None
    height_m: float | None
    lines: tuple[Line, ...]

    @property
    def undecided(self) -> bool:
        """Whether anything that a building needs cannot be told."""
        return None in (self.density, self.floors)


def by_part(limits: Sequence[Limits], lot_m2: float) -> list[Line]:
    """The lines of all zones; where there are several, each says for which part of the parcel it holds."""
    if len(limits) < 2:
        return [line for one in limits for line in one.lines]
    return [replace(line, holds_for=_part(one.zone, lot_m2)) for one in limits for line in one.lines]


def idle_ground(limits: Sequence[Limits]) -> BaseGeometry:
    """Ground with a known function that is not for buildings; of one that nobody knows nothing is said."""
    idle = [one.zone.ground for one in limits if one.zone.group in NOT_FOR_BUILDINGS]
    return shapely.union_all(idle) if idle else shapely.Polygon()


def _part(zone: Zone, lot_m2: float) -> Text:
    area = float(zone.ground.area)
    name = str(zone.hit["function_name"] or zone.hit["function_code"] or zone.hit["title"])
    name = name[:1].lower() + name[1:]
    share = 100 * area / lot_m2
    return Text(
        f"chỉ trên {format_area(area)} ({format_number(share, 1)} %) của thửa đất, quy hoạch là {name}",
        f"only on {area:.1f} m² ({share:.1f} %) of the parcel, planned as {name}",
    )


def limits_of(zone: Zone, net_m2: float, book: RuleBook) -> Limits:
    """``net_m2`` is the whole lot without what roads take: the table asks for the lot, not for its part."""
    hit, source = zone.hit, zone_source(zone.hit)
    density, far = _density(zone, net_m2, book, source), _far(zone, book, source)
    rest = [
        _stated(zone, code, hit[column], unit, source)
        for code, column, unit in (
            ("floors_min", "floors_min", "floors"),
            ("floors_max", "floors_max", "floors"),
            ("height_max", "height_max_m", "m"),
            ("ground_level", "ground_level_m", "m"),
        )
        if code != "floors_min" or hit[column] is not None
    ]
    lines = (_function(zone, source), density, *_small_lot(zone, net_m2, book), far, *rest)
    return Limits(
        zone=zone,
        density=density.value / 100 if isinstance(density.value, float) else None,
        floors=hit["floors_max"],
        far=far.value if isinstance(far.value, float) else None,
        height_m=hit["height_max_m"],
        lines=lines,
    )


def _function(zone: Zone, source: Mapping[str, Any]) -> Line:
    name, code = zone.hit["function_name"], zone.hit["function_code"]
    told = f"{name} ({code})" if name and code else name or code
    reason = None if told else _unstated()
    outcome = "stated" if told else "cannot_decide"
    return Line("function", outcome, told, reason=reason, source=source, zone=zone.id)  # type: ignore[arg-type]


def _stated(zone: Zone, code: str, value: Any, unit: str, source: Mapping[str, Any]) -> Line:
    if value is None:
        return Line(code, "cannot_decide", unit=unit, reason=_unstated(), source=source, zone=zone.id)
    return Line(code, "stated", value, unit, source=source, zone=zone.id)


def _unstated() -> Text:
    return Text("Đồ án không nêu.", "The plan does not say.")


def _density(zone: Zone, net_m2: float, book: RuleBook, source: Mapping[str, Any]) -> Line:
    stated, unit = zone.hit["max_density_pct"], "%"
    if zone.group is not Group.HOUSING:
        return _without_rule(zone, "density_max", stated, unit, source)
    rule = book.look_up(DENSITY)
    if isinstance(rule, NotLoaded):
        return _not_loaded(zone, "density_max", stated, unit, source, rule)
    table = DensityTable.of(rule.value).at(net_m2)
    by_table = Text(
        f"{rule.document}, {rule.article}: {_short(table)}% cho lô đất {format_area(net_m2)}",
        f"{rule.document}, {rule.article}: {table:.4g} % on a lot of {net_m2:.1f} m²",
    )
    if stated is None:
        why = Text(f"Đồ án không nêu; {by_table.vi}.", f"The plan does not say; {by_table.en}.")
        return Line("density_max", "computed", table, unit, why, rule, source, zone.id)
    return _stricter(zone, "density_max", float(stated), table, unit, by_table, rule, source)


def _far(zone: Zone, book: RuleBook, source: Mapping[str, Any]) -> Line:
    stated, unit = zone.hit["far_max"], "times"
    if zone.group is not Group.HOUSING:
        return _without_rule(zone, "far_max", stated, unit, source)
    rule = book.look_up(FAR)
    if isinstance(rule, NotLoaded):
        return _not_loaded(zone, "far_max", stated, unit, source, rule)
    most = float(rule.value["far_max"])
    by_rule = Text(
        f"{rule.document}, {rule.article}: không quá {format_number(most)} lần",
        f"{rule.document}, {rule.article}: at most {most:g}",
    )
    if stated is None:
        why = Text(f"Đồ án không nêu; {by_rule.vi}.", f"The plan does not say; {by_rule.en}.")
        return Line("far_max", "computed", most, unit, why, rule, source, zone.id)
    return _stricter(zone, "far_max", float(stated), most, unit, by_rule, rule, source)


def _stricter(
    zone: Zone, code: str, stated: float, ruled: float, unit: str, by_rule: Text, rule: Rule, source: Any
) -> Line:
    """Both speak: the smaller holds, and the reason says which that is."""
    plan_holds = stated <= ruled
    why = Text(
        f"Đồ án: {_measured(stated, unit)}; {by_rule.vi}; lấy mức chặt hơn, là mức của "
        f"{'đồ án' if plan_holds else 'quy chuẩn'}.",
        f"Plan: {stated:g} {unit_text(unit).en}; {by_rule.en}; the stricter holds, which is the "
        f"{'plan' if plan_holds else 'rule'}.",
    )
    outcome: Any = "stated" if plan_holds else "computed"
    return Line(code, outcome, min(stated, ruled), unit, why, rule, source, zone.id, stated=stated)


def _without_rule(zone: Zone, code: str, stated: Any, unit: str, source: Mapping[str, Any]) -> Line:
    if stated is None:
        return _stated(zone, code, None, unit, source)
    why = Text(
        "Mức của đồ án; bảng của quy chuẩn cho loại công trình này chưa được nạp.",
        "As the plan states; the table of the rules for such buildings is not loaded.",
    )
    return Line(code, "stated", float(stated), unit, why, None, source, zone.id)


def _not_loaded(
    zone: Zone, code: str, stated: Any, unit: str, source: Mapping[str, Any], rule: NotLoaded
) -> Line:
    plan_vi = f"; đồ án nêu {_measured(stated, unit)}" if stated is not None else ""
    plan_en = f"; the plan says {stated:g} {unit_text(unit).en}" if stated is not None else ""
    why = Text(
        f"Không xác định được: {rule.reason.vi}{plan_vi}.", f"Cannot be told: {rule.reason.en}{plan_en}."
    )
    return Line(code, "cannot_decide", None, unit, why, None, source, zone.id, stated=stated)


def _short(value: float) -> str:
    """At most two decimals, and none where they are nothing: 87,32 and 70."""
    written = format_number(value, 2)
    return written.rstrip("0").rstrip(",")


def _measured(value: float, unit: str) -> str:
    """A figure with its unit as Vietnamese people write it: 60% and 12 m."""
    return f"{_short(value)}%" if unit == "%" else f"{_short(value)} {unit_text(unit).vi}".rstrip()


def _small_lot(zone: Zone, net_m2: float, book: RuleBook) -> Iterator[Line]:
    """What may lift the density, where the data cannot tell whether it does: no figure uses it."""
    rule = book.look_up(SMALL_LOT)
    if zone.group is not Group.HOUSING or isinstance(rule, NotLoaded):
        return
    value = rule.value
    if net_m2 > value["lot_m2_max"]:
        return
    why = Text(
        f"Nhà cao không quá {_short(value['height_m_max'])} m trên lô đất không quá "
        f"{_short(value['lot_m2_max'])} m² trong khu vực hiện hữu có thể đạt "
        f"{_short(value['density_pct'])}% nếu bảo đảm khoảng lùi và khoảng cách; hệ thống chưa "
        "có ranh giới khu vực hiện hữu nên không tính.",
        f"A house of at most {value['height_m_max']} m on a lot of at most {value['lot_m2_max']} m² in "
        "an existing "
        f"area may reach {value['density_pct']} % where setback and spacing are respected; which areas "
        "are existing "
        "ones is not loaded, so it is not counted.",
    )
    yield Line("density_small_lot", "cannot_decide", None, "%", why, rule, None, zone.id)
