"""Signing a kept answer: from then on it is a statement of planning information."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import ConfigDict, Field

from api.answers.opening import MISSING, AnswerId
from api.answers.told import receipt
from api.dependencies import CurrentCaller, CurrentCity, CurrentSettings, Work
from api.parameters import Lang
from api.said import Said, Words
from gis_platform.access.caller import Caller
from gis_platform.errors import Forbidden, SignInNeeded
from layers.planning.kept import open_kept
from layers.planning.kept.duties import SIGNERS
from layers.planning.kept.remarks import waiting_for
from layers.planning.kept.signing import next_number, sign, why_not

router = APIRouter(prefix="/api/planning/answers", tags=["planning"])


class Signature(Said):
    """Who signs, as it is to stand on the paper."""

    model_config = ConfigDict(str_strip_whitespace=True)

    officer: Words = Field(min_length=1, max_length=100, description="Name and post.")
    office: Words = Field(min_length=1, max_length=200, description="The agency that answers for it.")
    remarks_seen: int = Field(
        0,
        ge=0,
        le=1000,
        strict=True,
        description="So many open remarks on it the signer has seen and signs all the same.",
    )


def _planner(caller: CurrentCaller) -> Caller:
    if not caller.signed_in:
        raise SignInNeeded(
            "Statements are signed by planners. Sign in as one.",
            detail_vi="Văn bản cung cấp thông tin do cán bộ quản lý đô thị ký. Hãy đăng nhập.",
        )
    if caller.role not in SIGNERS or caller.key is not None:
        raise Forbidden(
            "Statements of planning information are signed by planners, in person.",
            detail_vi="Chỉ cán bộ quản lý đô thị, bằng tài khoản của chính mình, được ký văn bản cung cấp "
            "thông tin.",
        )
    return caller


@router.get("/{answer_id}/statement", responses=MISSING)
async def ready(
    work: Work,
    city: CurrentCity,
    response: Response,
    caller: Annotated[Caller, Depends(_planner)],
    answer_id: AnswerId,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Whether the answer can be signed, and what a signer should know: the number it would get, how many
    remarks on it are open, who signed it already (`statement`).
    """
    response.headers["Cache-Control"] = "private, no-store"
    kept = await open_kept(work, answer_id, lang)
    fault = await why_not(work, kept, city, lang)
    return {
        "may_sign": fault is None,
        "why_not": fault and fault.detail,
        "number": await next_number(work, city) if fault is None else None,
        "open_remarks": await waiting_for(work, answer_id),
        "officer": caller.display_name or caller.username,
        "statement": kept.statement,
    }


@router.post(
    "/{answer_id}/statement",
    status_code=201,
    responses=MISSING
    | {409: {"description": "Signed already, not of today, or remarks are open (`open_remarks`)."}},
)
async def signed(
    work: Work,
    city: CurrentCity,
    settings: CurrentSettings,
    _: Annotated[Caller, Depends(_planner)],
    answer_id: AnswerId,
    body: Signature,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Sign an answer of today under the next number of the year; it can be signed once and never again."""
    kept = await sign(
        work,
        answer_id,
        officer=body.officer,
        office=body.office,
        city=city,
        language=lang,
        remarks_seen=body.remarks_seen,
    )
    return receipt(kept, settings.address)
