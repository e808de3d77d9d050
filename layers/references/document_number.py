"""The number of an official document, 15/QĐ-UBND or 15/2026/QĐ-UBND: public, so nothing beside it."""

import re

_NUMBER = re.compile(r"[0-9]{1,6}[A-Za-z]?(/[0-9A-Za-zĐđ.\-]{1,20}){1,4}")


def document_number(written: str) -> str | None:
    """The number with its blanks put in order; None where it is more than one, or none."""
    text = " ".join(written.split())
    return text if _NUMBER.fullmatch(text) else None
