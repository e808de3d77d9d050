"""The answer for found parcels, in three buckets that are never blurred: affected, not affected, no data."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.admin_units import CURRENT_GENERATION
from layers.planning.sources import sources_of
from layers.zoning import LAYER as ZONING
from layers.zoning import PLAN_LEVELS, THEMES

SQL = named_queries(__file__)

# Two maps never agree to the centimetre: less shared ground than this is a sliver, listed and not hidden.
TOLERANCE_M2 = 0.5

_DETAIL = {level: rank for rank, level in enumerate(PLAN_LEVELS)}

DISCLAIMER = Text(
    "Kết quả tra cứu chỉ có giá trị tham khảo, không thay cho văn bản cung cấp thông tin quy hoạch.",
    "This look-up is for reference only and does not replace a written planning statement.",
)


async def answer_for(work: UnitOfWork, ids: list[int], today: date, language: Language) -> dict[str, Any]:
    """Everything the plans say of the parcels; areas in m² of the working grid, shares of the parcel."""
    parcels = await work.rows(SQL["parcels"], ids=ids, generation=CURRENT_GENERATION)
    hits = await work.rows(SQL["hits"], ids=ids)
    coverage = await work.rows(SQL["coverage"], ids=ids)
    areas = {p["id"]: p["computed_area_m2"] for p in parcels}
    shown = [_hit(h, areas, coverage, language) for h in hits]
    affected = [h for h in shown if h["area_m2"] > TOLERANCE_M2]
    not_affected, no_data = _without_hit(areas, affected, coverage, language)
    return {
        "as_of": today.isoformat(),
        "synthetic": any(p.pop("synthetic") for p in parcels),
        "parcels": parcels,
        "affected": affected,
        "not_affected": not_affected,
        "no_data": no_data,
        "slivers": [h for h in shown if h["area_m2"] <= TOLERANCE_M2],
        "tolerance": {
            "area_m2": TOLERANCE_M2,
            "text": Text(
                "Phần giao nhỏ hơn 0,5 m² được coi là sai số bản đồ và liệt kê riêng.",
                "Shared ground under 0.5 m² is taken as map error and listed apart.",
            ).in_language(language),
        },
        "sources": await sources_of(work, parcels, affected, coverage, today, language),
        "disclaimer": DISCLAIMER.in_language(language),
    }


def _hit(
    row: dict[str, Any], areas: dict[int, float], coverage: list[Any], language: Language
) -> dict[str, Any]:
    hit = dict(row)
    plan = {
        "code": hit.pop("plan_code"),
        "name": hit.pop("plan_name"),
        "level": hit["plan_level"],
        "level_title": PLAN_LEVELS[hit.pop("plan_level")].in_language(language),
        "decision_no": hit.pop("decision_no"),
        "decision_date": hit.pop("decision_date"),
        "scale": hit.pop("scale"),
    }
    return {
        "parcel_id": hit.pop("parcel_id"),
        "layer": ZONING.name,
        "feature_id": hit.pop("feature_id"),
        "theme": hit["theme"],
        "theme_title": THEMES[hit.pop("theme")].in_language(language),
        "plan": plan,
        "governs": _governs(row, areas, coverage),
        "area_m2": round(hit.pop("area_m2"), 2),
        "share": round(min(hit.pop("share"), 1.0), 6),
        **hit,
    }


def _governs(hit: dict[str, Any], areas: dict[int, float], coverage: list[Any]) -> bool:
    """False where a more detailed plan treats the same theme over the whole parcel; all are shown anyway.

    That the detailed plan rules inside its boundary is normal practice, not read as text of a law.
    """
    return not any(
        c["parcel_id"] == hit["parcel_id"]
        and c["theme"] == hit["theme"]
        and _DETAIL[c["plan_level"]] < _DETAIL[hit["plan_level"]]
        and c["covered_m2"] >= areas[hit["parcel_id"]] - TOLERANCE_M2
        for c in coverage
    )


def _without_hit(
    areas: dict[int, float], affected: list[dict[str, Any]], coverage: list[Any], language: Language
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """For each parcel and theme: not affected where a plan looked at all of it, no data where none did."""
    touched = {(h["parcel_id"], h["theme"]) for h in affected}
    not_affected, no_data = [], []
    for parcel_id, area in areas.items():
        for theme, title in THEMES.items():
            plans = [c for c in coverage if c["parcel_id"] == parcel_id and c["theme"] == theme]
            line = {
                "parcel_id": parcel_id,
                "layer": ZONING.name,
                "theme": theme,
                "theme_title": title.in_language(language),
            }
            best = max((c["covered_m2"] for c in plans), default=0.0)
            if best < area - TOLERANCE_M2:
                reason = _no_data_reason(area - best, best > TOLERANCE_M2).in_language(language)
                no_data.append({**line, "uncovered_m2": round(area - best, 2), "reason": reason})
            elif (parcel_id, theme) not in touched:
                not_affected.append({**line, "checked_against": _names(plans)})
    return not_affected, no_data


def _names(plans: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(plan["plan_name"] for plan in plans))


def _no_data_reason(uncovered: float, partly: bool) -> Text:
    if partly:
        vi = f"{uncovered:.1f}".replace(".", ",")
        return Text(
            f"Chưa có dữ liệu quy hoạch cho {vi} m² của thửa đất.",
            f"No plan is loaded for {uncovered:.1f} m² of the parcel.",
        )
    return Text(
        "Hệ thống chưa có dữ liệu cho nội dung này tại thửa đất; không có nghĩa là không bị ảnh hưởng.",
        "Nothing is loaded for this theme here; this does not mean that the parcel is not affected.",
    )
