"""Storing one write of a feature in the caller's transaction."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import psycopg
import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.audit.record import record
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.editing.current import Desk, Held
from gis_platform.editing.feature import Draft, Kind
from gis_platform.editing.refusals import refusals_told
from gis_platform.editing.statements import SQL, add_statement, change_statement, end_statement
from gis_platform.errors import Conflict, NotFound
from gis_platform.layer.declaration import Layer

# Answers give coordinates to about a millimetre: what comes back as it was given changes no shape.
_SAME_SHAPE_M = 0.002
# Added to by each write and told apart from what a person changes.
_STAMPED = frozenset({"source_date"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One write as asked for; ``valid_from`` is the day from which it is so, ``dated`` that it was given."""

    layer: Layer
    working_srid: int
    kind: Kind
    draft: Draft
    day: date
    dated: bool = False
    feature_id: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a write did: bytes in CRS84 and shapes in the working grid, before and after."""

    feature_id: int
    before: bytes | None
    after: bytes | None
    shape_before: BaseGeometry | None
    shape_after: BaseGeometry | None
    changed: tuple[str, ...]

    @property
    def stored(self) -> bool:
        """False where everything was so already, and no version was made."""
        return self.before is None or self.after is None or bool(self.changed)


async def store(work: UnitOfWork, write: Write) -> Written:
    """Do it; it stays when the transaction is committed. Write the audit entry afterwards, last.

    Raises:
        NotFound: there is no such feature, or the caller does not see it.
        StateChanged: it is no longer as the caller saw it.
        Problem: the database refuses it; see `refusals_told`.
    """
    await work.rows(SQL["wait_no_longer"])
    await work.rows(SQL["holds_from"], day=write.day)
    desk = Desk(work, write.layer, write.working_srid)
    async with refusals_told(work, write.layer) as saved:
        if write.kind == "create":
            return await _create(desk, write)
        held = await desk.hold(write.feature_id or 0)
        if held is None:
            raise NotFound(
                f"{write.layer.name} has no feature {write.feature_id}, or not any more.", parameter="feature"
            )
        await desk.require_match(write.tags, held)
        if write.kind == "delete":
            return await _end(desk, write, held)
        written = await _change(desk, write, held)
        if not written.stored:
            raise psycopg.Rollback(saved)
    return written


async def keep_record(work: UnitOfWork, write: Write, written: Written) -> None:
    """The entries in the audit trail: who wrote what, since when, and whether personal data was shown by it.

    Values of personal properties are never in an entry. Appending holds a lock: do it last.
    """
    layer = write.layer
    subject = f"{layer.name}/{written.feature_id}"
    personal = {p.name for p in layer.personal}
    if written.stored:
        before, after = _properties(written.before), _properties(written.after)
        told = set(before if write.kind == "delete" else written.changed) - personal
        detail: dict[str, object] = {
            "changed": list(written.changed),
            "was": {name: value for name, value in before.items() if name in told},
            "is": {name: value for name, value in after.items() if name in told},
        }
        if layer.history:
            detail["valid_from"] = write.day.isoformat()
        await record(work, f"feature.{write.kind}", subject, detail)
    seen = sorted(personal & {p.name for p in layer.properties_for(work.caller.role)})
    if seen and written.after is not None:
        await record(work, "personal-data.read", subject, {"properties": seen})


async def _create(desk: Desk, write: Write) -> Written:
    values = {**_stamps(write), **write.draft.values, "geom": _ewkb(write.draft.shape)}
    cursor = await desk.work.raw.execute(add_statement(write.layer, list(values)), _bound(values))
    row = await cursor.fetchone()
    if row is None:
        raise Conflict(f"The feature was not stored in {write.layer.name}.")
    feature_id = int(row[0])
    after = await desk.content(feature_id)
    given = tuple(name for name, value in _properties(after).items() if value is not None)
    return Written(
        feature_id=feature_id,
        before=None,
        after=after,
        shape_before=None,
        shape_after=write.draft.shape,
        changed=(*given, "geometry"),
    )


async def _change(desk: Desk, write: Write, held: Held) -> Written:
    layer, feature_id = write.layer, held.id
    values = {**_stamps(write), **write.draft.values}
    moved = write.draft.shape is not None and not shapely.equals_exact(
        held.shape, write.draft.shape, tolerance=_SAME_SHAPE_M
    )
    if moved:
        values["geom"] = _ewkb(write.draft.shape)
    if not held.synthetic:
        # No delivery brought this version. What was made up goes on saying so, whoever mends a part of it.
        values["delivery_id"] = None
    emptied = []
    if write.kind == "replace":
        emptied = [p.name for p in layer.properties_for(desk.work.caller.role) if p.name not in values]
    statement = change_statement(layer, list(values), emptied)
    await desk.work.raw.execute(statement, {**_bound(values), "id": feature_id})
    after = await desk.content(feature_id)
    changed = (*_differing(held, after, write), *(("geometry",) if moved else ()))
    if not changed and write.dated and write.day != held.since:
        changed = ("valid_from",)
    return Written(
        feature_id=feature_id,
        before=held.content,
        after=after,
        shape_before=held.shape,
        shape_after=await desk.shape(feature_id),
        changed=changed,
    )


async def _end(desk: Desk, write: Write, held: Held) -> Written:
    if held.since is not None and write.day < held.since:
        raise Conflict(
            f"The feature began on {held.since}; it cannot end before. Choose a later valid_from.",
            parameter="valid_from",
        )
    feature_id = held.id
    await desk.work.raw.execute(end_statement(write.layer), {"id": feature_id})
    return Written(
        feature_id=feature_id,
        before=held.content,
        after=None,
        shape_before=held.shape,
        shape_after=None,
        changed=(),
    )


def _stamps(write: Write) -> dict[str, object]:
    return {"source_date": write.day, **({"valid_from": write.day} if write.layer.history else {})}


def _differing(held: Held, after: bytes, write: Write) -> tuple[str, ...]:
    """Names of the properties that are not as before; a date we stamped ourselves is no change alone."""
    before, now = _properties(held.content), _properties(after)
    names = [name for name in now if before.get(name) != now[name]]
    own = _STAMPED - set(write.draft.values)
    return () if set(names) <= own else tuple(names)


def _properties(content: bytes | None) -> dict[str, Any]:
    return {} if content is None else cast(dict[str, Any], json.loads(content)["properties"])


def _ewkb(shape: BaseGeometry | None) -> bytes:
    if shape is None:
        raise ValueError("a feature without a shape")
    return shapely.to_wkb(shape, include_srid=True)


def _bound(values: dict[str, object]) -> dict[str, object]:
    return {f"v_{name}": value for name, value in values.items()}
