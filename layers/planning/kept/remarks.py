""" "This is wrong": what people say of a line of an answer, and what came of it."""

import json
from typing import Any, Literal

from gis_platform.audit.record import record
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import NotFound, TooManyRequests
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.refusing import refusal
from layers.planning.kept.answers import open_kept
from layers.planning.kept.pointing import lead, line_told, parcel_told

SQL = named_queries(__file__)

Resolution = Literal["corrected", "nothing_wrong", "passed_on"]
"""What was done about a remark."""

_COME_BACK_S = 3600
_ENOUGH = Text(
    "Đã có nhiều phản ánh về kết quả này đang được xem xét. Xin cảm ơn; hãy quay lại sau.",
    "Many remarks on this answer are being looked into. Thank you; please come back later.",
)


async def file_remark(work: UnitOfWork, answer_id: str, place: str, words: str, language: Language) -> int:
    """File a remark on the line ``place`` (a JSON pointer into the document); its number.

    Raises:
        NotFound: there is no such answer, or no such line in it.
        TooManyRequests: so many wait for this answer already.
    """
    kept = await open_kept(work, answer_id, language)
    if lead(kept.document, place) is None:
        told = Text(
            f"Kết quả {answer_id} không có dòng {place[:80]!r}.",
            f"Answer {answer_id} has no line {place[:80]!r}.",
        )
        raise refusal(NotFound, told, language, parameter="place")
    filed: int | None = await work.value(SQL["file"], answer=answer_id, line=place, said=words)
    if filed is None:
        raise refusal(TooManyRequests, _ENOUGH, language, retry_after=_COME_BACK_S)
    return filed


async def remarks(
    work: UnitOfWork, *, state: str, unit: str | None, answer: str | None, limit: int, language: Language
) -> list[dict[str, Any]]:
    """The remarks that are ``open``, ``closed`` or ``all``: the longest waiting first, each with its line in
    words and its parcel. ``unit`` and ``answer`` narrow them.
    """
    rows = await work.rows(SQL["list"], state=state, unit=unit, answer=answer, limit=limit)
    return [_told(dict(row), language) for row in rows]


async def one_remark(work: UnitOfWork, remark: int, language: Language) -> dict[str, Any]:
    """One remark, whatever became of it.

    Raises:
        NotFound: there is none of this number.
    """
    row = await work.row(SQL["one"], remark=remark)
    if row is None:
        told = Text(f"Không có phản ánh số {remark}.", f"There is no remark {remark}.")
        raise refusal(NotFound, told, language, parameter="remark_id")
    return _told(dict(row), language)


async def counted(work: UnitOfWork, state: str) -> dict[str, Any]:
    """How many wait and how many are closed, and the units of those in ``state``."""
    counts = await work.row(SQL["counts"])
    units = [dict(row) for row in await work.rows(SQL["units"], state=state)]
    return {"counts": dict(counts or {}), "units": units}


async def waiting_for(work: UnitOfWork, answer_id: str) -> int:
    """How many remarks on an answer are open."""
    count: int = await work.value(SQL["waiting"], answer=answer_id)
    return count


def _told(row: dict[str, Any], language: Language) -> dict[str, Any]:
    document = json.loads(row.pop("document"))
    return {
        **row,
        "line": line_told(document, row["place"], language),
        "parcel": parcel_told(document, row["place"]),
        "synthetic": document["synthetic"],
    }


async def close_remark(
    work: UnitOfWork, remark: int, resolution: str | None, outcome: str, language: Language
) -> None:
    """Close a remark with what was done and what came of it, in words; audited.

    Raises:
        NotFound: there is no open remark of this number.
    """
    answer = await work.value(
        SQL["close"], remark=remark, who=work.caller.username, done=resolution, said=outcome
    )
    if answer is None:
        told = Text(f"Không có phản ánh số {remark} đang chờ xử lý.", f"There is no open remark {remark}.")
        raise refusal(NotFound, told, language, parameter="remark_id")
    detail = {"answer": answer, "resolution": resolution}
    await record(work, "planning.remark.closed", f"planning-remark/{remark}", detail)
