"""The body of a planning question: JSON by the names of the parameters, and what fits no address."""

import json
import math
from typing import Any, NoReturn

from api.planning.reading import LONGEST
from gis_platform.errors import BadParameter
from gis_platform.layer.text import Language, Text
from layers.planning.asking.question import MOST_PARCELS
from layers.planning.asking.refusing import refusal
from layers.references.corner_table import LONGEST_TEXT

_OF_A_PART = ("sheet", "parcel", "unit", "issued", "identifier", "id")
_KINDS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(LONGEST, (str,)),
    "id": (int,),
    "area": (dict,),
    "corners": (str,),
    "crs": (int, str),
    "parcels": (list,),
    "lang": (str,),
}
_TOLD = {
    str: Text("một chuỗi ký tự", "a text"),
    int: Text("một số nguyên", "a whole number"),
    dict: Text("một đối tượng GeoJSON", "a GeoJSON object"),
    list: Text("một danh sách", "a list"),
}


def read_body(raw: bytes) -> tuple[dict[str, Any], Language]:
    """What the body gives by name, and the language it asks for.

    Raises:
        BadParameter: it is no JSON object, holds what is not known here, or a value of the wrong kind.
    """
    try:
        held = json.loads(raw, object_pairs_hook=_once, parse_constant=_refuse_constant, parse_float=_finite)
        _require_text(held)
    except (ValueError, RecursionError) as fault:
        raise refusal(BadParameter, _NO_JSON, "en", parameter="body") from fault
    if isinstance(held, dict):
        held = {name: value for name, value in held.items() if value is not None}
    else:
        raise refusal(BadParameter, _NO_JSON, "en", parameter="body")
    language: Language = "en" if held.get("lang") == "en" else "vi"
    if held.get("lang", "vi") not in ("vi", "en"):
        raise refusal(BadParameter, _NO_LANGUAGE, language, parameter="lang")
    _require_known(held, tuple(_KINDS), language)
    if "parcels" in held:
        _require_parts(held["parcels"], language)
    if len(held.get("corners", "")) > LONGEST_TEXT:
        _refuse(
            "corners",
            Text(
                f"Bảng toạ độ quá dài: tối đa {LONGEST_TEXT} ký tự.",
                f"The table is too long: at most {LONGEST_TEXT} characters.",
            ),
            language,
        )
    return held, language


def _require_parts(parts: list[Any], language: Language) -> None:
    if not 0 < len(parts) <= MOST_PARCELS:
        told = Text(
            f"Danh sách parcels phải có từ 1 đến {MOST_PARCELS} thửa; đã nhận {len(parts)}.",
            f"parcels must hold 1 to {MOST_PARCELS} parcels; it holds {len(parts)}.",
        )
        _refuse("parcels", told, language)
    for place, part in enumerate(parts, start=1):
        if not isinstance(part, dict):
            told = Text(
                f"Thửa thứ {place} trong danh sách phải là đối tượng có sheet và parcel, identifier hoặc id.",
                f"Item {place} of parcels must be an object with sheet and parcel, identifier or id.",
            )
            _refuse("parcels", told, language)
        _require_known(part, _OF_A_PART, language)


def _require_known(held: dict[str, Any], names: tuple[str, ...], language: Language) -> None:
    for name, value in held.items():
        if name not in names:
            shown = name[:40].encode("ascii", "backslashreplace").decode()
            told = Text(
                f"Không có tham số {shown!r} ở đây. Các tham số: {', '.join(names)}.",
                f"There is no parameter {shown!r} here. It takes: {', '.join(names)}.",
            )
            _refuse(shown, told, language)
        kinds = _KINDS[name]
        fits = isinstance(value, kinds) and not isinstance(value, bool)
        if not fits or (isinstance(value, int) and not 0 <= value < 2**63):
            kind = _TOLD[kinds[0]]
            _refuse(name, Text(f"{name} phải là {kind.vi}.", f"{name} must be {kind.en}."), language)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) != len(pairs):
        raise ValueError("a name stands twice")
    return held


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(written: str) -> float:
    """1e999 is JSON and no number that anything could be kept with."""
    value = float(written)
    if not math.isfinite(value):
        raise ValueError(written)
    return value


def _require_text(held: Any) -> None:
    """ValueError for characters that no text is kept with, wherever they stand: the whole is kept."""
    if isinstance(held, str):
        if "\x00" in held:
            raise ValueError(held)
        held.encode()  # a lone surrogate has no bytes
    elif isinstance(held, dict):
        for name, value in held.items():
            _require_text(name)
            _require_text(value)
    elif isinstance(held, list):
        for value in held:
            _require_text(value)


def _refuse(name: str, told: Text, language: Language) -> NoReturn:
    raise refusal(BadParameter, told, language, parameter=name)


# Whoever sends no JSON has named no language yet; the Vietnamese words stand beside.
_NO_JSON = Text(
    "Nội dung phải là một đối tượng JSON, mỗi tên một lần, không có ký tự hay số không đọc được.",
    "The body must be a JSON object, each name once, without characters that are no text.",
)


_NO_LANGUAGE = Text("lang phải là vi hoặc en.", "lang must be vi or en.")


def _text(longest: int, description: str) -> dict[str, Any]:
    return {"type": "string", "maxLength": longest, "description": description}


_NAMED = {
    "sheet": _text(40, "Sheet number, as written on the certificate."),
    "parcel": _text(40, "Parcel number, as written on the certificate."),
    "unit": _text(80, "Code or name of a ward, old or new."),
    "issued": _text(10, "Day of the paper on which the number stands, YYYY-MM-DD."),
    "identifier": _text(40, "12-character parcel identifier."),
    "id": {"type": "integer", "format": "int64", "minimum": 0, "description": "parcel_id of another answer."},
}
_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        **_NAMED,
        "point": _text(80, "lon,lat in WGS 84 degrees."),
        "address": _text(200, "House number and street, as people write them."),
        "area": {"type": "object", "description": "GeoJSON Polygon or MultiPolygon in WGS 84 degrees."},
        "corners": _text(LONGEST_TEXT, "Rows of point number, X (northing) and Y (easting) in VN-2000."),
        "crs": {"type": "integer", "description": "EPSG code of the grid of the corners; else the city's."},
        "parcels": {
            "type": "array",
            "minItems": 1,
            "maxItems": MOST_PARCELS,
            "items": {"type": "object", "additionalProperties": False, "properties": _NAMED},
        },
        "as_of": _text(10, "The day asked about, YYYY-MM-DD; else today."),
        "known_at": _text(40, "As it was known at this moment, RFC 3339; else now."),
        "lang": {"type": "string", "enum": ["vi", "en"], "default": "vi"},
    },
}
BODY = {"requestBody": {"required": True, "content": {"application/json": {"schema": _SCHEMA}}}}
"""What the OpenAPI document says of it."""
