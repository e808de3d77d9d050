"""The 12-character parcel identifier (mã định danh thửa đất, Circular 19/2026/TT-BNNMT).

A geohash of a point in the parcel, issued once and never computed again: a cell is 3.7 by 1.9 cm, so
another transformation or an edited border would give another code. Here it is only checked for form.
"""

import re

LENGTH = 12
_FORM = re.compile(r"[0-9b-hjkmnp-z]{12}")
_OFTEN_MEANT = {"a": "4", "i": "1", "l": "1", "o": "0"}


class BadIdentifier(ValueError):
    """A text that cannot be a parcel identifier; the message says why."""


def is_parcel_identifier(text: str) -> bool:
    """True for a text in the exact form in which identifiers are stored."""
    return _FORM.fullmatch(text) is not None


def parcel_identifier(text: str) -> str:
    """The identifier as stored: small letters, no spaces. Raises `BadIdentifier`."""
    code = "".join(text.split()).lower()
    for place, letter in enumerate(code, start=1):
        if letter in _OFTEN_MEANT:
            raise BadIdentifier(
                f"{text!r}: a, i, l and o do not occur in a parcel identifier. "
                f"Is {letter!r} at place {place} a {_OFTEN_MEANT[letter]!r}?"
            )
        if not _FORM.fullmatch(letter * LENGTH):
            raise BadIdentifier(f"{text!r}: {letter!r} at place {place} cannot stand in a parcel identifier.")
    if len(code) != LENGTH:
        raise BadIdentifier(f"{text!r}: a parcel identifier has {LENGTH} characters, this has {len(code)}.")
    return code
