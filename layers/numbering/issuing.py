"""Reserving, giving and retiring a number: by the proposal, or another with a reason; audited."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import shapely

from gis_platform.audit.record import record
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Conflict, NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.house_numbers import STATES
from layers.numbering.ground import Subject
from layers.numbering.proposing import Proposal, propose
from layers.numbering.writing import (
    house,
    of_path,
    require_unit,
    take_turn,
    unit_at,
    unit_to_keep,
    write,
)
from layers.numbering.written import read_document
from layers.planning.asking.refusing import refusal
from layers.references.address import Number, format_path
from layers.references.house_path import path_of

SQL = named_queries(__file__)

State = Literal["planned", "reserved", "issued", "retired"]

_MOVES: dict[str, frozenset[str]] = {
    "planned": frozenset({"reserved", "issued", "retired"}),
    "reserved": frozenset({"issued", "retired"}),
    "issued": frozenset({"retired"}),
    "retired": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an officer asks for: the proposal where ``path`` is None; ``street`` where it is another one."""

    state: Literal["reserved", "issued"]
    path: tuple[Number, ...] | None = None
    street: int | None = None
    document: str | None = None
    reason: str | None = None


async def give(
    work: UnitOfWork, subject: Subject, wanted: Wanted, today: date, language: Language
) -> dict[str, Any]:
    """Reserve or give a number for a lot or a gate, as the caller; the house as it then stands.

    The proposal is worked out again once nobody else gives numbers on the street, so that what is given is
    what is free. A number that was kept for this lot is the one that is given, not a second.

    Raises:
        Forbidden: the gate lies in another unit than the officer's.
        BadParameter: no number can be proposed and none is asked for, or a reason is missing.
        Conflict: another house has the number, or somebody changed this one meanwhile.
    """
    document = None if wanted.document is None else read_document(wanted.document, language)
    first = await propose(work, subject, today)
    street = wanted.street or (first.axis.street_id if first.axis else None)
    if street is None:
        raise refusal(BadParameter, _NO_STREET, language, parameter="street")
    await take_turn(work, street)
    proposal = await propose(work, subject, today)
    place = _place(proposal, subject)
    unit = proposal.gate.unit_code if proposal.gate else await unit_at(work, place)
    require_unit(work.caller, unit, language)
    path = wanted.path or proposal.path
    if path is None:
        raise refusal(BadParameter, _NO_NUMBER, language, parameter="number")
    named = await _street_name(work, street, language)
    as_proposed = path == proposal.path and proposal.axis is not None and proposal.axis.street_id == street
    kept = _kept_for_it(proposal, street, path)
    second = bool(proposal.current) and kept is None
    if (not as_proposed or second) and not wanted.reason:
        raise refusal(BadParameter, _needs_reason(proposal, second), language, parameter="reason")
    issued = wanted.state == "issued"
    change = {
        **({"id": kept} if kept else {}),
        "street_id": street,
        **of_path(path, named),
        "side": proposal.gate.side if proposal.gate else None,
        "state": wanted.state,
        "parcel_id": subject.parcel_id,
        "unit_code": unit_to_keep(work.caller, unit),
        "document": document,
        "issued_on": today if issued else None,
        "geom": place,
        "source_date": today,
        "valid_from": today,
    }
    number = await write(work, change, language)
    detail = {
        "address": change["address"],
        "parcel": subject.parcel_id,
        "proposed": format_path(proposal.path) if proposal.path else None,
        "as_proposed": as_proposed,
        "reason": wanted.reason,
        "document": document,
    }
    await record(work, f"house-number.{wanted.state}", f"house_numbers/{number}", detail)
    row = told(await house(work, number, language))
    return {**row, "as_proposed": as_proposed, "was_kept": kept is not None}


async def move(
    work: UnitOfWork,
    number: int,
    to: State,
    today: date,
    language: Language,
    *,
    document: str | None = None,
    reason: str | None = None,
) -> dict[str, Any]:
    """Take a number to its next state, as the caller; the house as it then stands.

    Raises:
        NotFound: there is no such number.
        Forbidden: it lies in another unit than the officer's.
        BadParameter: a number is retired without a reason.
        Conflict: it is not in a state from which that is done; another house has the number.
    """
    if document is not None:
        document = read_document(document, language)
    await take_turn(work, (await house(work, number, language))["street_id"])
    row = await house(work, number, language)
    require_unit(work.caller, row["unit_today"] or row["unit_code"], language)
    if to not in _MOVES[row["state"]]:
        raise refusal(Conflict, _cannot_move(row, to), language, state=row["state"])
    if to == "retired" and not reason:
        raise refusal(BadParameter, _RETIRE_REASON, language, parameter="reason")
    change: dict[str, Any] = {"id": number, "state": to, "source_date": today, "valid_from": today}
    if to == "issued":
        change |= {"document": document or row["document"], "issued_on": today}
    # For the words of a clash.
    change |= {name: row[name] for name in ("street_id", "alley_path", "number", "suffix")}
    await write(work, change, language)
    detail = {"address": row["address"], "from": row["state"], "reason": reason, "document": document}
    await record(work, f"house-number.{to}", f"house_numbers/{number}", detail)
    return told(await house(work, number, language))


def told(row: dict[str, Any]) -> dict[str, Any]:
    """A house number for an answer."""
    return {
        "id": row["id"],
        "number": row["painted"],
        "address": row["address"],
        "street_id": row["street_id"],
        "alley_path": row["alley_path"],
        "side": row["side"],
        "state": row["state"],
        "parcel_id": row["parcel_id"],
        "unit_code": row["unit_code"],
        "document": row["document"],
        "issued_on": row["issued_on"],
        "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
    }


def _kept_for_it(proposal: Proposal, street: int, path: tuple[Number, ...]) -> int | None:
    """The id of that very number where it was planned or reserved for the lot."""
    for row in proposal.current:
        own = (*path_of(row["alley_path"]), (row["number"], row["suffix"]))
        if row["state"] in ("planned", "reserved") and row["street_id"] == street and own == path:
            return int(row["id"])
    return None


def _place(proposal: Proposal, subject: Subject) -> str:
    """The gate as EWKB; where there is no axis, the place that was pointed at or a point of the lot."""
    if proposal.gate is not None:
        return proposal.gate.ewkb
    ground = subject.place if subject.place is not None else subject.ground.representative_point()
    return str(shapely.to_wkb(ground, hex=True))


async def _street_name(work: UnitOfWork, street: int, language: Language) -> str:
    row = await work.row(SQL["street"], street=street)
    if row is None:
        told_ = Text(f"Không có đường mã {street}.", f"There is no street {street}.")
        raise refusal(NotFound, told_, language, parameter="street")
    return str(row["name"] or "")


def _needs_reason(proposal: Proposal, second: bool) -> Text:
    if second:
        return Text(
            "Thửa đất đã có số nhà. Hãy nêu lý do nếu cấp thêm số cho nhà khác trên thửa.",
            "The lot has a number already. Give a reason where another house on it gets one too.",
        )
    number = format_path(proposal.path) if proposal.path else "—"
    return Text(
        f"Số này khác số đề xuất ({number}). Hãy nêu lý do.",
        f"This is not the number proposed ({number}). Give a reason.",
    )


def _cannot_move(row: dict[str, Any], to: str) -> Text:
    was, then = STATES[row["state"]], STATES[to]
    return Text(
        f"Số {row['address']} đang ở tình trạng “{was.vi}”, không thể chuyển sang “{then.vi}”.",
        f"Number {row['address']} is “{was.en}” and cannot become “{then.en}”.",
    )


_NO_STREET = Text(
    "Chưa xác định được đường và chiều đánh số. Hãy xác định chiều của đường, hoặc cho biết đường (street) "
    "và số (number) kèm lý do.",
    "No street with a direction was found. State the direction of the street, or give street and number "
    "with a reason.",
)
_NO_NUMBER = Text(
    "Không đề xuất được số theo quy tắc. Hãy cho biết số (number) kèm lý do.",
    "No number can be proposed by the rules. Give a number with a reason.",
)
_RETIRE_REASON = Text("Hãy nêu lý do khi ngừng dùng một số nhà.", "Give a reason for retiring a number.")
