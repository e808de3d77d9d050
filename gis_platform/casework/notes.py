"""Notes on a case, for colleagues of the unit: written once, read with the case, never changed."""

from typing import Any

from gis_platform.casework.case import Case
from gis_platform.casework.journal import append
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


async def write_note(work: UnitOfWork, case: Case, words: str) -> int:
    """Add a note; the journal tells that there is one, not what it says. Its number is returned."""
    number: int = await work.value(SQL["write"], case_id=case.id, by=work.caller.username, words=words)
    await append(work, case.id, "note.written", {"note": number})
    return number


async def notes_of(work: UnitOfWork, case_id: int) -> list[dict[str, Any]]:
    """The notes of a case, as far as the caller may see them; the first one first."""
    return [dict(row) for row in await work.rows(SQL["of_case"], case_id=case_id)]
