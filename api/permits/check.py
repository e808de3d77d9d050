"""The automatic check of a building, open to everybody before anything is filed."""

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field, StrictFloat, StrictInt, StrictStr

from api.dependencies import CurrentCity, Work
from api.planning.reading import LONGEST, read_day
from api.said import Said, Words
from gis_platform.city import City
from gis_platform.errors import BadParameter
from gis_platform.layer.text import Text
from layers.permits.check import Proposal, check_for
from layers.planning.asking.corners import ground_of_corners
from layers.planning.asking.drawing import ground_of_drawing
from layers.planning.asking.question import Ground
from layers.planning.asking.refusing import refusal
from layers.references.corner_table import LONGEST_TEXT

router = APIRouter(prefix="/api/permits", tags=["permits"])

_ONE_WAY = Text(
    "Hãy cho phần đất xây dựng bằng đúng một cách: footprint (GeoJSON) hoặc corners (bảng toạ độ).",
    "Give the ground of the building by one of: footprint (GeoJSON) or corners (a table).",
)

Use = Literal["house", "shop", "office", "workshop", "worship", "public"]


class Meant(Said):
    """A building as it is meant. Floors and height are those above ground."""

    footprint: dict[str, Any] | None = Field(
        None, description="GeoJSON Polygon or MultiPolygon in WGS 84 degrees."
    )
    corners: Words | None = Field(
        None, max_length=LONGEST_TEXT, description="Instead: rows of point number, X (northing), Y (easting)."
    )
    crs: StrictInt | None = Field(
        None, ge=1024, le=998_999, description="EPSG code of the grid of the corners; else the city's."
    )
    floors: StrictInt = Field(ge=1, le=100, description="Floors above ground.")
    height_m: StrictFloat = Field(gt=0, le=500, allow_inf_nan=False, description="Height in metres.")
    lang: Literal["vi", "en"] = "vi"

    def ground(self, city: City) -> Ground:
        """Where it stands, in the working grid. Raises BadParameter for what cannot be read."""
        if (self.footprint is None) == (self.corners is None):
            raise refusal(BadParameter, _ONE_WAY, self.lang, parameter="footprint")
        if self.corners is not None:
            return ground_of_corners(self.corners, self.crs, city, self.lang)
        try:
            # The look-up calls a drawing by another name.
            return replace(ground_of_drawing(self.footprint, city, self.lang), given_as="footprint")
        except BadParameter as fault:
            fault.parameter = "footprint"
            raise


class Building(Meant):
    """The same with what is applied for, and where."""

    use: Use = Field("house", description="What the building is for.")
    kind: Literal["new", "repair", "relocation", "temporary", "adjustment", "extension"] = Field(
        "new", description="What is applied for."
    )
    parcel: (
        Annotated[StrictInt, Field(ge=1, le=2**63 - 1)] | Annotated[StrictStr, Field(max_length=40)] | None
    ) = Field(None, description="Id or 12-character identifier of the parcel; else where it lies.")
    permit: Words | None = Field(
        None,
        max_length=60,
        description="Number of the permit of this parcel that is to be adjusted or extended; ignored for "
        "other kinds, with a notice.",
    )
    on: StrictStr | None = Field(
        None,
        max_length=LONGEST["as_of"],
        description="The day asked about, YYYY-MM-DD, 1800 to 2999; else today.",
    )


@router.post("/check", responses={404: {"description": "No parcel is there."}})
async def check(work: Work, city: CurrentCity, body: Building) -> dict[str, Any]:
    """Hold a building against its parcel, the plans and the rules of the day.

    Each of ``lines`` is ``pass``, ``fail`` or ``cannot_decide``, with what was measured, what is allowed, the
    rule, and the geometry that shows it. Nothing is kept; the officer decides.
    """
    proposal = Proposal(
        footprint=body.ground(city),
        floors=body.floors,
        height_m=body.height_m,
        use=body.use,
        kind=body.kind,
        parcel=body.parcel,
        permit=(body.permit or "").strip() or None,
        on=None if body.on is None else read_day(body.on, "on", body.lang),
    )
    return await check_for(work, proposal, city.today(), body.lang)
