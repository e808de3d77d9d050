"""What the database refuses, in words that name the property and quote nobody's data."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.editing.locking import state_changed
from gis_platform.editing.statements import SQL
from gis_platform.errors import BadParameter, Conflict, Forbidden, Problem, Unavailable
from gis_platform.layer.declaration import Layer

_KEY = re.compile(r"\(([^()=]+)\)=")


@asynccontextmanager
async def refusals_told(work: UnitOfWork, layer: Layer) -> AsyncIterator[psycopg.AsyncTransaction]:
    """A savepoint whose statements leave as problems where the database refuses them.

    Raises:
        BadParameter, Conflict, Forbidden, StateChanged, Unavailable: by what the database said.
    """
    try:
        async with work.raw.transaction() as saved:
            yield saved
    except psycopg.errors.SerializationFailure as fault:
        raise state_changed() from fault
    except psycopg.errors.LockNotAvailable as fault:
        busy = "Somebody else, or a delivery, is writing this layer; try again in a few seconds."
        raise Unavailable(busy, retry_after=5) from fault
    except psycopg.errors.InsufficientPrivilege as fault:
        raise Forbidden(
            f"The database does not let the role {work.caller.role} write this row of {layer.name}."
        ) from fault
    except (psycopg.IntegrityError, psycopg.DataError, psycopg.errors.RaiseException) as fault:
        raise await _in_words(work, layer, fault) from fault


async def _in_words(work: UnitOfWork, layer: Layer, fault: psycopg.Error) -> Problem:
    if isinstance(fault, psycopg.errors.ExclusionViolation):
        return Conflict(
            "On that day the feature had another version, which is closed; choose a later valid_from.",
            parameter="valid_from",
        )
    if isinstance(fault, psycopg.errors.NotNullViolation):
        name = _known(layer, [fault.diag.column_name or ""])
        return BadParameter(f"{name or 'A property'} must have a value.", parameter=name)
    if not isinstance(fault, psycopg.IntegrityError):
        return BadParameter("A value does not fit its column in the database.", parameter="properties")
    rule = await work.row(SQL["rule"], table=f"layer.{layer.name}", name=fault.diag.constraint_name or "")
    columns = list(rule["columns"]) if rule else []
    match = _KEY.search(fault.diag.message_detail or "")
    if not columns and match:
        columns = [name.strip() for name in match[1].split(",")]
    name = _known(layer, columns)
    told = ", ".join(columns) or "a property"
    if isinstance(fault, psycopg.errors.UniqueViolation):
        return Conflict(f"Another feature of {layer.name} has the same {told}.", parameter=name)
    if isinstance(fault, psycopg.errors.ForeignKeyViolation):
        return Conflict(f"{told} refers to what is not there, or is referred to.", parameter=name)
    asked = f": {rule['rule']}" if rule else ""
    return BadParameter(f"{told} does not keep the rule of the table{asked}.", parameter=name)


def _known(layer: Layer, columns: list[str]) -> str | None:
    """The first of the columns that a caller knows by name."""
    names = {p.name for p in layer.properties}
    return next((("geometry" if c == "geom" else c) for c in columns if c in names or c == "geom"), None)
