"""A steward's word over HTTP: checked and written down at once; what follows is worked beside."""

import json
from collections.abc import Mapping
from typing import Any, Literal

from psycopg import sql
from psycopg.rows import dict_row

from etl.delivery.choosing import DOUBTFUL_BELOW
from etl.delivery.composing import compose
from etl.delivery.workspace import workspace_name
from gis_platform.audit.record import record
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Conflict, NotFound
from gis_platform.sqlfiles import Query, named_queries

SQL = named_queries(__file__)

Decision = Literal["accepted", "separate", "kept"]
_APPROVABLE = ("ready", "partly_applied")
_REJECTABLE = ("received", "ready", "refused", "failed", "partly_applied")
_RENEWABLE = ("ready", "refused", "failed")
_RESUMABLE = ("received", "preparing", "failed", "approved")


async def approve(
    work: UnitOfWork, delivery: int, parts: tuple[str, ...] | None, note: str | None, *, accept_doubtful: bool
) -> None:
    """Yes to all of it, or to these parts.

    Raises:
        BadParameter: a part is none of its own, or there are warnings and nothing is said of them.
        Conflict: it is not ready, somebody was faster, or doubtful changes wait for a word.
    """
    row = await _held(work, delivery, _APPROVABLE, "delivery")
    told: dict[str, object] = {"parts": None if parts is None else list(parts), "sure": DOUBTFUL_BELOW}
    if parts is not None:
        unknown = await _of_change(work, delivery, SQL["unknown_parts"], told)
        if unknown or not parts:
            named = repr(unknown[0]["p"]) if unknown else "none"
            raise BadParameter(
                f"This delivery changes nothing in {named}, or no longer.",
                parameter="parts",
                detail_vi=f"Đợt giao nộp này không (hoặc không còn) thay đổi gì ở {named}. Hãy tải lại "
                "rồi chọn phần khác.",
            )
    if not note and any(finding["severity"] == "warning" for finding in row["findings"]):
        raise BadParameter(
            "There are warnings: say in note why it is approved all the same.",
            parameter="note",
            detail_vi="Có cảnh báo: hãy ghi ý kiến trước khi duyệt.",
        )
    doubts = (await _of_change(work, delivery, SQL["doubts_in_parts"], told))[0]["count"]
    if doubts and not accept_doubtful:
        raise Conflict(
            f"{doubts} doubtful changes wait for a word: decide them one by one, or accept_doubtful.",
            detail_vi=f"Còn {doubts} thay đổi chưa chắc chắn: cho ý kiến từng trường hợp hoặc chấp nhận cả.",
        )
    by = work.caller.actor
    await work.raw.execute(
        SQL["approve"].text.encode(), {**told, "delivery": delivery, "by": by, "note": note}
    )
    await _audit(work, "delivery.approved", row, {"parts": told["parts"], "accept_doubtful": accept_doubtful})


async def reject(work: UnitOfWork, delivery: int, note: str) -> None:
    """No: what is not applied of it never will be. Raises `Conflict` where it cannot be any more."""
    row = await _held(work, delivery, _REJECTABLE, "delivery")
    told = {"delivery": delivery, "by": work.caller.actor, "note": note}
    await work.raw.execute(SQL["reject"].text.encode(), told)
    await _audit(work, "delivery.rejected", row, {"note": note})


async def prepare_anew(
    work: UnitOfWork, delivery: int, asked: Mapping[str, Any], remembered: str | None
) -> None:
    """Read the file in another way; ``remembered`` is the mapping to keep for its source, as JSON.

    Raises `Conflict` where something of it is applied, or it is worked on.
    """
    row = await _held(work, delivery, _RENEWABLE, "delivery")
    how = json.dumps({**row["asked"], **asked}, ensure_ascii=False)
    await work.raw.execute(SQL["prepare_anew"].text.encode(), {"delivery": delivery, "asked": how})
    if remembered is not None:
        kept = {"layer": row["layer"], "source": row["source"], "mapping": remembered}
        await work.raw.execute(SQL["remember"].text.encode(), kept | {"by": work.caller.actor})
    await _audit(work, "delivery.read-anew", row, {"said": dict(asked), "remembered": remembered is not None})


async def resume(work: UnitOfWork, delivery: int) -> None:
    """Go on with what broke off. Raises `Conflict` where nothing did."""
    row = await _held(work, delivery, _RESUMABLE, "delivery")
    if row["status"] == "failed":
        told = {"delivery": delivery, "asked": json.dumps(row["asked"], ensure_ascii=False)}
        await work.raw.execute(SQL["prepare_anew"].text.encode(), told)
    await _audit(work, "delivery.resumed", row, {"was": row["status"]})


async def ask_rollback(work: UnitOfWork, delivery: int, note: str) -> int:
    """Undo what is in force of it; the number of the rollback. Raises `Conflict` where nothing is."""
    row = await _held(work, delivery, ("applied", "partly_applied"), "delivery")
    if await work.row(SQL["rollback_open"], delivery=delivery) is not None:
        raise Conflict(f"Delivery {delivery} is being rolled back.", detail_vi="Đợt này đang được hoàn tác.")
    number = await work.value(SQL["ask_rollback"], delivery=delivery, by=work.caller.actor, note=note)
    await _audit(work, "delivery.rollback-asked", row, {"note": note, "rollback": number})
    return int(number)


async def decide_change(
    work: UnitOfWork, delivery: int, number: int, decision: Decision, instead_of: Decision | None
) -> None:
    """Whether a doubtful change is as proposed, or two different things; its whole group with it.

    Where somebody edited the feature since the source's date, it is ``accepted`` as a correction, or the edit
    is ``kept``.

    Raises:
        NotFound: there is no such change.
        BadParameter: the word does not fit it.
        Conflict: it is not doubtful, or somebody has said otherwise meanwhile.
    """
    row = await _held(work, delivery, _APPROVABLE, "delivery")
    told = {"number": number, "decision": decision, "instead_of": instead_of, "sure": DOUBTFUL_BELOW}
    found = await _of_change(work, delivery, SQL["change"], told)
    if not found:
        raise NotFound(
            f"Delivery {delivery} has no change {number}.",
            parameter="number",
            detail_vi=f"Đợt giao nộp {delivery} không có thay đổi số {number}.",
        )
    if not found[0]["doubtful"]:
        raise Conflict(
            f"Change {number} is not doubtful: nothing needs to be said of it.",
            detail_vi=f"Thay đổi số {number} không thuộc diện nghi ngờ: không cần cho ý kiến.",
        )
    if decision not in ("accepted", "kept" if found[0]["edited"] else "separate"):
        raise BadParameter(
            "A change of what was edited by hand is accepted or kept; any other is accepted or separate.",
            parameter="decision",
            detail_vi="Thay đổi của nội dung đã sửa tay thì chọn accepted (nhận) hoặc kept (giữ); các "
            "thay đổi khác chọn accepted hoặc separate (tách).",
        )
    name = sql.Identifier(workspace_name(delivery), "change")
    done = await work.raw.execute(compose(SQL["decide_change"], change=name), told)
    if not done.rowcount:
        raise Conflict(
            f"Somebody has said of change {number} meanwhile: {found[0]['decision']}.",
            detail_vi="Người khác vừa cho ý kiến về trường hợp này. Hãy tải lại trang.",
        )
    await _audit(work, "delivery.change-decided", row, {"change": number, "decision": decision})


async def _held(work: UnitOfWork, delivery: int, states: tuple[str, ...], kind: str) -> dict[str, Any]:
    row = await work.row(SQL["held"], delivery=delivery)
    if row is None:
        raise Conflict(
            f"Delivery {delivery} is being worked on: wait until it is done.",
            detail_vi="Đợt này đang được xử lý; hãy đợi cho xong.",
        )
    if row["status"] not in states or row["kind"] != kind:
        raise Conflict(
            f"Delivery {delivery} is {row['status'].replace('_', ' ')}: that cannot be done with it now.",
            detail_vi="Tình trạng của đợt này không còn cho phép việc đó. Hãy tải lại trang.",
            state=row["status"],
        )
    return row


async def _of_change(
    work: UnitOfWork, delivery: int, query: Query, told: Mapping[str, object]
) -> list[dict[str, Any]]:
    name = sql.Identifier(workspace_name(delivery), "change")
    async with work.raw.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(compose(query, change=name), told)
        return await cursor.fetchall()


async def _audit(work: UnitOfWork, action: str, row: Mapping[str, Any], detail: dict[str, object]) -> None:
    await record(work, action, f"{row['layer']}/deliveries/{row['id']}", {"file": row["file_name"], **detail})
