"""Applying a review that was looked at: all of it in one transaction, or nothing."""

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from psycopg.errors import ExclusionViolation, ForeignKeyViolation, SerializationFailure, UniqueViolation

from gis_platform.audit.record import record
from gis_platform.casework.case import WHOLE_CITY
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import Conflict, Forbidden
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.numbering.reviewing.planning import Change, Review, plan_review
from layers.numbering.writing import of_path, require_some_unit, take_turn, unit_at, unit_to_keep
from layers.numbering.written import read_document
from layers.planning.asking.refusing import refusal
from layers.references.address import Number, format_path
from layers.references.house_path import members_of

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was looked at (``plan``) and what it rests on."""

    street: int
    path: tuple[Number, ...]
    plan: str
    reason: str
    document: str | None = None


async def apply_review(work: UnitOfWork, agreed: Agreed, today: date, language: Language) -> dict[str, Any]:
    """Number the whole street or alley as the caller, and tell how much was done; audited.

    Raises:
        BadParameter: it has no direction, or the document is more than a number.
        Conflict: it is not what was looked at any more, or a number would be given twice.
        Forbidden: some of the houses lie in another unit than the officer's.
    """
    if agreed.document is not None:
        agreed = replace(agreed, document=read_document(agreed.document, language))
    await take_turn(work, agreed.street)
    review = await plan_review(work, agreed.street, agreed.path, language)
    if review.plan != agreed.plan:
        raise refusal(Conflict, _CHANGED, language, plan=review.plan)
    changes = [await _written(work, review, one, agreed, today) for one in review.changes]
    await _require_unit(work, changes, language)
    alleys = [{"id": axis, "alley_path": members_of(pair[1])} for axis, pair in review.alleys.items()]
    try:
        async with work.raw.transaction():
            await work.raw.execute(SQL["bear_with"].text.encode())
            await work.value(SQL["write_all"], changes=json.dumps(changes, default=str))
            await work.value(SQL["rename_alleys"], changes=json.dumps(alleys), who=work.caller.username)
            await work.raw.execute(SQL["look_now"].text.encode())
    except (ExclusionViolation, UniqueViolation, ForeignKeyViolation) as clash:
        raise refusal(Conflict, _TWICE, language) from clash
    except SerializationFailure as late:
        raise refusal(Conflict, _CHANGED, language) from late
    done = Counter("changed" if one.house is not None else "reserved" for one in review.changes)
    detail = {
        "street": agreed.street,
        "alley": format_path(agreed.path),
        "plan": agreed.plan,
        "changed": done["changed"],
        "reserved": done["reserved"],
        "alleys": len(alleys),
        "reason": agreed.reason,
        "document": agreed.document,
    }
    await record(work, "house-number.review", f"streets/{agreed.street}", detail)
    return {**detail, "unchanged": review.unchanged}


async def _written(
    work: UnitOfWork, review: Review, one: Change, agreed: Agreed, today: date
) -> dict[str, Any]:
    """A change as the database takes it."""
    common = {"source_date": today, "valid_from": today, **of_path(one.after, review.axis.street_name)}
    if one.house is not None:
        paper = {"document": agreed.document, "issued_on": today} if agreed.document else {}
        side = {"side": one.side} if one.side is not None else {}
        return {"id": one.house, **common, **side, **paper}
    assert one.lot is not None  # noqa: S101  # what is no house is a vacant lot
    unit = await unit_at(work, one.lot.gate.ewkb)
    return {
        **common,
        "street_id": review.axis.street_id,
        "side": one.side,
        "state": "reserved",
        "parcel_id": one.parcel,
        "unit_code": unit_to_keep(work.caller, unit),
        "geom": one.lot.gate.ewkb,
    }


async def _require_unit(work: UnitOfWork, changes: list[dict[str, Any]], language: Language) -> None:
    require_some_unit(work.caller, language)
    own = work.caller.unit_code
    if own == WHOLE_CITY:
        return
    houses = [change["id"] for change in changes if "id" in change]
    units = [row["unit_code"] for row in await work.rows(SQL["states"], houses=houses)]
    units += [change["unit_code"] for change in changes if "id" not in change]
    others = sorted(set(units) - {own})
    if others:
        told = Text(
            f"Đường này còn có nhà thuộc đơn vị khác ({', '.join(others)}); tài khoản của bạn làm việc cho "
            f"{own}.",
            f"Some of its houses lie in other units ({', '.join(others)}); your account works for {own}.",
        )
        raise refusal(Forbidden, told, language)


_CHANGED = Text(
    "Số nhà trên đường này đã thay đổi từ lúc xem thử. Hãy xem lại rồi áp dụng; chưa có gì được lưu.",
    "Numbers of this street have changed since the review was looked at. Look again; nothing was stored.",
)
_TWICE = Text(
    "Áp dụng sẽ làm hai nhà mang cùng một số. Hãy xem lại các nhà không rõ vị trí; chưa có gì được lưu.",
    "Two houses would have one number. Look at those without a place on the line; nothing was stored.",
)
