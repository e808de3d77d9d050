"""The plans there are: what a map of one plan, or of two beside each other, can be of."""

from datetime import date, datetime
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language
from gis_platform.sqlfiles import named_queries
from layers.zoning import PLAN_LEVELS

SQL = named_queries(__file__)


async def plans_on(
    work: UnitOfWork, as_of: date, known_at: datetime, language: Language
) -> list[dict[str, Any]]:
    """The plans with zones in force on a day, the most detailed first.

    ``bbox`` is west, south, east, north in WGS 84 degrees.
    """
    rows = await work.rows(SQL["plans"], as_of=as_of, known_at=known_at, levels=list(PLAN_LEVELS))
    return [dict(row) | {"level_title": _level(row["level"], language)} for row in rows]


def _level(code: str, language: Language) -> str:
    level = PLAN_LEVELS.get(code)
    return level.in_language(language) if level else code
