"""Is it alive, is it ready, how does it do: for the machines that look after it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST

from api.dependencies import CurrentDatabase, CurrentSettings, city_of
from api.problems import problem_response
from gis_platform.city import City
from gis_platform.database.readiness import why_not_ready
from gis_platform.errors import Unavailable

router = APIRouter(tags=["operations"])


@router.get("/healthz", response_class=PlainTextResponse)
async def healthz() -> str:
    """The process answers; says nothing of the database."""
    return "ok"


@router.get("/readyz")
async def readyz(
    request: Request,
    database: CurrentDatabase,
    settings: CurrentSettings,
    city: Annotated[City, Depends(city_of)],
) -> Response:
    """200 once the database is migrated and loaded; 503 says what is missing."""
    async with database.app_connection() as connection:
        missing = await why_not_ready(connection, settings, city)
    if missing:
        return problem_response(request, Unavailable(" ".join(missing), retry_after=5))
    return JSONResponse({"status": "ready", "city": city.name})


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(request: Request) -> Response:
    """Counters and timings as Prometheus reads them."""
    return Response(request.app.state.metrics.text(), media_type=CONTENT_TYPE_LATEST)
