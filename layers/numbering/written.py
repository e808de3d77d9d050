"""What officers write by hand: the number of a house or an alley, and that of a document."""

from gis_platform.errors import BadParameter
from gis_platform.layer.text import Language, Text
from layers.planning.asking.refusing import refusal
from layers.references.address import Number
from layers.references.document_number import document_number
from layers.references.house_path import checked_path

_SAID = Text(
    "Số văn bản viết như 15/QĐ-UBND hoặc 15/2026/QĐ-UBND, không kèm chữ khác. Số này hiện công khai cùng số "
    "nhà nên không ghi tên người, số điện thoại.",
    "Write the number of the document like 15/QĐ-UBND or 15/2026/QĐ-UBND and nothing else. It is shown to "
    "everybody with the house: no names, no telephone numbers.",
)


def read_number(text: str, name: str, language: Language) -> tuple[Number, ...]:
    """The path that was written; ``name`` is the parameter it came by.

    Raises:
        BadParameter: it is none.
    """
    try:
        return checked_path(text)
    except ValueError as fault:
        told = Text(
            f"“{text}” không phải là số nhà. Viết như 12, 73B, 40bis hoặc 12/5/3.",
            f"{text!r} is no house number. Write it like 12, 73B, 40bis or 12/5/3.",
        )
        raise refusal(BadParameter, told, language, parameter=name) from fault


def read_document(written: str, language: Language) -> str:
    """The number of a document, as it was written: everybody sees it with the house, so no words beside it.

    Raises:
        BadParameter: it is more than a number, or none.
    """
    text = document_number(written)
    if text is None:
        raise refusal(BadParameter, _SAID, language, parameter="document")
    return text
