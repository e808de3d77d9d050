"""What a unit of today is called, by its code."""

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


async def unit_called(work: UnitOfWork, code: str) -> str:
    """Its full name; the code itself where none is known."""
    name: str | None = await work.value(SQL["called"], code=code)
    return name or code
