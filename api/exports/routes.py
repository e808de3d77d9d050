"""Exports as jobs: ask, watch, fetch, remove."""

import asyncio
import shutil
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import FileResponse

from api.dependencies import CurrentCaller, CurrentCity, CurrentDatabase, CurrentLayers, CurrentSettings
from api.exports.asking import WantedExport, of_this_moment
from api.exports.downloading import download
from api.exports.told import ExportState, state_of
from api.exports.understanding import selection_of
from api.ogc.access import layer_for
from api.ogc.formats import NAMES
from api.ogc.items_files import content_type
from etl.exporting.forms import FORMS
from etl.exporting.jobs import exports_folder, queue_export
from etl.exporting.register import Export, admit, find, remove
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.access.scopes import require_scope
from gis_platform.access.throttle import network
from gis_platform.audit.record import record, record_on
from gis_platform.database.pools import SQL as POOLS
from gis_platform.database.pools import Database
from gis_platform.errors import BadParameter, Conflict, NotFound, Unavailable
from gis_platform.layer.declaration import Layer

router = APIRouter(prefix="/api/exports", tags=["exports"])

ExportId = Annotated[
    str, Path(max_length=64, description="What the answer to the asking named; nobody can guess it.")
]
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file.",
        "content": {form.media_type: _BYTES for form in FORMS.values()},
    },
    206: {
        "description": "The piece of it that Range asks for.",
        "content": {form.media_type: _BYTES for form in FORMS.values()},
    },
    304: {"description": "The client has it already (If-None-Match)."},
    409: {"description": "It is not made yet, or failed."},
    416: {"description": "The file has no such piece."},
}


@router.post(
    "",
    status_code=202,
    response_model_exclude_none=True,
    responses={404: {"description": "No such collection."}, 429: {"description": "Too many."}},
)
async def ask(
    request: Request,
    response: Response,
    body: WantedExport,
    caller: CurrentCaller,
    layers: CurrentLayers,
    city: CurrentCity,
    database: CurrentDatabase,
    settings: CurrentSettings,
) -> ExportState:
    """Ask for a file of every row that fits; ``Location`` is where to watch it. It is kept for 24 hours."""
    jobs = request.app.state.jobs
    if jobs is None:
        raise Unavailable(
            "This server makes no files in the background (GIS_RUN_JOBS is false).",
            detail_vi="Máy chủ này không tạo tệp xuất. Hãy báo cho quản trị hệ thống (GIS_RUN_JOBS).",
        )
    form = NAMES.get(body.format.lower())
    if form not in FORMS:
        raise BadParameter(
            f"format must be one of {', '.join(FORMS)}.",
            parameter="format",
            detail_vi=f"Định dạng phải là một trong: {', '.join(FORMS)}.",
        )
    layer = layer_for(layers, body.collection, caller)
    asked = of_this_moment(body.asked(), layer, city)
    shown = {p.name for p in selection_of(asked, layer, caller.role, city).shown}
    place = network(request.client.host if request.client else "")
    async with database.app_connection() as connection:
        export_id = await admit(connection, caller, place, layer.name, form, asked)
        personal = _personal(layer, caller)
        if "filter" not in asked:
            personal &= shown
        # A filter may ask of a person though the file shows nobody: which rows come out is the answer.
        if personal:
            acting = {"role": caller.role.database_role, "actor": caller.actor, "unit": ""}
            await connection.execute(POOLS["act_as"].text.encode(), acting)
            told = {"properties": sorted(personal), "asked": {**asked, "filter": "…"}, "format": form}
            await record_on(connection, "personal-data.export", layer.name, told)
    await queue_export(jobs, export_id)
    export = await _known(database, caller, export_id)
    response.headers["Location"] = f"{settings.address}/api/exports/{export_id}"
    response.headers["Retry-After"] = "2"
    return state_of(export, settings.address)


@router.get("/{export_id}", response_model_exclude_none=True)
async def watch(
    export_id: ExportId,
    response: Response,
    caller: CurrentCaller,
    database: CurrentDatabase,
    settings: CurrentSettings,
) -> ExportState:
    """How far it is: waiting, running with rows and percent, done with size and sum, or why it failed."""
    export = await _known(database, caller, export_id)
    response.headers["Cache-Control"] = "no-store"
    if export.state in ("waiting", "running"):
        response.headers["Retry-After"] = "2"
    return state_of(export, settings.address)


@router.get("/{export_id}/file", response_class=FileResponse, responses=_FILE)
async def fetch(
    request: Request,
    export_id: ExportId,
    caller: CurrentCaller,
    layers: CurrentLayers,
    database: CurrentDatabase,
    settings: CurrentSettings,
) -> Response:
    """The file, whole or from where a download broke off (``Range``, ``If-Range`` with its ``ETag``)."""
    export = await _known(database, caller, export_id)
    if export.state != "done" or export.file_name is None or export.sha256 is None:
        raise Conflict(
            f"The file is not there: the export is {export.state}. See /api/exports/{export_id}.",
            detail_vi=f"Tệp chưa có. Hãy xem tình trạng tại /api/exports/{export_id} rồi tải khi đã xong.",
        )
    path = _folder(settings.data_dir, export) / export.file_name
    if not await asyncio.to_thread(path.is_file):
        raise NotFound("The file is gone; ask for it again.", parameter="export_id")
    if export.account_id is not None:
        layer = layer_for(layers, export.collection, caller)
        personal = _personal(layer, caller)
        if personal:
            async with database.unit_of_work(caller) as work:
                told = {"properties": sorted(personal), "export": export.id[:6]}
                await record(work, "personal-data.read", f"{layer.name}/export", told)
    return download(request, path, export.sha256, export.size_bytes or 0, content_type(FORMS[export.format]))


@router.delete("/{export_id}", status_code=204)
async def take_back(
    export_id: ExportId, caller: CurrentCaller, database: CurrentDatabase, settings: CurrentSettings
) -> None:
    """Remove it and its file; work on it stops."""
    export = await _known(database, caller, export_id)
    async with database.app_connection() as connection:
        await remove(connection, export.id)
    # Of one that is worked on, the worker clears up when it next looks.
    if export.state in ("done", "failed"):
        await asyncio.to_thread(shutil.rmtree, _folder(settings.data_dir, export), ignore_errors=True)


async def _known(database: Database, caller: Caller, export_id: str) -> Export:
    async with database.app_connection() as connection:
        export = await find(connection, export_id)
    if export is None or not export.belongs_to(caller):
        raise NotFound(
            "There is no such export: it was removed, has expired after 24 hours, or is another account's.",
            parameter="export_id",
        )
    # One account may have several keys, and each sees its own layers only.
    require_scope(caller, "read", export.collection)
    return export


def _folder(data_dir: FilePath, export: Export) -> FilePath:
    return exports_folder(data_dir) / export.id


def _personal(layer: Layer, caller: Caller) -> set[str]:
    """Names of the personal data of the layer that the caller sees."""
    if caller.role is Role.PUBLIC:
        return set()
    return {p.name for p in layer.personal if caller.role in p.audience}
