"""Deliveries as they are handed in and decided. Whoever is second gets a 409, and what is said is audited."""

import asyncio
import json
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from api.deliveries.access import CLASHES, Delivery, Steward
from api.deliveries.asking import Approval, ChangeDecision, Mapping, NewDelivery, Note, Nothing
from api.dependencies import CurrentCity, CurrentDatabase, CurrentLayers, CurrentSettings
from etl.delivery.intake import uploads
from etl.delivery.online import deciding
from etl.delivery.online.entering import enter_upload
from etl.delivery.online.jobs import queue_delivery
from etl.delivery.reading_back.register import read_delivery
from etl.delivery.recognise.saved import checked_mapping
from gis_platform.access.caller import Caller
from gis_platform.access.scopes import require_scope
from gis_platform.errors import BadParameter, Forbidden, Unavailable

router = APIRouter(prefix="/api/deliveries", tags=["deliveries"])

_ENTERED: dict[int | str, dict[str, Any]] = {
    404: {"description": "No such upload."},
    409: {"description": "The upload is not whole, or the very file is here already."},
    422: {"description": "The file is not what its name says, or cannot be taken in; the upload is removed."},
    507: {"description": "The disk is full."},
}


@router.post("", status_code=202, responses=_ENTERED)
async def hand_in(
    request: Request,
    response: Response,
    body: NewDelivery,
    caller: Steward,
    layers: CurrentLayers,
    city: CurrentCity,
    settings: CurrentSettings,
    database: CurrentDatabase,
) -> dict[str, Any]:
    """Hand in an uploaded file for a layer; it is checked and compared, and then waits for a word."""
    _require_work(request)
    if body.layer not in layers or caller.role not in layers[body.layer].audience:
        raise BadParameter(
            f"There is no layer {body.layer!r}.",
            parameter="layer",
            detail_vi=f"Không có lớp dữ liệu “{body.layer}”. Hãy chọn một lớp trong danh sách.",
        )
    require_scope(caller, "write", body.layer)
    if body.source_date > city.today():
        raise BadParameter(
            "The source's date lies after today.",
            parameter="source_date",
            detail_vi="Ngày của số liệu nằm sau hôm nay. Hãy kiểm tra lại ngày.",
        )
    unknown = sorted(set(body.scope) - set(layers[body.layer].scope))
    if unknown:
        known = ", ".join(layers[body.layer].scope) or "nothing"
        raise BadParameter(
            f"{body.layer} can be replaced by {known}, not {unknown[0]!r}.",
            parameter="scope",
            detail_vi=f"Lớp {body.layer} chỉ thay thế được theo {known}, không theo “{unknown[0]}”.",
        )
    account = _account(caller)

    def take(file: FilePath) -> int:
        return enter_upload(database.logins.app, settings.data_dir, body.request(file, caller.actor), caller)

    number = await asyncio.to_thread(uploads.hand_over, settings.data_dir, body.upload, account, take)
    await queue_delivery(request.app.state.jobs, number)
    response.headers["Location"] = f"{settings.address}/api/deliveries/{number}"
    return {"id": number, "status": "received"}


@router.post("/{delivery}/approve", status_code=202, responses=CLASHES)
async def approve(
    request: Request, delivery: Delivery, body: Approval, caller: Steward, database: CurrentDatabase
) -> dict[str, Any]:
    """Say yes to all of it or to parts; each comes into force in one transaction, when it is its turn."""
    _require_work(request)
    require_scope(caller, "write", delivery["layer"])
    number = delivery["id"]
    parts = None if body.parts is None else tuple(body.parts)
    async with database.unit_of_work(caller) as work:
        await deciding.approve(work, number, parts, body.note or None, accept_doubtful=body.accept_doubtful)
    await queue_delivery(request.app.state.jobs, number)
    return {"id": number, "status": "approved"}


@router.post("/{delivery}/reject", responses=CLASHES)
async def reject(
    request: Request, delivery: Delivery, body: Note, caller: Steward, database: CurrentDatabase
) -> dict[str, Any]:
    """Say no: nothing of it that is not applied yet ever will be."""
    _require_work(request)
    require_scope(caller, "write", delivery["layer"])
    async with database.unit_of_work(caller) as work:
        await deciding.reject(work, delivery["id"], body.note)
        row = await read_delivery(work, delivery["id"])
    await queue_delivery(request.app.state.jobs, delivery["id"])
    return {"id": delivery["id"], "status": row["status"] if row else "rejected"}


@router.post("/{delivery}/mapping", status_code=202, responses=CLASHES)
async def read_anew(
    request: Request,
    delivery: Delivery,
    body: Mapping,
    caller: Steward,
    layers: CurrentLayers,
    database: CurrentDatabase,
) -> dict[str, Any]:
    """Read the file in another way, and remember it for its source where that is wanted."""
    _require_work(request)
    require_scope(caller, "write", delivery["layer"])
    asked = body.asked()
    kept = {name: value for name, value in asked.items() if name != "override_crs"}
    mapping = checked_mapping(layers[delivery["layer"]], kept)
    remembered = mapping.model_dump_json(exclude_none=True) if body.remember else None
    async with database.unit_of_work(caller) as work:
        await deciding.prepare_anew(work, delivery["id"], json.loads(json.dumps(asked)), remembered)
    await queue_delivery(request.app.state.jobs, delivery["id"])
    return {"id": delivery["id"], "status": "received"}


@router.post("/{delivery}/resume", status_code=202, responses=CLASHES)
async def resume(
    request: Request, delivery: Delivery, body: Nothing, caller: Steward, database: CurrentDatabase
) -> dict[str, Any]:
    """Go on with what broke off, from the file that was kept."""
    del body
    _require_work(request)
    require_scope(caller, "write", delivery["layer"])
    async with database.unit_of_work(caller) as work:
        await deciding.resume(work, delivery["id"])
    await queue_delivery(request.app.state.jobs, delivery["id"])
    return {"id": delivery["id"]}


@router.post("/{delivery}/rollback", status_code=202, responses=CLASHES)
async def roll_back(
    request: Request, delivery: Delivery, body: Note, caller: Steward, database: CurrentDatabase
) -> dict[str, Any]:
    """Undo what is in force of it, as a new version with a number of its own; nothing is deleted."""
    _require_work(request)
    require_scope(caller, "write", delivery["layer"])
    async with database.unit_of_work(caller) as work:
        number = await deciding.ask_rollback(work, delivery["id"], body.note)
    await queue_delivery(request.app.state.jobs, number)
    return {"id": delivery["id"], "rollback": number}


@router.post("/{delivery}/changes/{number}/decision", status_code=204, responses=CLASHES)
async def decide_change(
    delivery: Delivery,
    number: Annotated[int, Path(ge=1, le=2**63 - 1, description="Number of the change.")],
    body: ChangeDecision,
    caller: Steward,
    database: CurrentDatabase,
) -> None:
    """Say of a doubtful change whether it is as proposed or two different things, with its whole group."""
    require_scope(caller, "write", delivery["layer"])
    async with database.unit_of_work(caller) as work:
        await deciding.decide_change(work, delivery["id"], number, body.decision, body.instead_of)


def _require_work(request: Request) -> None:
    if request.app.state.jobs is None:
        raise Unavailable("This server works no deliveries (GIS_RUN_JOBS is false).", retry_after=60)


def _account(caller: Caller) -> int:
    if caller.account_id is None:
        raise Forbidden("Files are handed in by accounts.")
    return caller.account_id
