"""What a draft would change as a file to take along."""

import asyncio
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from api.dependencies import CurrentCity, CurrentDatabase, CurrentSettings
from api.parameters import Lang
from api.planning.drafts.access import NOT_DONE, Compared, Planner
from etl.drafts.entering import drafts_folder
from etl.drafts.exporting import write_csv, write_geopackage
from etl.drafts.template import write_template

router = APIRouter(prefix="/api/planning/drafts", tags=["planning drafts"])

_CSV, _GPKG = "text/csv", "application/geopackage+sqlite3"
_BYTES = {"schema": {"type": "string", "format": "binary"}}


def _file(media_type: str) -> dict[int | str, dict[str, Any]]:
    return NOT_DONE | {200: {"description": "The file.", "content": {media_type: _BYTES}}}


@router.get(
    "/template.gpkg",
    response_class=FileResponse,
    responses={200: {"description": "The file.", "content": {_GPKG: _BYTES}}},
)
async def template(
    _: Planner, city: CurrentCity, settings: CurrentSettings, lang: Lang = "vi"
) -> FileResponse:
    """A small file with the columns that are read, an example in each; its zones are to be replaced."""
    write = partial(write_template, city=city, language=lang)
    return await _made(settings.data_dir, "mau", ".gpkg", _GPKG, write)


@router.get("/{draft}/effects.csv", response_class=FileResponse, responses=_file(_CSV))
async def as_csv(
    draft: Compared,
    caller: Planner,
    settings: CurrentSettings,
    database: CurrentDatabase,
    lang: Lang = "vi",
) -> FileResponse:
    """All pieces of parcels as a table, UTF-8 with a byte order mark; each line says that it is a draft."""
    write = partial(write_csv, database.logins.app, caller, draft["id"], language=lang)
    return await _made(settings.data_dir, draft["id"], ".csv", f"{_CSV}; charset=utf-8", write)


@router.get("/{draft}/effects.gpkg", response_class=FileResponse, responses=_file(_GPKG))
async def as_geopackage(
    draft: Compared,
    caller: Planner,
    city: CurrentCity,
    settings: CurrentSettings,
    database: CurrentDatabase,
    lang: Lang = "vi",
) -> FileResponse:
    """``parcels`` and ``zones`` with shapes in the working grid, tables ``pieces`` and ``cases``."""
    write = partial(
        write_geopackage, database.logins.app, caller, draft["id"], language=lang, srid=city.working_srid
    )
    return await _made(settings.data_dir, draft["id"], ".gpkg", _GPKG, write)


async def _made(
    data_dir: Path, draft: int | str, suffix: str, media_type: str, write: Callable[[Path], None]
) -> FileResponse:
    """Written beside the drafts, sent, and gone."""

    def make() -> Path:
        folder = drafts_folder(data_dir)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".export-", suffix=suffix, dir=folder)
        os.close(handle)
        path = Path(name)
        path.unlink()  # GDAL makes its files itself
        try:
            write(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path

    path = await asyncio.to_thread(make)
    return FileResponse(
        path,
        media_type=media_type,
        filename=f"ban-thao-{draft}{suffix}",
        headers={"Cache-Control": "private, no-store"},
        background=BackgroundTask(path.unlink, missing_ok=True),
    )
