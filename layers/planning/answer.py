"""The answer for found parcels, in three buckets that are never blurred: affected, not affected, no data."""

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

# What the answer takes for granted without having found it in the text of a law.
UNVERIFIED_RULES = {
    "detailed_plan_governs": Text(
        "Quy hoạch chi tiết hơn được ưu tiên theo thông lệ; chưa xác minh trong văn bản.",
        "The more detailed plan comes first, as is usual practice; not verified in a legal text.",
    )
}

DISCLAIMER = Text(
    "Kết quả tra cứu chỉ có giá trị tham khảo, không thay cho văn bản cung cấp thông tin quy hoạch.",
    "This look-up is for reference only and does not replace a written planning statement.",
)


async def answer_for(work: UnitOfWork, ids: list[int], today: date, language: Language) -> dict[str, Any]:
    """Everything the plans say of the parcels; areas in m² of the working grid, shares of the parcel."""
    parcels = await work.rows(SQL["parcels"], ids=ids, generation=CURRENT_GENERATION)
    hits = await work.rows(SQL["hits"], ids=ids, tolerance=TOLERANCE_M2, levels=list(PLAN_LEVELS))
    coverage = await work.rows(SQL["coverage"], ids=ids)
    areas = {p["id"]: p["computed_area_m2"] for p in parcels}
    affected = [h for h in hits if h["area_m2"] > _tolerance(areas[h["parcel_id"]])]
    sources = await sources_of(work, parcels, affected, coverage, today, language)
    synthetic = True in [row.pop("synthetic") for row in [*parcels, *hits, *coverage]]
    not_affected, no_data = _without_hit(areas, affected, coverage, language)
    return {
        "as_of": today.isoformat(),
        "synthetic": synthetic,
        "parcels": parcels,
        "affected": [_hit(hit, language) for hit in affected],
        "not_affected": not_affected,
        "no_data": no_data,
        "slivers": [_hit(hit, language) for hit in hits if hit not in affected],
        "tolerance": {
            "area_m2": TOLERANCE_M2,
            "text": Text(
                "Phần giao nhỏ hơn 0,5 m² (với thửa dưới 1 m²: nhỏ hơn nửa thửa) được coi là sai số bản đồ "
                "và liệt kê riêng.",
                "Shared ground under 0.5 m² (under half of a parcel of less than 1 m²) is taken as map error "
                "and listed apart.",
            ).in_language(language),
        },
        "rules": [
            {"code": code, "text": text.in_language(language), "verified": False}
            for code, text in UNVERIFIED_RULES.items()
        ],
        "sources": sources,
        "disclaimer": DISCLAIMER.in_language(language),
    }


def _tolerance(area: float) -> float:
    """The tolerance on ground of that size: never so large that all of a small parcel would be map error."""
    return min(TOLERANCE_M2, area / 2)


def _hit(row: dict[str, Any], language: Language) -> dict[str, Any]:
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
        "governs": hit.pop("governs"),
        "area_m2": round(hit.pop("area_m2"), 2),
        "share": round(min(hit.pop("share"), 1.0), 6),
        **hit,
    }


def _without_hit(
    areas: dict[int, float], affected: list[dict[str, Any]], coverage: list[Any], language: Language
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """For each parcel and theme: not affected where plans together looked at all of it, else no data."""
    touched = {(h["parcel_id"], h["theme"]) for h in affected}
    covered = {(c["parcel_id"], c["theme"]): c for c in coverage}
    not_affected, no_data = [], []
    for parcel_id, area in areas.items():
        for theme, title in THEMES.items():
            plans = covered.get((parcel_id, theme))
            line = {
                "parcel_id": parcel_id,
                "layer": ZONING.name,
                "theme": theme,
                "theme_title": title.in_language(language),
            }
            looked_at = plans["covered_m2"] if plans else 0.0
            if plans is None or looked_at < area - _tolerance(area):
                reason = _no_data_reason(area - looked_at, looked_at > _tolerance(area))
                uncovered = round(area - looked_at, 2)
                no_data.append({**line, "uncovered_m2": uncovered, "reason": reason.in_language(language)})
            elif (parcel_id, theme) not in touched:
                not_affected.append({**line, "checked_against": plans["plans"]})
    return not_affected, no_data


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
