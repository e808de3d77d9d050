"""Filing a case without a sign-in, and what the key given then opens."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.requests import ClientDisconnect

from api.cases.asking import CaseCode, Documents, Now, Ways
from api.dependencies import CurrentCaller, CurrentCity, CurrentDatabase, CurrentSettings, Work
from api.filings.asking import NO_FILING, FilingSaid, Key, Unkept
from api.filings.bounds import bound_filings, bound_papers
from api.guessing import not_guessed
from api.parameters import Lang
from gis_platform.casework.case import require_open
from gis_platform.casework.filed_documents import add_filed, require_applicants_kind, require_room
from gis_platform.casework.filing import (
    file_case,
    hold_filing,
    open_filing,
    require_may_add,
    require_online,
    tell_complete,
)
from gis_platform.casework.filing_told import filing_told, service_told
from gis_platform.casework.listing import known_workflow
from gis_platform.casework.opening import Applicant, NewCase
from gis_platform.casework.reading import workflow_of
from gis_platform.casework.registry import installed_workflows
from gis_platform.errors import BadParameter
from layers.filing import ground_of
from web_map.extract.qr import qr_svg

router = APIRouter(prefix="/api/filings", tags=["filings"])

_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_REFUSED: dict[int | str, dict[str, Any]] = NO_FILING | {
    409: {"description": "No papers are taken now, or the filing is full."},
    413: {"description": "The file holds more than a paper of its kind may."},
    415: {"description": "None of the forms that are taken; the content decides, not the name."},
}


@router.get("")
async def services(settings: CurrentSettings, lang: Lang = "vi") -> dict[str, Any]:
    """The services that citizens file for themselves: what a form asks, and which papers belong to each."""
    online = [one for one in installed_workflows().values() if one.online]
    return {"services": [service_told(one, lang, settings.document_max_mb) for one in online]}


@router.post(
    "",
    status_code=201,
    dependencies=[Unkept],
    responses={404: {"description": "No such feature."}, 409: {"description": "No ward is known there."}},
)
async def filed(
    request: Request,
    work: Work,
    caller: CurrentCaller,
    city: CurrentCity,
    settings: CurrentSettings,
    now: Now,
    ways: Ways,
    body: FilingSaid,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """File a case; `key` is given this once, and opens the filing to whoever holds it."""
    workflow = known_workflow(body.workflow)
    if workflow is None:
        raise TypeError("a body without a workflow is refused before")
    require_online(workflow)
    ground = await ground_of(work, workflow, body.feature, lang)
    helper = body.helper
    new = NewCase(
        unit_code=ground.unit_code,
        place=ground.place[:300],
        applicant=Applicant(
            **body.applicant.model_dump(),
            helped_by=helper.name if helper else None,
            agreed=helper.agreed if helper else None,
            place_words=body.place,
        ),
        channel="online",
        feature=ground.feature,
        details=body.details,
        synthetic=city.demo,
    )
    # Counted before anything is written.
    bound_filings(request, caller, lang)
    filing = await file_case(work, workflow, new, now, ways)
    code = filing.case.shown
    return {
        "code": code,
        "key": filing.key,
        "received_on": filing.received_on,
        "due_on": filing.due_on,
        "clocks": [
            {
                "title": workflow.clock(one.name).title.in_language(lang),
                "due_on": one.due_on,
                "rule": one.rule.get(lang),
            }
            for one in filing.clocks
        ],
        "unit": {"code": ground.unit_code, "name": ground.unit_name},
        "place": filing.case.place,
        "tracking": f"{settings.address}/ho-so/{code}",
        # The part behind # reaches no server, and stands in no log.
        "qr": qr_svg(f"{settings.address}/nop-ho-so#ma={code}&khoa={filing.key}"),
    }


@router.get("/{code}", dependencies=[Unkept], responses=NO_FILING)
async def opened(
    request: Request, work: Work, settings: CurrentSettings, code: CaseCode, key: Key, lang: Lang = "vi"
) -> dict[str, Any]:
    """A filing for who holds its key: where it is, what is asked, the papers added, what came of it."""
    case = await not_guessed(request, lambda: open_filing(work, code, key))
    told = await filing_told(work, case, workflow_of(case), lang, settings.filing_max_mb)
    return told | {"tracking": f"{settings.address}/ho-so/{case.shown}"}


@router.post(
    "/{code}/documents", status_code=201, dependencies=[Unkept], responses=_REFUSED, openapi_extra=_BODY
)
async def added(
    request: Request,
    caller: CurrentCaller,
    database: CurrentDatabase,
    settings: CurrentSettings,
    shelf: Documents,
    code: CaseCode,
    key: Key,
    kind: Annotated[str, Query(min_length=1, max_length=40, description="A kind of the case's workflow.")],
    name: Annotated[str, Query(min_length=1, max_length=300, description="Name of the file.")],
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Add a paper while the case is not taken up, or waits for the applicant; the body is the file itself."""
    most_mb = settings.filing_max_mb
    # Looked at before the bytes come, and again when they are here: a slow line holds no transaction open.
    async with database.unit_of_work(caller) as work:
        case = await not_guessed(request, lambda: open_filing(work, code, key))
        workflow = workflow_of(case)
        require_may_add(workflow, case)
        most = require_applicants_kind(workflow, kind)
        room = await require_room(work, case, most_mb)
    bound_papers(request, caller, lang)
    try:
        kept = await shelf.take(request.stream(), min(most, room.size))
    except ClientDisconnect:
        raise BadParameter(
            "The line broke before the file was whole.",
            parameter="body",
            detail_vi="Đường truyền bị ngắt khi tệp chưa gửi xong. Hãy gửi lại tệp.",
        ) from None
    async with database.unit_of_work(caller) as work:
        held = await hold_filing(work, code, key)
        require_open(held)
        require_may_add(workflow, held)
        await add_filed(work, workflow, held, kind, name, kept, most_mb)
    return {"kind": kind, "media_type": kept.media_type, "size_bytes": kept.size, "sha256": kept.sha256.hex()}


@router.post(
    "/{code}/complete",
    dependencies=[Unkept],
    responses=NO_FILING | {409: {"description": "Nothing is asked of the applicant now."}},
)
async def completed(
    request: Request, work: Work, settings: CurrentSettings, code: CaseCode, key: Key, lang: Lang = "vi"
) -> dict[str, Any]:
    """Say that all that was asked for is there: noted and told to the officers; the case is moved by them."""
    case = await not_guessed(request, lambda: tell_complete(work, code, key))
    return await filing_told(work, case, workflow_of(case), lang, settings.filing_max_mb)
