"""Which layers there are, and how old each is: overdue is an alarm, not a footnote."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter

from api.dependencies import CurrentCity, CurrentLayers, Work
from api.parameters import Lang
from gis_platform.layer.freshness import cycle_days, read_freshness

router = APIRouter(prefix="/api", tags=["layers"])


@router.get("/layers")
async def freshness(
    work: Work, layers: CurrentLayers, city: CurrentCity, lang: Lang = "vi"
) -> list[dict[str, Any]]:
    """The layers the caller may see, with the date and age of their oldest rows."""
    today = datetime.now(ZoneInfo(city.timezone)).date()
    lines = []
    for layer in layers.values():
        if work.caller.role not in layer.audience:
            continue
        known = await read_freshness(work.raw, layer)
        lines.append(
            {
                "id": layer.name,
                "title": layer.title.in_language(lang),
                "description": layer.description.in_language(lang),
                "source_date": known.oldest,
                "newest_source_date": known.newest,
                "age_days": known.age_days(today),
                "cycle_days": cycle_days(layer),
                "overdue": known.overdue(today),
                "synthetic": known.synthetic,
            }
        )
    return lines
