"""The answer for found parcels, in three buckets that are never blurred: affected, not affected, no data."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.answer_at import overlay_of
from layers.planning.asking.question import Ground, Times
from layers.planning.building import building_for
from layers.planning.building.reading import Surroundings
from layers.planning.roads import by_parcel, road_buckets
from layers.planning.site import ground_of, site_of
from layers.planning.sources import sources_of
from layers.planning.tolerance import TOLERANCE_M2, tolerance_on
from layers.zoning import LAYER as ZONING
from layers.zoning import PLAN_LEVELS, THEMES

SQL = named_queries(__file__)

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


async def answer_for(
    work: UnitOfWork,
    ids: list[int],
    today: date,
    language: Language,
    *,
    times: Times | None = None,
    ground: Ground | None = None,
) -> dict[str, Any]:
    """Everything the plans say of the parcels; areas in m² of the working grid, shares of the parcel.

    ``times`` asks for another day than ``today``, or for what was known earlier; ``ground`` is what was
    drawn.
    """
    when = times or Times()
    laid = await overlaid(work, ids, today, language, when)
    parcels, hits, affected, no_data = laid.parcels, laid.hits, laid.affected, laid.no_data
    building = building_for(
        parcels, affected, laid.around, language, today=today, no_data=no_data, sources=laid.sources
    )
    roads = road_buckets(building.judged, laid.not_affected, no_data, language)
    for row in parcels:
        del row["wkb"]
    for row in hits:
        del row["ground"]
    return {
        "as_of": (when.as_of or today).isoformat(),
        "known_at": when.known_at.isoformat() if when.known_at else None,
        "synthetic": laid.synthetic or any(source["synthetic"] for source in building.sources),
        "site": await site_of(work, parcels, when),
        **({"ground": await ground_of(work, ground, ids, when)} if ground is not None else {}),
        "parcels": parcels,
        "affected": by_parcel([_hit(hit, language) for hit in affected], roads.affected),
        "not_affected": roads.not_affected,
        "no_data": roads.no_data,
        "slivers": by_parcel([_hit(hit, language) for hit in hits if hit not in affected], roads.slivers),
        "tolerance": {
            "area_m2": TOLERANCE_M2,
            "text": Text(
                "Phần giao nhỏ hơn 0,5 m² (với thửa dưới 1 m²: nhỏ hơn nửa thửa) được coi là sai số bản đồ "
                "và liệt kê riêng.",
                "Shared ground under 0.5 m² (under half of a parcel of less than 1 m²) is taken as map error "
                "and listed apart.",
            ).in_language(language),
        },
        "building": building.entries,
        "verdict": building.verdict,
        "rules": [
            *(
                {"code": code, "text": text.in_language(language), "verified": False}
                for code, text in UNVERIFIED_RULES.items()
            ),
            *building.rules,
        ],
        "sources": [*laid.sources, *building.sources],
        "disclaimer": DISCLAIMER.in_language(language),
    }


@dataclass(frozen=True, slots=True)
class Laid:
    """The plans laid over parcels. Rows are those of the queries: ``wkb`` of a parcel and ``ground`` of a hit
    are in the working grid. ``affected`` are the hits without slivers.
    """

    parcels: list[Any]
    hits: list[Any]
    affected: list[Any]
    not_affected: list[dict[str, Any]]
    no_data: list[dict[str, Any]]
    around: Surroundings
    sources: list[dict[str, Any]]
    synthetic: bool


async def overlaid(work: UnitOfWork, ids: list[int], today: date, language: Language, times: Times) -> Laid:
    """What touches the parcels on the day asked about, in three buckets, and what that rests on."""
    overlay = await overlay_of(work, ids, times, SQL, times.as_of or today)
    parcels, hits, coverage = overlay.parcels, overlay.hits, overlay.coverage
    areas = {p["id"]: p["computed_area_m2"] for p in parcels}
    affected = [h for h in hits if h["area_m2"] > tolerance_on(areas[h["parcel_id"]])]
    sources = await sources_of(work, parcels, affected, coverage, today, language)
    synthetic = True in [row.pop("synthetic") for row in [*parcels, *hits, *coverage]]
    buckets = without_hit(areas, affected, coverage, language)
    return Laid(parcels, hits, affected, *buckets, overlay.around, sources, synthetic)


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


def without_hit(
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
            if plans is None or looked_at < area - tolerance_on(area):
                reason = _no_data_reason(area - looked_at, looked_at > tolerance_on(area))
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
