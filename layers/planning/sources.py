"""What an answer rests on: each source with its date, its age, and a warning past its cycle."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer import Cycle, Layer
from gis_platform.layer.freshness import Freshness, cycle_days, freshness_of, is_overdue
from gis_platform.layer.text import Language, Text
from gis_platform.vietnamese_numbers import format_date
from layers.parcels import LAYER as PARCELS
from layers.zoning import LAYER as ZONING

_CYCLES = {
    Cycle.LIVE: Text("liên tục", "live"),
    Cycle.MONTHLY: Text("hằng tháng", "monthly"),
    Cycle.QUARTERLY: Text("hằng quý", "quarterly"),
    Cycle.YEARLY: Text("hằng năm", "yearly"),
    Cycle.AS_DECIDED: Text("theo quyết định", "as decided"),
}


Known = Mapping[str, Freshness]
"""What is known of whole layers, by name."""

Used = list[tuple[Layer, Sequence[Any], Sequence[Any]]]


async def known_sources(work: UnitOfWork) -> Known:
    """What is known of the layers that every answer rests on."""
    return {layer.name: await freshness_of(work, layer) for layer in (PARCELS, ZONING)}


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
    unused = [layer for layer, dated, _ in _used(parcels, affected, coverage) if not dated]
    known = {layer.name: await freshness_of(work, layer) for layer in unused}
    return source_lines(parcels, affected, coverage, known, today, language)


def source_lines(
    parcels: Sequence[Any],
    affected: Sequence[Any],
    coverage: Sequence[Any],
    known: Known,
    today: date,
    language: Language,
) -> list[dict[str, Any]]:
    """The same, where those layers of which nothing was used are known already."""
    lines = []
    for layer, dated, rows in _used(parcels, affected, coverage):
        if dated:
            day, synthetic = min(row["source_date"] for row in dated), any(row["synthetic"] for row in rows)
        else:
            day, synthetic = known[layer.name].oldest, known[layer.name].synthetic
        lines.append(source_line(layer, day, synthetic, today, language))
    return lines


def _used(parcels: Sequence[Any], affected: Sequence[Any], coverage: Sequence[Any]) -> Used:
    """Each layer with the rows that date what was used of it, and all rows that were used."""
    return [(PARCELS, parcels, parcels), (ZONING, affected or coverage, [*affected, *coverage])]


def source_line(
    layer: Layer, day: date | None, synthetic: bool, today: date, language: Language
) -> dict[str, Any]:
    """One source: its oldest date, its age on ``today`` in days, and a warning where it is past its cycle."""
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
        f"{layer.title.vi}: dữ liệu cập nhật đến {format_date(day)} "
        f"({vi or 'chưa đến 1 tháng'} trước), đã quá chu kỳ cập nhật {cycle.vi}. "
        "Kết quả có thể không còn đúng.",
        f"{layer.title.en}: data as of {day.isoformat()} ({en or 'less than a month'} ago), "
        f"past the {cycle.en} cycle. The answer may no longer be right.",
    )
