"""Planning look-up: which plans touch a parcel, and how old the data is."""

from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query

from api.dependencies import CurrentCity, Work
from api.parameters import Lang, parse_point
from gis_platform.errors import BadParameter
from gis_platform.layer.text import Text
from layers.planning import Question, answer_for, find_parcels

router = APIRouter(prefix="/api/planning", tags=["planning"])

_NUMBER = Query(max_length=40, description="As written on the certificate.")


def _question(
    point: str | None,
    sheet: str | None,
    parcel: str | None,
    unit: str | None,
    identifier: str | None,
    lang: Any,
) -> Question:
    ways = [point is not None, identifier is not None, sheet is not None or parcel is not None]
    if sum(ways) != 1:
        raise BadParameter("Ask by one of: point, sheet with parcel, or identifier.", parameter="point")
    for name, given, other in (("sheet", sheet, parcel), ("parcel", parcel, sheet)):
        if other is not None and (given is None or not given.strip()):
            raise BadParameter(f"sheet and parcel go together; {name} is missing.", parameter=name)
    if unit is not None and not ways[2]:
        raise BadParameter("unit goes with sheet and parcel.", parameter="unit")
    return Question(
        point=parse_point(point) if point is not None else None,
        sheet=sheet,
        parcel=parcel,
        unit=unit,
        identifier=identifier,
        language=lang,
    )


@router.get("/lookup")
async def lookup(
    work: Work,
    city: CurrentCity,
    point: Annotated[str | None, Query(max_length=80, description="lon,lat in WGS 84 degrees.")] = None,
    sheet: Annotated[str | None, _NUMBER] = None,
    parcel: Annotated[str | None, _NUMBER] = None,
    unit: Annotated[
        str | None, Query(max_length=80, description="Code or name of a ward, old or new.")
    ] = None,
    identifier: Annotated[
        str | None, Query(max_length=40, description="12-character parcel identifier.")
    ] = None,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Parcels, the zones that share ground with them, and the date and age of every source.

    A number may name several parcels: all are answered and ``ambiguous`` is true. Nothing found is a 404.
    """
    question = _question(point, sheet, parcel, unit, identifier, lang)
    found = await find_parcels(work, question, city.envelope)
    today = datetime.now(ZoneInfo(city.timezone)).date()
    answer = await answer_for(work, found.ids, today, lang)
    several = len(found.ids) > 1
    notices = [*found.notices, *([_SEVERAL] if several else [])]
    asked = {"point": point, "sheet": sheet, "parcel": parcel, "unit": unit, "identifier": identifier}
    return {
        "query": {name: value for name, value in asked.items() if value is not None},
        "ambiguous": several,
        "notices": [notice.in_language(lang) for notice in notices],
        **answer,
    }


_SEVERAL = Text(
    "Có nhiều thửa đất cùng số tờ, số thửa (hoặc cùng vị trí). "
    "Hãy chọn đúng thửa theo phường, xã và địa chỉ.",
    "Several parcels have this number (or lie at this place). Choose by ward and address.",
)
