"""What an answer rests on: each source with its date, its age, and a warning past its cycle."""

from datetime import date
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer import Cycle, Layer
from gis_platform.layer.freshness import cycle_days, is_overdue, read_freshness
from gis_platform.layer.text import Language, Text
from layers.parcels import LAYER as PARCELS
from layers.zoning import LAYER as ZONING

_CYCLES = {
    Cycle.LIVE: Text("liên tục", "live"),
    Cycle.MONTHLY: Text("hằng tháng", "monthly"),
    Cycle.QUARTERLY: Text("hằng quý", "quarterly"),
    Cycle.YEARLY: Text("hằng năm", "yearly"),
    Cycle.AS_DECIDED: Text("theo quyết định", "as decided"),
}


async def sources_of(
    work: UnitOfWork,
    parcels: list[Any],
    affected: list[Any],
    coverage: list[Any],
    today: date,
    language: Language,
) -> list[dict[str, Any]]:
    """The oldest date among what was used of each layer, and whether any of it is synthetic.

    Where nothing of a layer was used, what is known of the whole layer.
    """
    lines = []
    for layer, dated, rows in (
        (PARCELS, parcels, parcels),
        (ZONING, affected or coverage, [*affected, *coverage]),
    ):
        known = await read_freshness(work.raw, layer)
        day = min((row["source_date"] for row in dated), default=known.oldest)
        synthetic = any(row["synthetic"] for row in rows) if rows else known.synthetic
        lines.append(_line(layer, day, synthetic, today, language))
    return lines


def _line(layer: Layer, day: date | None, synthetic: bool, today: date, language: Language) -> dict[str, Any]:
    overdue = is_overdue(layer, day, today)
    return {
        "layer": layer.name,
        "title": layer.title.in_language(language),
        "source_date": day.isoformat() if day else None,
        "age_days": (today - day).days if day else None,
        "cycle_days": cycle_days(layer),
        "overdue": overdue,
        "synthetic": synthetic,
        "warning": _warning(layer, day, today).in_language(language) if overdue and day else None,
    }


def _warning(layer: Layer, day: date, today: date) -> Text:
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    years, rest = divmod(months, 12)
    vi = " ".join(part for part in (f"{years} năm" if years else "", f"{rest} tháng" if rest else "") if part)
    en = " ".join(
        part for part in (f"{years} years" if years else "", f"{rest} months" if rest else "") if part
    )
    cycle = _CYCLES[layer.cycle]
    return Text(
        f"{layer.title.vi}: dữ liệu cập nhật đến {day.day}/{day.month}/{day.year} "
        f"({vi or 'chưa đến 1 tháng'} trước), đã quá chu kỳ cập nhật {cycle.vi}. "
        "Kết quả có thể không còn đúng.",
        f"{layer.title.en}: data as of {day.isoformat()} ({en or 'less than a month'} ago), "
        f"past the {cycle.en} cycle. The answer may no longer be right.",
    )
