"""The list of plans."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.dependencies import CurrentCity, Work
from api.parameters import Lang
from api.planning.asked import read_times
from layers.planning.asking.beginning import PLANS, before_the_data
from layers.planning.plans import plans_on

router = APIRouter(prefix="/api/planning", tags=["planning"])


@router.get("/plans", summary="The plans in force on a day")
async def plans(
    work: Work,
    city: CurrentCity,
    as_of: Annotated[str | None, Query(max_length=10, description="The day asked about; else today.")] = None,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Each plan whose zones hold on the day, the most detailed first: level, decision, scale, number of
    zones and the box around them. Of a day before the data there are none: ``notices`` says so, and
    ``begins`` is the first day with data.
    """
    times = read_times({"as_of": as_of}, lang)
    day = times.as_of or city.today()
    found = await plans_on(work, day, datetime.now(UTC), lang)
    before = None if found else await before_the_data(work, times, PLANS)
    return {
        "as_of": day,
        "plans": found,
        "notices": [before.told.in_language(lang)] if before else [],
        **({"begins": before.begins} if before else {}),
    }
