"""The number of a paper, which is shown to everybody with the house: a number, and no words beside it."""

import re

from gis_platform.errors import BadParameter
from gis_platform.layer.text import Language, Text
from layers.planning.asking.refusing import refusal

_NUMBER = re.compile(r"\d{1,6}[A-Za-z]?(/[0-9A-Za-zĐđ.\-]{1,20}){1,4}")
_SAID = Text(
    "Số văn bản viết như 15/QĐ-UBND hoặc 15/2026/QĐ-UBND, không kèm chữ khác. Số này hiện công khai cùng số "
    "nhà nên không ghi tên người, số điện thoại.",
    "Write the number of the document like 15/QĐ-UBND or 15/2026/QĐ-UBND and nothing else. It is shown to "
    "everybody with the house: no names, no telephone numbers.",
)


def paper_number(written: str, language: Language) -> str:
    """The number as it was written.

    Raises:
        BadParameter: it is more than a number, or none.
    """
    text = " ".join(written.split())
    if not _NUMBER.fullmatch(text):
        raise refusal(BadParameter, _SAID, language, parameter="document")
    return text
