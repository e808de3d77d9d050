"""A planning question from what was given by name: one way to ask, whole, and nothing beside it."""

from collections.abc import Mapping
from typing import Any

from api.planning.reading import LONGEST, read_crs, read_day, read_known_at, read_point, read_text
from gis_platform.errors import BadParameter
from gis_platform.layer.text import Language, Text
from layers.planning import Question, Times
from layers.planning.asking.refusing import in_a_list, refusal

#: Ways to ask, each of which stands alone; the other is the number of a parcel.
_ALONE = ("point", "identifier", "address", "id", "area", "corners", "parcels")


def read_times(given: Mapping[str, Any], language: Language) -> Times:
    """The day asked about and the moment whose knowledge is asked for; the present where not given."""
    as_of, known_at = given.get("as_of"), given.get("known_at")
    return Times(
        as_of=None if as_of is None else read_day(as_of, "as_of", language),
        known_at=None if known_at is None else read_known_at(known_at, language),
    )


def read_question(given: Mapping[str, Any], language: Language, *, in_body: bool = False) -> Question:
    """The question of parameters that were given, None for those that were not.

    Raises:
        BadParameter: there is no way to ask among them, or more than one; or one cannot be read.
    """
    asked = {name: value for name, value in given.items() if value is not None}
    ways = [name for name in _ALONE if name in asked]
    by_number = bool({"sheet", "parcel"} & set(asked))
    if len(ways) + by_number != 1:
        raise refusal(BadParameter, _one_way(in_body), language, parameter=(ways or ["point"])[0])
    for name in ("sheet", "parcel"):
        if by_number and not str(asked.get(name, "")).strip():
            raise refusal(BadParameter, _together(name), language, parameter=name)
    for name in ("unit", "issued"):
        if name in asked and not by_number:
            raise refusal(BadParameter, _with_number(name), language, parameter=name)
    if "crs" in asked and ways != ["corners"]:
        raise refusal(BadParameter, _WITH_CORNERS, language, parameter="crs")
    texts = {name: read_text(asked[name], name, language) for name in LONGEST if name in asked}
    return Question(
        point=read_point(texts["point"], language) if "point" in texts else None,
        sheet=texts.get("sheet"),
        parcel=texts.get("parcel"),
        unit=texts.get("unit"),
        issued=read_day(texts["issued"], "issued", language) if "issued" in texts else None,
        identifier=texts.get("identifier"),
        address=texts.get("address"),
        id=asked.get("id"),
        area=asked.get("area"),
        corners=asked.get("corners"),
        crs=read_crs(asked["crs"], language) if "crs" in asked else None,
        parcels=tuple(_part(part, place, language) for place, part in enumerate(asked.get("parcels", ()), 1)),
        language=language,
    )


def _part(part: Mapping[str, Any], place: int, language: Language) -> Question:
    try:
        return read_question(part, language, in_body=True)
    except BadParameter as fault:
        raise in_a_list(fault, place, language) from fault


def _one_way(in_body: bool) -> Text:
    more_vi = ", area, corners hoặc parcels" if in_body else " hoặc address"
    more_en = ", area, corners or parcels" if in_body else " or address"
    also = ", address" if in_body else ""
    return Text(
        f"Hãy hỏi theo đúng một cách: point, sheet cùng parcel, identifier{also}{more_vi}.",
        f"Ask by one of: point, sheet with parcel, identifier{also}{more_en}.",
    )


def _together(name: str) -> Text:
    return Text(
        f"Số tờ (sheet) và số thửa (parcel) đi cùng nhau; còn thiếu {name}.",
        f"sheet and parcel go together; {name} is missing.",
    )


def _with_number(name: str) -> Text:
    return Text(f"{name} chỉ dùng cùng sheet và parcel.", f"{name} goes with sheet and parcel.")


_WITH_CORNERS = Text("crs chỉ dùng cùng corners.", "crs goes with corners.")
