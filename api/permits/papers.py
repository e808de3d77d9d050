"""Papers of permits: looked at by whoever holds one."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.cases.asking import Today
from api.dependencies import CurrentCity, CurrentSettings, Work
from api.guessing import not_guessed
from api.ogc.representations import html_page
from api.parameters import Lang
from api.permits.officers import Officer
from api.planning_extract import PdfResponse
from api.said import Words
from layers.permits.papers import paper, signer_of
from web_map.permit import permit_pdf

router = APIRouter()

Code = Annotated[
    str, Path(min_length=1, max_length=40, description="Code on the paper, with or without hyphens.")
]
Form = Annotated[Literal["html", "json"], Query(description="html (if not given) or json.")]
_MISSING: dict[int | str, dict[str, Any]] = {404: {"description": "There is none."}}


@router.get(
    "/api/permits/papers/{code}.pdf",
    response_class=PdfResponse,
    tags=["permits"],
    summary="A permit as paper",
    responses=_MISSING,
)
async def printed(
    request: Request,
    work: Work,
    city: CurrentCity,
    settings: CurrentSettings,
    today: Today,
    code: Code,
    lang: Lang = "vi",
) -> PdfResponse:
    """The paper as PDF/A-2b, with a drawing of lot and building and a QR code that leads to its state; what
    holds no more says so across it. It names no person.
    """
    told = await not_guessed(request, lambda: paper(work, code, today, lang))
    address = f"{settings.address}/giay-phep/{told['code']}"
    pdf = await run_in_threadpool(permit_pdf, told, city=city, address_of_status=address)
    headers = {
        "Content-Disposition": f'inline; filename="giay-phep-{told["code"]}.pdf"',
        "Cache-Control": "no-cache",
    }
    return PdfResponse(pdf, headers=headers)


@router.get(
    "/api/permits/papers/{code}/signer",
    tags=["permits"],
    summary="Who signed a permit",
    responses=_MISSING,
)
async def signer(
    work: Work,
    _: Officer,
    code: Code,
    reason: Annotated[Words, Query(min_length=5, max_length=200, description="What it is needed for.")],
    lang: Lang = "vi",
) -> dict[str, Any]:
    """The name of who signed: for permit officers, each look is audited."""
    return {"signer": await signer_of(work, code, reason, lang)}


@router.get(
    "/api/permits/papers/{code}", tags=["permits"], summary="Whether a permit holds", responses=_MISSING
)
async def read(request: Request, work: Work, today: Today, code: Code, lang: Lang = "vi") -> dict[str, Any]:
    """What the paper says, and whether it is `valid`, `superseded`, `expired` or `revoked`; no person is
    named.
    """
    return await not_guessed(request, lambda: paper(work, code, today, lang))


@router.get("/giay-phep/{code}", tags=["permits"], summary="A permit, for people", responses=_MISSING)
async def page(
    request: Request, work: Work, today: Today, code: Code, lang: Lang = "vi", f: Form = "html"
) -> Response:
    """The same as a page, where the QR code of the paper leads."""
    told = await not_guessed(request, lambda: paper(work, code, today, lang))
    if f == "json":
        return JSONResponse(_plain(told), headers={"Content-Language": lang})
    return html_page(request, "permit", lang, document=told)


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in told.items()}
