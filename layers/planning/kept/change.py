"""A change between two answers, as it is told."""

from collections.abc import Mapping
from typing import Any

from gis_platform.layer.text import Language, Text

Document = Mapping[str, Any]
"""An answer as JSON."""
Change = dict[str, Any]
"""``kind``, ``parcel_id`` or None, ``sentence``, and ``successors`` (ids) where a parcel has ended."""


def change(kind: str, parcel_id: int | None, words: Text, language: Language, *values: object) -> Change:
    """One change in words, in which ``values`` take their places."""
    sentence = words.in_language(language).format(*values)
    return {"kind": kind, "parcel_id": parcel_id, "sentence": sentence}


def parcel_name(parcel: Mapping[str, Any]) -> str:
    """A parcel as sentences call it: number and sheet."""
    return f"{parcel['parcel_no']} ({parcel['sheet_no']})"
