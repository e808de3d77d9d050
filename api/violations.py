"""Violations in numbers: sums for everyone, cases for no one here."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from api.dependencies import Work
from api.parameters import parse_date
from gis_platform.errors import BadParameter
from gis_platform.layer.freshness import rests_on_synthetic
from layers.violations import LAYER, summarise

router = APIRouter(prefix="/api/violations", tags=["violations"])


@router.get("/summary")
async def summary(
    work: Work,
    stream: Annotated[Literal["traffic", "urban_order"], Query(description="Which of the two streams.")],
    from_: Annotated[str, Query(alias="from", max_length=40, description="First day, in the city's time.")],
    to: Annotated[str, Query(max_length=40, description="Last day, itself included.")],
) -> dict[str, Any]:
    """How many cases came in within a period, and how far they had come by its end."""
    first, last = parse_date(from_, "from"), parse_date(to, "to")
    if first > last:
        raise BadParameter("from must not be after to.", parameter="from")
    counts = await summarise(work, stream, first, last)
    synthetic = await rests_on_synthetic(work.raw, LAYER)
    return {
        "stream": stream,
        "from": first.isoformat(),
        "to": last.isoformat(),
        **counts,
        "synthetic": synthetic,
    }
