"""Texts: without case, without accents.

``CASEI`` and ``ACCENTI`` each take away one thing and leave the rest, so that a pattern keeps its ``%`` and
``_``; both together give the letters that search gives (``core.fold``), đ as d among them. The database has a
function for each (``core_0016_letters.sql``), with the price that the guard of heavy questions reads.
"""

from typing import Any

from sqlalchemy import collate, func

from gis_platform.filtering.kinds import Kind
from gis_platform.filtering.refusal import refused
from gis_platform.filtering.scope import Operand, Scope, Term

FOLDINGS = ("casei", "accenti")


def folded(scope: Scope, folding: str, operand: Operand) -> Term:
    """A text without case, or without accents.

    Raises:
        BadParameter: the operand is no text.
    """
    if operand.kind is not Kind.TEXT:
        raise refused(f"{folding.upper()} is for texts; {operand.said} is {operand.kind.value}.")
    text: Any = operand.sql if isinstance(operand, Term) else scope.bind(Kind.TEXT, operand.value)
    if folding == "casei":
        return Term(Kind.TEXT, collate(func.core.without_case(text), "und-x-icu"), operand.said)
    return Term(Kind.TEXT, func.core.without_accents(text), operand.said)
