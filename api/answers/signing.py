"""Signing a kept answer: from then on it is a statement of planning information."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import ConfigDict, Field

from api.answers.opening import MISSING, AnswerId
from api.answers.told import receipt
from api.dependencies import CurrentCaller, CurrentCity, CurrentSettings, Work
from api.parameters import Lang
from api.said import Said, Words
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.errors import Forbidden, SignInNeeded
from layers.planning.kept.signing import sign

router = APIRouter(prefix="/api/planning/answers", tags=["planning"])

SIGNERS = frozenset({Role.PLANNER, Role.ADMIN})


class Signature(Said):
    """Who signs, as it is to stand on the paper."""

    model_config = ConfigDict(str_strip_whitespace=True)

    officer: Words = Field(min_length=1, max_length=100, description="Name and post.")
    office: Words = Field(min_length=1, max_length=200, description="The agency that answers for it.")


def _planner(caller: CurrentCaller) -> Caller:
    if not caller.signed_in:
        raise SignInNeeded("Statements are signed by planners. Sign in as one.")
    if caller.role not in SIGNERS or caller.key is not None:
        raise Forbidden("Statements of planning information are signed by planners, in person.")
    return caller


@router.post(
    "/{answer_id}/statement",
    status_code=201,
    responses=MISSING | {409: {"description": "Signed already, or not an answer of today."}},
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
    kept = await sign(work, answer_id, officer=body.officer, office=body.office, city=city, language=lang)
    return receipt(kept, settings.address)
