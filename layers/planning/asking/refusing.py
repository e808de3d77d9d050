"""A refusal in the language of who asked, with the Vietnamese words beside it for who reads the page."""

from typing import Any, TypeVar

from gis_platform.errors import Problem
from gis_platform.layer.text import Language, Text

Kind = TypeVar("Kind", bound=Problem)


def refusal(kind: type[Kind], told: Text, language: Language, **more: Any) -> Kind:
    """The problem to raise; ``more`` are its members, such as ``parameter``."""
    return kind(told.in_language(language), detail_vi=told.vi, **more)


def in_a_list(fault: Kind, place: int, language: Language) -> Kind:
    """The same of one item of ``parcels``, by its place counted from 1."""
    which = Text(f"Thửa thứ {place} trong danh sách: ", f"Item {place} of parcels: ")
    words = Text(fault.detail_vi or fault.detail, fault.detail)
    told = Text(which.vi + words.vi, which.en + words.en)
    return refusal(type(fault), told, language, parameter="parcels", **{**fault.extra, "item": place})
