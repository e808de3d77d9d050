"""Reports of what the checks found, to take along."""

import asyncio
import tempfile
from pathlib import Path
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from api.deliveries.access import MISSING, Delivery, Steward
from api.dependencies import CurrentDatabase
from etl.delivery.checking import write_report
from etl.delivery.online.acting import acting_as
from gis_platform.access.caller import Caller
from gis_platform.access.scopes import require_scope

router = APIRouter(prefix="/api/deliveries", tags=["deliveries"])

_TYPES = {"gpkg": "application/geopackage+sqlite3", "csv": "text/csv; charset=utf-8"}
_BYTES = {"schema": {"type": "string", "format": "binary"}}


@router.get(
    "/{delivery}/report.{ending}",
    response_class=FileResponse,
    responses=MISSING | {200: {"content": {kind.partition(";")[0]: _BYTES for kind in _TYPES.values()}}},
)
async def report(
    delivery: Delivery, ending: Literal["gpkg", "csv"], caller: Steward, database: CurrentDatabase
) -> FileResponse:
    """What the checks found, feature by feature: a GeoPackage for QGIS, or a table."""
    require_scope(caller, "read", delivery["layer"])
    number = delivery["id"]
    folder = tempfile.TemporaryDirectory(prefix="gis-report-")
    path = Path(folder.name) / f"giao-nop-{number}.{ending}"
    try:
        await asyncio.to_thread(_write, database.logins.app, caller, number, path)
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(
        path, media_type=_TYPES[ending], filename=path.name, background=BackgroundTask(folder.cleanup)
    )


def _write(conninfo: str, caller: Caller, number: int, path: Path) -> None:
    with acting_as(conninfo, caller) as connection:
        write_report(connection, number, path)
