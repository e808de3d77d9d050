"""The number that the rules propose for a lot or a gate; open to everybody, nothing is stored."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.dependencies import CurrentCity, Work
from api.parameters import Lang, parse_feature_id, parse_point
from gis_platform.city import City
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, NotFound
from gis_platform.layer.text import Language, Text
from layers.numbering.ground import Subject, subject_of_parcel, subject_of_place
from layers.numbering.proposing import propose
from layers.planning.asking.refusing import refusal

router = APIRouter(prefix="/api/house-numbers", tags=["house numbers"])

ParcelAsked = Annotated[str | None, Query(max_length=20, description="Id of the parcel.")]
PointAsked = Annotated[str | None, Query(max_length=80, description="The gate: lon,lat in WGS 84 degrees.")]
# Degrees around the city's envelope in which something may still lie.
_MARGIN = 0.1


@router.get("/propose", summary="Propose a house number")
async def proposed(
    work: Work, city: CurrentCity, parcel: ParcelAsked = None, point: PointAsked = None, lang: Lang = "vi"
) -> dict[str, Any]:
    """Street, side, parity, place along the street, a number and alternatives for a `parcel` or a gate at
    `point`.

    `rules` are the lines it rests on, each `pass`, `fail` or `cannot_decide` with its article, numbers and
    reason; `collisions` are irregular houses nearby with their places. What is irregular is told and never
    blocks. `number` is null where none can be told.
    """
    subject = await subject_asked(work, city, parcel, point, lang)
    proposal = await propose(work, subject, city.today())
    return {"parcel_asked": parcel, "point_asked": point, **proposal.told(lang)}


async def subject_asked(
    work: UnitOfWork, city: City, parcel: str | None, point: str | None, language: Language
) -> Subject:
    """The lot or the gate asked about.

    Raises:
        BadParameter: neither is given, or both, or one cannot be read.
        NotFound: there is no such parcel, or the point lies outside the city.
    """
    if (parcel is None) == (point is None):
        told = Text(
            "Hãy cho biết đúng một trong hai: parcel (mã thửa đất) hoặc point (kinh độ, vĩ độ của cổng).",
            "Give one of the two: parcel (its id), or point (longitude,latitude of the gate).",
        )
        raise refusal(BadParameter, told, language, parameter="parcel" if parcel is None else "point")
    if parcel is not None:
        found = await subject_of_parcel(work, parse_feature_id(parcel, "parcel"))
        if found is None:
            told = Text(
                f"Không có thửa đất mã {parcel}. Hãy chọn lại thửa đất trên bản đồ.",
                f"There is no parcel {parcel}. Choose it on the map again.",
            )
            raise refusal(NotFound, told, language, parameter="parcel")
        return found
    lon, lat = parse_point(point or "")
    if not city.envelope.contains(lon, lat, _MARGIN):
        told = Text(
            f"Điểm {lon}, {lat} nằm ngoài {city.title_vi}.",
            f"The point {lon}, {lat} is outside {city.title_en}.",
        )
        raise refusal(NotFound, told, language, parameter="point")
    return await subject_of_place(work, lon, lat)
