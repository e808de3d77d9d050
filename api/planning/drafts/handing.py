"""Drafts as they are handed in, worked anew and removed; each audited. Nothing in force is touched."""

import asyncio
import json
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response

from api.dependencies import CurrentDatabase, CurrentSettings
from api.parameters import Lang
from api.planning.drafts.access import MISSING, DraftId, Planner
from api.planning.drafts.asking import HowDraftIsRead, NewDraft
from etl.delivery.intake import uploads
from etl.drafts.entering import enter_draft, forget_file
from etl.drafts.jobs import queue_draft
from gis_platform.errors import Forbidden, Unavailable
from layers.planning.drafts import register
from layers.planning.drafts.words import NO_LEGAL_VALUE

router = APIRouter(prefix="/api/planning/drafts", tags=["planning drafts"])

_ENTERED: dict[int | str, dict[str, Any]] = {
    404: {"description": "No such upload."},
    409: {"description": "The upload is not whole."},
    422: {"description": "The file is not what its name says, or cannot be taken in; the upload is removed."},
    507: {"description": "The disk is full."},
}


@router.post("", status_code=202, responses=_ENTERED)
async def hand_in(
    request: Request,
    response: Response,
    body: NewDraft,
    caller: Planner,
    settings: CurrentSettings,
    database: CurrentDatabase,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Hand in an uploaded file as a draft: it is read and compared with what is in force.

    ``Location`` is where to watch it. The file is kept until the draft is removed; one that is refused for
    what it is, is not kept, and its upload is removed.
    """
    _require_work(request)
    if caller.account_id is None:
        raise Forbidden(
            "Drafts are uploaded by accounts.",
            detail_vi="Bản thảo do tài khoản tải lên. Hãy đăng nhập bằng tài khoản của mình.",
        )
    asked = json.loads(json.dumps(body.asked()))

    def take(file: Path) -> int:
        return enter_draft(database.logins.app, settings.data_dir, file, body.name, asked, caller)

    number = await asyncio.to_thread(
        uploads.hand_over, settings.data_dir, body.upload, caller.account_id, take
    )
    await queue_draft(request.app.state.jobs, number)
    response.headers["Location"] = f"{settings.address}/api/planning/drafts/{number}"
    return {"id": number, "state": "waiting", "notice": NO_LEGAL_VALUE.in_language(lang)}


@router.post("/{draft}/again", status_code=202, responses=MISSING | {409: {"description": "It is worked."}})
async def again(
    request: Request, draft: DraftId, body: HowDraftIsRead, caller: Planner, database: CurrentDatabase
) -> dict[str, Any]:
    """Read the kept file again, in another way where the body says one, and compare it with what is in force
    now."""
    _require_work(request)
    async with database.unit_of_work(caller) as work:
        await register.work_again(work, draft, json.loads(json.dumps(body.asked())))
    await queue_draft(request.app.state.jobs, draft)
    return {"id": draft, "state": "waiting"}


@router.delete("/{draft}", status_code=204, responses=MISSING)
async def take_back(
    draft: DraftId, caller: Planner, database: CurrentDatabase, settings: CurrentSettings
) -> None:
    """Remove it, its file and all that was worked out; work on it stops. Who uploaded it may, or an
    administrator."""
    async with database.unit_of_work(caller) as work:
        await register.remove(work, draft)
    await asyncio.to_thread(forget_file, settings.data_dir, draft)


def _require_work(request: Request) -> None:
    if request.app.state.jobs is None:
        raise Unavailable(
            "This server works nothing in the background (GIS_RUN_JOBS is false).",
            detail_vi="Máy chủ này không xử lý tệp tải lên. Hãy báo cho quản trị hệ thống (GIS_RUN_JOBS).",
        )
