"""Values of a planning question as they come in: each has bounds, and a refusal in the caller's language."""

import re
from contextlib import suppress
from datetime import date, datetime

from api.parameters import parse_date, parse_known_at, parse_point
from gis_platform.clock.bounds import EARLIEST, LATEST
from gis_platform.errors import BadParameter
from gis_platform.layer.text import Language, Text
from layers.planning.asking.refusing import refusal

#: The most characters of each text.
LONGEST = {
    "point": 80,
    "sheet": 40,
    "parcel": 40,
    "unit": 80,
    "identifier": 40,
    "address": 200,
    "issued": 10,
    "as_of": 10,
    "known_at": 40,
}
_EPSG = re.compile(r"(?:EPSG:)?([0-9]{4,6})", re.IGNORECASE)


def read_text(text: str, name: str, language: Language, most: int | None = None) -> str:
    """A text that is neither empty nor too long, and holds nothing that PostgreSQL keeps in no text."""
    most = most or LONGEST[name]
    if len(text) > most:
        told = Text(f"{name}: tối đa {most} ký tự.", f"{name}: at most {most} characters.")
        raise refusal(BadParameter, told, language, parameter=name)
    if not text.strip() or any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in text):
        told = Text(
            f"{name} để trống hoặc có ký tự không đọc được.",
            f"{name} is empty or holds a character that is no text.",
        )
        raise refusal(BadParameter, told, language, parameter=name)
    return text


def read_point(text: str, language: Language) -> tuple[float, float]:
    """``lon,lat`` in WGS 84 degrees."""
    try:
        return parse_point(text)
    except BadParameter as fault:
        told = Text(
            f"point phải là kinh độ, vĩ độ (WGS 84), ví dụ 106.3656,10.3548; đã nhận “{text[:80]}”. "
            "Kinh độ đứng trước; nếu chỉ có toạ độ VN-2000, hãy dùng bảng toạ độ (corners).",
            f"{fault.detail} Coordinates of VN-2000 go into a table of corners.",
        )
        raise refusal(BadParameter, told, language, parameter="point") from fault


def read_day(text: str, name: str, language: Language) -> date:
    """A civil date, ``YYYY-MM-DD``."""
    try:
        return parse_date(text, name)
    except BadParameter as fault:
        told = Text(
            f"{name} phải là một ngày như 2015-06-30, từ năm {EARLIEST.year} đến {LATEST.year}; đã nhận "
            f"“{text[:40]}”.",
            fault.detail,
        )
        raise refusal(BadParameter, told, language, parameter=name) from fault


def read_known_at(text: str, language: Language) -> datetime:
    """A moment that has been, in RFC 3339; a bare date means its end in UTC."""
    try:
        return parse_known_at(text)
    except BadParameter as fault:
        told = Text(fault.detail_vi or fault.detail, fault.detail)
        raise refusal(BadParameter, told, language, parameter="known_at") from fault


def read_crs(value: object, language: Language) -> int:
    """The EPSG code of a grid, as a number or as ``EPSG:9210``."""
    with suppress(ValueError):
        found = _EPSG.fullmatch(str(value)[:20]) if isinstance(value, str | int) else None
        if found is not None and not isinstance(value, bool):
            return int(found[1])
    told = Text(
        "crs phải là mã EPSG của lưới VN-2000, ví dụ 9210 hoặc EPSG:9210.",
        "crs must be the EPSG code of a VN-2000 grid, such as 9210 or EPSG:9210.",
    )
    raise refusal(BadParameter, told, language, parameter="crs")
