"""How a hot path reads: the public on lines of its own, others in a transaction as their role, audited."""

from typing import Any

from starlette.requests import Request

from gis_platform.access.roles import Role
from gis_platform.audit.record import record
from gis_platform.database.statement import Statement
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.declaration import Layer


async def read_one(
    request: Request,
    statement: Statement,
    values: dict[str, object],
    layer: Layer | None,
    *,
    personal: bool = False,
) -> tuple[Any, ...] | None:
    """The one row of a statement; ``personal`` says that it may hold personal data of the layer."""
    caller = request.state.caller
    database = request.app.state.database
    if caller.role is Role.PUBLIC:
        row: tuple[Any, ...] | None = await database.hot.first(statement, values)
        return row
    async with database.unit_of_work(caller) as work:
        # Binary results: bytea comes as it is, without being written as hexadecimal and read again.
        cursor = work.raw.cursor(binary=True)
        await cursor.execute(statement.text, values)
        row = await cursor.fetchone()
        if personal and layer is not None:
            await note_personal(work, request, layer)
        return row


async def note_personal(work: UnitOfWork, request: Request, layer: Layer) -> None:
    """Enter a look at personal data into the audit trail, where the caller's role sees any of the layer's.

    Last in a transaction, for appending holds a lock until the commit.
    """
    seen = [p.name for p in layer.personal if work.caller.role in p.audience]
    if seen:
        # What was asked of a person stays out of it; a filter may name one, and so does the mark of a page
        # in an order by such a property.
        hidden = {*seen, "filter", "after"}
        asked = {k: "…" if k in hidden else v for k, v in request.query_params.items()}
        subject = f"{layer.name}{request.url.path.partition(layer.name)[2]}"
        await record(work, "personal-data.read", subject, {"properties": seen, "asked": asked})
