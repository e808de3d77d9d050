"""The last reading of a water station: never a bare number, always with its time and its quality."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path

from api.dependencies import Work
from api.parameters import Lang
from gis_platform.errors import NotFound
from gis_platform.layer.freshness import read_freshness
from layers.sensors import LAYER, latest_readings

router = APIRouter(prefix="/api/sensors", tags=["sensors"])


@router.get("/{code}/latest")
async def latest(work: Work, code: Annotated[str, Path(max_length=40)], lang: Lang = "vi") -> dict[str, Any]:
    """The newest value of each observed property, how old it is and whether it can be trusted."""
    readings = await latest_readings(work, code, datetime.now(UTC), lang)
    if readings is None:
        raise NotFound(f"There is no station {code!r}.", parameter="code")
    known = await read_freshness(work.raw, LAYER)
    return {"code": code, "synthetic": known.synthetic, "readings": readings}
