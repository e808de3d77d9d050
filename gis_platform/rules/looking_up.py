"""The rule in force on the day of the fact: never today's, and where none is loaded, none."""

from collections.abc import Sequence
from datetime import date, datetime

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.rules.rule import NotLoaded, Rule, RuleBook
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: One row with one column: what ``RuleBook`` reads. For who has other things to ask in the same round trip,
#: ``core.rules_on`` is the function behind it.
RULES_ON = SQL["rules_on"]


async def rules_on(
    work: UnitOfWork, codes: Sequence[str], day: date, known_at: datetime | None = None
) -> RuleBook:
    """All that is asked for, as it stood on that day; ``known_at`` asks for what was recorded at a moment."""
    told = await work.value(RULES_ON, codes=list(codes), day=day, known_at=moment(known_at))
    return RuleBook(day, told)


async def rule_on(work: UnitOfWork, code: str, day: date) -> Rule | NotLoaded:
    """One rule as it stood on that day."""
    return (await rules_on(work, [code], day)).look_up(code)


def moment(known_at: datetime | None) -> str:
    """For queries: PostgreSQL's ``infinity`` is what is known now."""
    return known_at.isoformat() if known_at else "infinity"
