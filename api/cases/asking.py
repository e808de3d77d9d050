"""What the routes of cases take: codes, bodies, and the moment it is in the city."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import Depends, Path, Request
from pydantic import ConfigDict, Field, StrictBool, StrictInt

from api.dependencies import CurrentCaller, CurrentCity, CurrentSettings
from api.said import Said, Words
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.casework.documents import Shelf
from gis_platform.casework.post import Post
from gis_platform.clock.now import Clock, civil_date
from gis_platform.errors import SignInNeeded

CaseCode = Annotated[
    str, Path(min_length=1, max_length=40, description="Code of the case, with or without hyphens.")
]
NO_CASE: dict[int | str, dict[str, Any]] = {404: {"description": "No such case for this role."}}
CHANGED: dict[int | str, dict[str, Any]] = NO_CASE | {
    409: {"description": "Changed since, not where the move begins, or something is missing."}
}


class Told(Said):
    """A body whose texts are taken without the blanks around them."""

    model_config = ConfigDict(str_strip_whitespace=True)


class PersonSaid(Told):
    """Who applies, and how he is reached."""

    name: Words = Field(min_length=1, max_length=200)
    id_number: Words | None = Field(None, min_length=1, max_length=20)
    phone: Words | None = Field(None, min_length=1, max_length=30)
    email: Words | None = Field(None, max_length=200, pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+$")
    address: Words | None = Field(None, min_length=1, max_length=300)
    consent: StrictBool = Field(False, description="Agreed to being written to by e-mail about the case.")


class ApplicantSaid(PersonSaid):
    """The same at the counter, with who filed for him."""

    helped_by: Words | None = Field(
        None, min_length=1, max_length=200, description="Who files for the applicant."
    )
    agreed: Literal["signed", "spoken"] | None = Field(
        None, description="How the applicant agreed to that: on a signed paper, or aloud at the desk."
    )


class CaseSaid(Told):
    """A case to take in."""

    workflow: Words = Field(min_length=1, max_length=40)
    unit_code: Words = Field(min_length=1, max_length=20, pattern=r"^[^*]+$")
    place: Words = Field(min_length=1, max_length=300, description="Parcel and sheet, or address, in words.")
    feature: StrictInt | None = Field(None, ge=1, le=2**63 - 1, description="Id of the feature it is about.")
    details: dict[str, Words] = Field(default_factory=dict, max_length=20)
    applicant: ApplicantSaid
    channel: str = Field("counter", pattern=r"^(counter|online)$")


class MoveSaid(Told):
    """A move, of the version that was seen."""

    move: Words = Field(min_length=1, max_length=40)
    version: StrictInt = Field(ge=1, le=2**31 - 1)
    reason: Words | None = Field(
        None, max_length=500, description="Every reader may know it; the applicant too."
    )
    note: Words | None = Field(None, max_length=4000, description="For colleagues of the unit.")
    confirm_subject_version: Words | None = Field(None, max_length=60)
    given: dict[str, Words] = Field(
        default_factory=dict, max_length=20, description="What the move asks for, by name."
    )


class EachCase(Told):
    """One of many cases."""

    code: Words = Field(min_length=1, max_length=40)
    version: StrictInt = Field(ge=1, le=2**31 - 1)


class NoteSaid(Told):
    """A note."""

    words: Words = Field(min_length=1, max_length=4000)


class AssignmentSaid(Told):
    """Who is to work on it: a username, or nobody."""

    version: StrictInt = Field(ge=1, le=2**31 - 1)
    to: Words | None = Field(None, min_length=1, max_length=100)


def staff(caller: CurrentCaller) -> Caller:
    """Raises SignInNeeded for the public: it follows a case by its code."""
    if not caller.signed_in or caller.role is Role.PUBLIC:
        raise SignInNeeded(
            "Cases are for staff. Sign in; whoever has a case's code follows it under /ho-so.",
            detail_vi="Hồ sơ chỉ dành cho cán bộ. Người nộp theo dõi hồ sơ bằng mã trên giấy hẹn.",
        )
    return caller


def now_of(request: Request) -> datetime:
    """The present moment, by the application's clock."""
    clock: Clock = request.app.state.clock
    return clock.now()


def today_of(request: Request, city: CurrentCity) -> date:
    """The civil day in the city, by the application's clock."""
    return civil_date(now_of(request), ZoneInfo(city.timezone))


def post_of(settings: CurrentSettings) -> Post:
    """Which ways out there are."""
    return Post.of(settings, tracking_of(settings))


def tracking_of(settings: CurrentSettings) -> str:
    """The address that a case's code is put behind, for people."""
    return f"{settings.address}/ho-so/"


def shelf_of(settings: CurrentSettings) -> Shelf:
    """Where documents lie."""
    return Shelf.of(settings.data_dir, settings.document_max_mb)


Staff = Annotated[Caller, Depends(staff)]
Now = Annotated[datetime, Depends(now_of)]
Today = Annotated[date, Depends(today_of)]
Ways = Annotated[Post, Depends(post_of)]
Tracking = Annotated[str, Depends(tracking_of)]
Documents = Annotated[Shelf, Depends(shelf_of)]
