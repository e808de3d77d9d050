""" "This is wrong": what people say of a line of an answer, and what came of it."""

from typing import Any

from gis_platform.audit.record import record
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import NotFound, TooManyRequests
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.refusing import refusal
from layers.planning.kept.answers import open_kept

SQL = named_queries(__file__)

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
    if not _is_there(kept.document, place):
        told = Text(
            f"Kết quả {answer_id} không có dòng {place[:80]!r}.",
            f"Answer {answer_id} has no line {place[:80]!r}.",
        )
        raise refusal(NotFound, told, language, parameter="place")
    filed: int | None = await work.value(SQL["file"], answer=answer_id, line=place, said=words)
    if filed is None:
        raise refusal(TooManyRequests, _ENOUGH, language, retry_after=_COME_BACK_S)
    return filed


async def remarks(work: UnitOfWork, *, open_only: bool, limit: int) -> list[dict[str, Any]]:
    """The remarks, oldest open ones first."""
    return [dict(row) for row in await work.rows(SQL["list"], open_only=open_only, limit=limit)]


async def close_remark(work: UnitOfWork, remark: int, outcome: str, language: Language) -> None:
    """Close a remark with what came of it; audited.

    Raises:
        NotFound: there is no open remark of this number.
    """
    answer = await work.value(SQL["close"], remark=remark, who=work.caller.username, said=outcome)
    if answer is None:
        told = Text(f"Không có phản ánh số {remark} đang chờ xử lý.", f"There is no open remark {remark}.")
        raise refusal(NotFound, told, language, parameter="remark_id")
    await record(work, "planning.remark.closed", f"planning-remark/{remark}", {"answer": answer})


def _is_there(document: Any, pointer: str) -> bool:
    """Whether a JSON pointer (RFC 6901) leads somewhere."""
    if pointer and not pointer.startswith("/"):
        return False
    at = document
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        if isinstance(at, dict) and step in at:
            at = at[step]
        elif isinstance(at, list) and step.isdecimal() and len(step) < 7 and int(step) < len(at):
            at = at[int(step)]
        else:
            return False
    return True
