"""The building of a case: handed in with its check, and read again."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from api.cases.asking import CHANGED, NO_CASE, CaseCode, Today
from api.dependencies import CurrentCity, Work
from api.parameters import Lang
from api.permits.check import Meant, Use
from api.permits.officers import Officer
from gis_platform.casework.case import Case, find_case, require_handles
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import NotFound
from gis_platform.layer.text import Language, Text
from layers.permits.submissions import hand_in, handed_in
from layers.permits.workflow import WORKFLOW
from layers.planning.asking.refusing import refusal

router = APIRouter(prefix="/api/permits/cases", tags=["permits"])

_OTHER_KIND = Text(
    "Đây không phải là hồ sơ giấy phép xây dựng.", "This is no application for a construction permit."
)


class OfACase(Meant):
    """A building for a case: its parcel, kind and use are those of the case."""

    use: Use | None = Field(None, description="May be left out; that of the case, else it is refused.")


@router.post("/{code}/building", status_code=201, summary="Hand in the building of a case", responses=CHANGED)
async def handed(
    work: Work, _: Officer, city: CurrentCity, today: Today, code: CaseCode, body: OfACase
) -> dict[str, Any]:
    """Keep a building for a case with the answer of its check. It may be handed in again as often as the plan
    changes, until it is proposed; each time is kept, and a decision rests on the last one.
    """
    await _of_a_permit(work, code, body.lang)
    return await hand_in(
        work,
        WORKFLOW,
        code,
        body.ground(city),
        floors=body.floors,
        height_m=body.height_m,
        use=body.use,
        today=today,
        language=body.lang,
    )


@router.get("/{code}/building", summary="The building of a case", responses=NO_CASE)
async def read(
    work: Work,
    _: Officer,
    code: CaseCode,
    submission: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="Number of an earlier one.")
    ] = None,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """The building handed in last, with the answer of its check as it was told then; for officers of the
    case's unit.
    """
    await _of_a_permit(work, code, lang)
    case = await find_case(work, code)
    require_handles(work, WORKFLOW.handlers, case)
    return await handed_in(work, case, submission, lang)


async def _of_a_permit(work: UnitOfWork, code: str, language: Language) -> None:
    require_of_a_permit(await find_case(work, code), language)


def require_of_a_permit(case: Case, language: Language) -> None:
    """Raises NotFound where the case is of another kind."""
    if case.workflow != WORKFLOW.name:
        raise refusal(NotFound, _OTHER_KIND, language, parameter="code")
