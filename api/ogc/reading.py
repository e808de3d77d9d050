"""How a hot path reads: the public on its own pool, others in a transaction as their role, audited."""

from typing import Any

import psycopg
from starlette.requests import Request

from gis_platform.access.roles import Role
from gis_platform.audit.record import record
from gis_platform.layer.declaration import Layer


async def read_one(
    request: Request, statement: bytes, parameters: dict[str, object], layer: Layer, *, personal: bool = False
) -> tuple[Any, ...] | None:
    """The one row of a statement; ``personal`` says that it may hold personal data of the layer."""
    caller = request.state.caller
    database = request.app.state.database
    if caller.role is Role.PUBLIC:
        async with database.public_connection() as connection:
            return await _run(connection, statement, parameters)
    async with database.unit_of_work(caller) as work:
        row = await _run(work.raw, statement, parameters)
        seen = [p.name for p in layer.personal if caller.role in p.audience]
        if personal and seen:
            # Last, for appending holds a lock until the commit; what was asked of a person stays out of it.
            asked = {k: "…" if k in seen else v for k, v in request.query_params.items()}
            subject = f"{layer.name}{request.url.path.partition(layer.name)[2]}"
            await record(work, "personal-data.read", subject, {"properties": seen, "asked": asked})
        return row


async def _run(
    connection: psycopg.AsyncConnection[Any], statement: bytes, parameters: dict[str, object]
) -> tuple[Any, ...] | None:
    # Binary results: bytea comes as it is, without being written as hexadecimal and read again.
    cursor = connection.cursor(binary=True)
    await cursor.execute(statement, parameters)
    row: tuple[Any, ...] | None = await cursor.fetchone()
    return row
