"""What the routes of filing take."""

from typing import Annotated, Any, Literal

from fastapi import Depends, Header, Response
from pydantic import Field, StrictInt

from api.cases.asking import PersonSaid, Told
from api.said import Words

Key = Annotated[
    str, Header(alias="X-Filing-Key", max_length=60, description="The key given when the case was filed.")
]
NO_FILING: dict[int | str, dict[str, Any]] = {
    404: {"description": "No filing has this code and this key; which of them is wrong is not told."}
}


class HelperSaid(Told):
    """Who files for the applicant, beside him."""

    name: Words = Field(
        min_length=1, max_length=200, description="Name, and the group or office the person helps for."
    )
    agreed: Literal["signed", "spoken"] = Field(
        description="How the applicant agreed: on a signed paper, or aloud before the one who helps."
    )


class FilingSaid(Told):
    """A case filed by a citizen. Its ward follows from the place of the feature."""

    workflow: Words = Field(min_length=1, max_length=40)
    feature: StrictInt | None = Field(None, ge=1, le=2**63 - 1, description="Id of the feature it is of.")
    place: Words | None = Field(
        None, min_length=1, max_length=300, description="How to find the ground; kept with the applicant."
    )
    details: dict[str, Words] = Field(default_factory=dict, max_length=20)
    applicant: PersonSaid
    helper: HelperSaid | None = None


async def unkept(response: Response) -> None:
    """What a key opens is kept by no cache."""
    response.headers["Cache-Control"] = "private, no-store"


Unkept = Depends(unkept)
