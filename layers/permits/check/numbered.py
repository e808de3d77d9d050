"""Whether the house has its number: by the register of house numbers, on the day asked about."""

from collections.abc import Mapping, Sequence
from typing import Any

from gis_platform.layer.text import Text
from gis_platform.vietnamese_numbers import format_date
from layers.permits.check.line import CheckLine
from layers.planning.asking.question import Times
from layers.references.address import read_address

_APPLY = Text(
    "Hãy nộp hồ sơ “Cấp số nhà” tại bộ phận một cửa của phường, xã.",
    "Apply for a house number at the one-stop counter of the ward.",
)


def house_number(
    rows: Sequence[Mapping[str, Any]], parcel: Mapping[str, Any], times: Times | None = None
) -> CheckLine:
    """A house gets its number before its permit.

    ``rows`` are the numbers of the lot on the register: ``painted``, ``street``, ``state``, ``document``,
    ``issued_on``. The address that the cadastre has is no number that was given, and is told as that.
    """
    issued = [row for row in rows if row["state"] == "issued"]
    if issued:
        vi, en = ("; ".join(words) for words in zip(*map(_given, issued), strict=True))
        return CheckLine("house_number", "pass", Text(f"Số nhà {vi}.", f"House number {en}."))
    for state, words in (("reserved", _RESERVED), ("planned", _PLANNED)):
        names = ", ".join(_name(row) for row in rows if row["state"] == state)
        if names:
            told = Text(
                f"Số {names} {words.vi}, chưa cấp. {_APPLY.vi}",
                f"Number {names} {words.en} and not given yet. {_APPLY.en}",
            )
            return CheckLine("house_number", "cannot_decide", told)
    when = (times or Times()).told()
    written = _written(parcel["address"] or "")
    if written is not None:
        told = Text(
            f"Dữ liệu địa chính ghi địa chỉ {written}, nhưng sổ số nhà không có số nào của thửa đất "
            f"này{when.vi}: đối chiếu giấy chứng nhận số nhà. Nếu chưa có: {_lowered(_APPLY.vi)}",
            f"The cadastre has the address {written}, but the register holds no number of this "
            f"parcel{when.en}: hold it against the certificate of the number. Where there is none: "
            f"{_lowered(_APPLY.en)}",
        )
        return CheckLine("house_number", "cannot_decide", told)
    told = Text(
        f"Thửa đất chưa có số nhà trong sổ số nhà{when.vi}. {_APPLY.vi}",
        f"The parcel has no house number on the register{when.en}. {_APPLY.en}",
    )
    return CheckLine("house_number", "cannot_decide", told)


_RESERVED = Text("đang được dành cho thửa đất này", "is kept for this parcel")
_PLANNED = Text("đang dự kiến cho thửa đất này", "is planned for this parcel")


def _given(row: Mapping[str, Any]) -> tuple[str, str]:
    by = str(row["document"] or "").strip()
    on = row["issued_on"]
    vi = [part for part in (by, f"ngày {format_date(on)}" if on else "") if part]
    en = [part for part in (by, f"of {on.isoformat()}" if on else "") if part]
    name = _name(row)
    return (
        f"{name} đã cấp ({', '.join(vi)})" if vi else f"{name} đã cấp",
        f"{name} was given ({', '.join(en)})" if en else f"{name} was given",
    )


def _name(row: Mapping[str, Any]) -> str:
    return " ".join(part for part in (row["painted"], row["street"]) if part)


def _written(address: str) -> str | None:
    """Number and street of an address, where it has both."""
    found = next((reading for reading in read_address(address) if reading.path), None) if address else None
    return f"{found.number} {found.street}" if found is not None else None


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
