"""What officers write by hand for a permit: numbers of documents, metres, days, and who signs."""

import re
from calendar import monthrange
from datetime import date

from gis_platform.errors import BadParameter
from gis_platform.folding import fold
from gis_platform.layer.text import Language, Text
from layers.planning.asking.refusing import refusal
from layers.references.document_number import document_number

_ZEROS = re.compile(r"\A0+(?=[0-9])")
_FIGURE = re.compile(r"-?[0-9]{1,6}([.,][0-9]{1,3})?")
_VI_DAY = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
#: Who signs for the committee. A list, because everybody reads it: a name has no place there.
TITLES = ("Chủ tịch", "Phó Chủ tịch")


def read_document(written: str, language: Language) -> str:
    """The number of a permit or a decision, in upper case; everybody sees it, so no words beside it.

    Raises:
        BadParameter: it is more than a number, or none.
    """
    text = document_number(written)
    if text is None:
        raise refusal(BadParameter, _DOCUMENT, language, parameter="document")
    return text.upper()


def number_key(written: str) -> str:
    """What two ways of writing one number have in common; the database's ``permits.number_key``."""
    return _ZEROS.sub("", " ".join(written.split()).upper())


def read_figure(
    written: str | None, name: str, language: Language, *, least: float, most: float
) -> float | None:
    """A figure as people write it, 1,85 or 1.85; None where nothing was written.

    Raises:
        BadParameter: it is none, or out of all bounds; ``name`` is what it was given for.
    """
    if written is None:
        return None
    text = written.replace("m²", "").replace("m2", "").removesuffix("m").strip()
    value = float(text.replace(",", ".")) if _FIGURE.fullmatch(text) else None
    if value is None or not least <= value <= most:
        told = Text(
            f"Ghi một số từ {least:g} đến {most:g}, ví dụ 1,85 (không dùng dấu chấm ngăn hàng nghìn).",
            f"Write a figure from {least:g} to {most:g}, such as 1,85 (no point between thousands).",
        )
        raise refusal(BadParameter, told, language, parameter=name)
    return value


def read_day(written: str, name: str, language: Language) -> date:
    """A day written as 31/12/2027 or 2027-12-31.

    Raises:
        BadParameter: it is none.
    """
    text = written.strip()
    vi, iso = _VI_DAY.fullmatch(text), _ISO_DAY.fullmatch(text)
    parts = (vi[3], vi[2], vi[1]) if vi else iso.groups() if iso else None
    try:
        if parts is not None and 1900 <= int(parts[0]) <= 2999:
            return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        pass
    told = Text("Ghi ngày như 31/12/2027.", "Write a day like 31/12/2027 or 2027-12-31.")
    raise refusal(BadParameter, told, language, parameter=name)


def read_title(written: str, language: Language) -> str:
    """One of ``TITLES``, however it was written.

    Raises:
        BadParameter: it is none of them.
    """
    found = next((title for title in TITLES if fold(title) == fold(written)), None)
    if found is None:
        told = Text(
            f"Chức vụ người ký là một trong: {', '.join(TITLES)}.",
            f"The office of who signs is one of: {', '.join(TITLES)}.",
        )
        raise refusal(BadParameter, told, language, parameter="signer_title")
    return found


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_DOCUMENT = Text(
    "Số văn bản viết như 15/GPXD hoặc 15/2026/QĐ-UBND, không kèm chữ khác. Số này hiện công khai cùng giấy "
    "phép nên không ghi tên người, số điện thoại.",
    "Write the number of the document like 15/GPXD or 15/2026/QĐ-UBND and nothing else. It is shown to "
    "everybody with the permit: no names, no telephone numbers.",
)
