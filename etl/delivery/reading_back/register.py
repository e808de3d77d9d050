"""The register as people read it: what came in, how far it is, what was found and decided."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from psycopg import sql

from etl.delivery.choosing import DOUBTFUL_BELOW
from etl.delivery.composing import compose
from etl.delivery.workspace import workspace_name
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import Conflict
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

Row = dict[str, Any]


async def list_deliveries(
    work: UnitOfWork, layer: str | None, statuses: Sequence[str] | None, after: int | None, limit: int
) -> list[Row]:
    """The newest first; ``after`` is the number of the last one already seen."""
    asked = {"layer": layer, "statuses": None if statuses is None else list(statuses)}
    return await work.rows(SQL["listed"], **asked, after=after, limit=limit)


async def read_delivery(work: UnitOfWork, delivery: int) -> Row | None:
    """All that is known of one."""
    return await work.row(SQL["one"], delivery=delivery)


async def is_open(work: UnitOfWork, delivery: int) -> bool:
    """Whether its difference is there to be looked at: from its preparation until it is over."""
    return bool(await work.value(SQL["is_open"], schema=workspace_name(delivery)))


@asynccontextmanager
async def looking_in(work: UnitOfWork, delivery: int) -> AsyncIterator[None]:
    """Around what reads its difference: raises `Conflict` where that goes at this very moment."""
    try:
        async with work.raw.transaction():
            yield
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName) as gone:
        raise Conflict(
            f"The difference of delivery {delivery} is no more there: the delivery is over.",
            detail_vi="Không còn phần so sánh: đợt này vừa kết thúc.",
        ) from gone


async def count_doubts(work: UnitOfWork, delivery: int) -> dict[str, int]:
    """Doubtful changes: how many were found, and how many still wait for a word."""
    query = compose(SQL["doubts"], change=sql.Identifier(workspace_name(delivery), "change"))
    row = await (await work.raw.execute(query, {"sure": DOUBTFUL_BELOW})).fetchone()
    return {"found": row[0], "waiting": row[1]} if row else {"found": 0, "waiting": 0}


async def read_faults(work: UnitOfWork, delivery: int, code: str | None, after: int, limit: int) -> list[Row]:
    """What the checks found, with the geometry in CRS84 to look at."""
    return await work.rows(SQL["faults"], delivery=delivery, code=code, after=after, limit=limit)
