"""What the plans say of many parcels: as the look-up says it of each, in as few questions as one."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language
from layers.planning.answer import SQL, without_hit
from layers.planning.answer_at import Overlay, overlay_of
from layers.planning.asking.question import Times
from layers.planning.building.building import street_sources
from layers.planning.building.parcel import Known, judge
from layers.planning.building.verdict import Tier
from layers.planning.sources import Known as KnownLayers
from layers.planning.sources import source_lines
from layers.planning.tolerance import tolerance_on


@dataclass(frozen=True, slots=True)
class Said:
    """What is told of one parcel in a table; ``plans`` govern its land function."""

    parcel: Mapping[str, Any]
    functions: tuple[str, ...]
    tier: Tier
    sentence: str
    plans: tuple[str, ...]


async def say_of(
    work: UnitOfWork, ids: Sequence[int], known: KnownLayers, today: date, language: Language
) -> dict[int, Said]:
    """By id; of the present, and by the rules of today."""
    if not ids:
        return {}
    overlay = await overlay_of(work, list(ids), Times(), SQL, today)
    # Geometry takes milliseconds a parcel: others are answered meanwhile.
    return await asyncio.to_thread(_judged, overlay, known, today, language)


def _judged(overlay: Overlay, known: KnownLayers, today: date, language: Language) -> dict[int, Said]:
    around, told = overlay.around, {}
    hits, coverage = _by_parcel(overlay.hits), _by_parcel(overlay.coverage)
    for parcel in overlay.parcels:
        which = parcel["id"]
        streets = around.streets.get(which, ())
        sources = [
            *source_lines([parcel], hits[which], coverage[which], known, today, language),
            *street_sources(streets, today, language),
        ]
        rests_on = Known(around.book, around.srid, sources)
        told[which] = _one(parcel, hits[which], coverage[which], rests_on, streets, language)
    return told


def _by_parcel(rows: Sequence[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row["parcel_id"]].append(row)
    return found


def _one(
    parcel: Any, hits: list[Any], coverage: list[Any], known: Known, streets: Any, language: Language
) -> Said:
    area = parcel["computed_area_m2"]
    affected = [hit for hit in hits if hit["area_m2"] > tolerance_on(area)]
    _, no_data = without_hit({parcel["id"]: area}, affected, coverage, language)
    gaps = {gap["theme"]: gap["theme_title"] for gap in no_data}
    judged = judge(parcel, affected, streets, gaps, known)
    governing = (
        f"{hit['plan_name']} ({hit['decision_no']})"
        for hit in affected
        if hit["governs"] and hit["theme"] == "land_function"
    )
    return Said(
        parcel=parcel,
        functions=judged.functions,
        tier=judged.verdict.tier,
        sentence=judged.verdict.sentence.in_language(language),
        plans=tuple(dict.fromkeys(governing)),
    )
