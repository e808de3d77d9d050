"""Consultations: who is asked about a case, and what they answered."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import Field, StrictInt

from api.cases.asking import CHANGED, CaseCode, Staff, Today, Told
from api.dependencies import Work
from api.parameters import Lang
from api.said import Words
from gis_platform.casework.case import find_case
from gis_platform.casework.consulting import Answer, Answered, Question, ask, take_answer
from gis_platform.casework.reading import whole_case, workflow_of

router = APIRouter(prefix="/api/cases", tags=["cases"])

Number = Annotated[int, Path(ge=1, le=2**63 - 1, description="Its `id`, as the case tells it.")]


class QuestionSaid(Told):
    """A body to ask, of the version that was seen."""

    body: Words = Field(min_length=1, max_length=200, description="The body, by its name; no person's.")
    question: Words = Field(min_length=1, max_length=4000, description="For who handles the case.")
    version: StrictInt = Field(ge=1, le=2**31 - 1)


class AnswerSaid(Told):
    """What a body answered."""

    answer: Answer
    words: Words | None = Field(
        None, max_length=4000, description="Needed with conditions or an objection; for who handles the case."
    )
    answered_on: date | None = Field(None, description="The day it came, where that is not today.")


@router.post("/{code}/consultations", status_code=201, responses=CHANGED)
async def asked(
    work: Work, _: Staff, today: Today, code: CaseCode, body: QuestionSaid, lang: Lang = "vi"
) -> dict[str, Any]:
    """Ask a body what it thinks; silence past the due day reads as consent. The case as it is then."""
    workflow = workflow_of(await find_case(work, code))
    case = await ask(work, workflow, code, Question(**body.model_dump()), today)
    return await whole_case(work, case.code, today, lang)


@router.post("/{code}/consultations/{consultation}/answer", responses=CHANGED)
async def answered(
    work: Work,
    _: Staff,
    today: Today,
    code: CaseCode,
    consultation: Number,
    body: AnswerSaid,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Write down what a body answered, once; what came late is taken and told as late."""
    workflow = workflow_of(await find_case(work, code))
    given = Answered(**body.model_dump())
    case = await take_answer(work, workflow, code, consultation, given, today)
    return await whole_case(work, case.code, today, lang)
