"""Texts: without case, without accents.

``CASEI`` and ``ACCENTI`` each take away one thing and leave the rest, so that a pattern keeps its ``%`` and
``_``; both together give the letters that search gives (``core.fold``), đ as d among them. The collation is
named: what is a capital must not depend on the locale of the server.
"""

from typing import Any

from sqlalchemy import ColumnElement, collate, func, literal_column

from gis_platform.filtering.kinds import Kind
from gis_platform.filtering.refusal import refused
from gis_platform.filtering.scope import Operand, Scope, Term

FOLDINGS = ("casei", "accenti")

_Part = ColumnElement[Any]
_APART: _Part
_COMPOSED: _Part
_APART, _COMPOSED = literal_column("'NFD'"), literal_column("'NFC'")
_ACCENTS: _Part = literal_column(r"'[\u0300-\u036f]+'")
_LETTERS: tuple[_Part, _Part] = literal_column("'đĐðÐƉøØłŁı'"), literal_column("'dDdDDoOlLi'")
_PAIRS = {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}


def folded(scope: Scope, folding: str, operand: Operand) -> Term:
    """A text without case, or without accents.

    Raises:
        BadParameter: the operand is no text.
    """
    if operand.kind is not Kind.TEXT:
        raise refused(f"{folding.upper()} is for texts; {operand.said} is {operand.kind.value}.")
    text: Any = operand.sql if isinstance(operand, Term) else scope.bind(Kind.TEXT, operand.value)
    if folding == "casei":
        return Term(Kind.TEXT, func.lower(collate(text, "und-x-icu")), operand.said)
    return Term(Kind.TEXT, _plain(text), operand.said)


def _plain(text: ColumnElement[str]) -> ColumnElement[str]:
    apart = func.pg_catalog.normalize(text, _APART)
    bare: ColumnElement[str] = func.translate(
        func.regexp_replace(apart, _ACCENTS, literal_column("''"), literal_column("'g'")), *_LETTERS
    )
    for letter, pair in _PAIRS.items():
        bare = func.replace(bare, literal_column(f"'{letter}'"), literal_column(f"'{pair}'"))
    return func.pg_catalog.normalize(bare, _COMPOSED)
