"""Certificates of house numbers: made by officers, looked at by whoever holds the paper."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.dependencies import CurrentCity, CurrentSettings, Work
from api.guessing import not_guessed
from api.house_numbers.officers import Officer
from api.ogc.representations import html_page
from api.parameters import Lang
from api.planning_extract import PdfResponse
from api.said import Said, Words
from layers.numbering.certificates import certificate, certify
from layers.numbering.writing import house, require_unit
from web_map.certificate import certificate_pdf

router = APIRouter()

Code = Annotated[
    str, Path(min_length=1, max_length=40, description="Code on the paper, with or without hyphens.")
]
Form = Annotated[Literal["html", "json"], Query(description="html (if not given) or json.")]
_ID = Path(ge=1, le=2**63 - 1, description="Id of the house number.")
_MISSING: dict[int | str, dict[str, Any]] = {404: {"description": "There is none."}}


class NewPaper(Said):
    """A certificate of a number that is given."""

    model_config = ConfigDict(str_strip_whitespace=True)

    reason: Words | None = Field(
        None, min_length=5, max_length=1000, description="Why a new one, where one holds."
    )


@router.post(
    "/api/house-numbers/{number}/certificate",
    status_code=201,
    tags=["house numbers"],
    summary="Make the certificate of a house number",
    responses=_MISSING | {409: {"description": "The number is not given."}},
)
async def made(
    work: Work,
    city: CurrentCity,
    _: Officer,
    number: Annotated[int, _ID],
    body: NewPaper,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Make the paper of a number that is given; the one before holds no more, which needs a `reason`. Of one
    house never two hold. Audited.
    """
    row = await house(work, number, lang)
    require_unit(work.caller, row["unit_today"] or row["unit_code"], lang)
    code = await certify(work, number, synthetic=city.demo, language=lang, reason=body.reason)
    return await certificate(work, code, lang)


@router.get(
    "/api/house-numbers/certificates/{code}.pdf",
    response_class=PdfResponse,
    tags=["house numbers"],
    summary="A certificate as paper",
    responses=_MISSING,
)
async def printed(
    request: Request, work: Work, city: CurrentCity, settings: CurrentSettings, code: Code, lang: Lang = "vi"
) -> PdfResponse:
    """The paper as PDF/A-2b, with a QR code that leads to its state; what holds no more says so across it."""
    told = await not_guessed(request, lambda: certificate(work, code, lang))
    address = f"{settings.address}/so-nha/{told['code']}"
    pdf = await run_in_threadpool(certificate_pdf, told, city=city, address_of_status=address)
    headers = {
        "Content-Disposition": f'inline; filename="so-nha-{told["code"]}.pdf"',
        "Cache-Control": "no-cache",
    }
    return PdfResponse(pdf, headers=headers)


@router.get(
    "/api/house-numbers/certificates/{code}",
    tags=["house numbers"],
    summary="Whether a certificate holds",
    responses=_MISSING,
)
async def read(request: Request, work: Work, code: Code, lang: Lang = "vi") -> dict[str, Any]:
    """What the paper says and whether it holds; no person is named."""
    return await not_guessed(request, lambda: certificate(work, code, lang))


@router.get("/so-nha/{code}", tags=["house numbers"], summary="A certificate, for people", responses=_MISSING)
async def page(request: Request, work: Work, code: Code, lang: Lang = "vi", f: Form = "html") -> Response:
    """The same as a page, where the QR code of the paper leads."""
    told = await not_guessed(request, lambda: certificate(work, code, lang))
    if f == "json":
        return JSONResponse(_plain(told), headers={"Content-Language": lang})
    return html_page(request, "certificate", lang, document=told)


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in told.items()}
