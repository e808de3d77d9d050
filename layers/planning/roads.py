"""The planned widths of streets in the three buckets: what they take is a hit like that of a zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gis_platform.layer.text import Language, Text
from gis_platform.vietnamese_numbers import format_number
from layers.planning.building.ground import Taken
from layers.planning.building.parcel import Judged
from layers.planning.building.reading import Street
from layers.planning.building.roads import Roads, unplanned_text
from layers.streets import LAYER as STREETS
from layers.zoning import LAYER as ZONING
from layers.zoning import THEMES

_THEME = "road_reserve"
_UNSTATED = (
    "function_code", "function_name", "max_density_pct", "floors_min", "floors_max", "height_max_m",
    "far_max", "building_line_m", "setback_m", "ground_level_m", "legal_basis",
)  # fmt: skip

Lines = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class RoadBuckets:
    """Hits of streets, and the two other buckets of all themes with what streets change in them."""

    affected: Lines
    slivers: Lines
    not_affected: Lines
    no_data: Lines


def road_buckets(
    judged: Sequence[Judged], not_affected: Lines, no_data: Lines, language: Language
) -> RoadBuckets:
    """``not_affected`` and ``no_data`` are those of the plans; what ``judged`` cut up is not cut up again."""
    roads = {one.parcel_id: one.roads for one in judged}
    taken = {parcel for parcel, of in roads.items() if of.taking}
    unsure = {parcel: of for parcel, of in roads.items() if of.unplanned}
    kept = [
        line
        for line in not_affected
        if line["theme"] != _THEME or (line["parcel_id"] not in taken and line["parcel_id"] not in unsure)
    ]
    return RoadBuckets(
        affected=_hits(roads, "taking", language),
        slivers=[hit for hit in _hits(roads, "slight", language) if hit["area_m2"] > 0],
        not_affected=kept,
        no_data=by_parcel(*_unsure(no_data, unsure, language)),
    )


def by_parcel(lines: Lines, more: Lines) -> Lines:
    """Both, each parcel's together."""
    return sorted([*lines, *more], key=lambda line: int(line["parcel_id"]))


def _unsure(no_data: Lines, unsure: dict[int, Roads], language: Language) -> tuple[Lines, Lines]:
    """A theme that plans did not look at either is told once, with both reasons."""
    told, told_of = [], set()
    for line in no_data:
        of = unsure.get(line["parcel_id"]) if line["theme"] == _THEME else None
        if of is not None:
            told_of.add(line["parcel_id"])
            line = {**line, "reason": f"{line['reason']} {_reason(of).in_language(language)}"}
        told.append(line)
    more = [
        {
            "parcel_id": parcel,
            "layer": ZONING.name,
            "theme": _THEME,
            "theme_title": THEMES[_THEME].in_language(language),
            "uncovered_m2": 0.0,
            "reason": _reason(of).in_language(language),
        }
        for parcel, of in unsure.items()
        if parcel not in told_of
    ]
    return told, more


def _reason(of: Roads) -> Text:
    why = unplanned_text(of.unplanned)
    return Text(
        f"{why.vi[:1].upper()}{why.vi[1:]} cạnh thửa đất; không có nghĩa là không bị ảnh hưởng.",
        f"{why.en[:1].upper()}{why.en[1:]}; this does not mean that the parcel is not affected.",
    )


def _hits(roads: dict[int, Roads], which: str, language: Language) -> Lines:
    return [
        _hit(parcel, street, taken, of.lot_m2, language)
        for parcel, of in roads.items()
        for street, taken in getattr(of, which)
    ]


def _hit(parcel: int, street: Street, taken: Taken, lot_m2: float, language: Language) -> dict[str, Any]:
    width = street.planned_width_m or 0.0
    name = Text(street.name or "Đường chưa có tên", street.name or "Street without a name")
    vi, en = format_number(width, 1), f"{width:g}"
    title = Text(f"{name.vi}, bề rộng quy hoạch {vi} m", f"{name.en}, planned width {en} m")
    basis = Text(
        f"Bề rộng quy hoạch {vi} m ghi trong dữ liệu {STREETS.title.vi.lower()}, tính đều về hai phía tim "
        "đường; dữ liệu không ghi đồ án và số quyết định.",
        f"The planned width of {en} m in the data of {STREETS.title.en.lower()}, to both sides of the centre "
        "line alike; the data names no plan and no decision.",
    )
    return {
        "parcel_id": parcel,
        "layer": STREETS.name,
        "feature_id": street.id,
        "theme": _THEME,
        "theme_title": THEMES[_THEME].in_language(language),
        "plan": None,
        "governs": True,
        "area_m2": round(taken.area_m2, 2),
        "share": round(min(taken.area_m2 / lot_m2, 1.0), 6),
        "title": title.in_language(language),
        **dict.fromkeys(_UNSTATED),
        "red_line_m": round(width / 2, 3),
        "source_date": street.source_date,
        "basis": basis.in_language(language),
    }
