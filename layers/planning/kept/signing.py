"""A statement of planning information (văn bản cung cấp thông tin): a kept answer that an officer signs.

Law on Urban and Rural Planning 47/2024/QH15, Article 55: the agency in charge gives information, directly or
in writing, and answers for it. The form of the number is the city's own and not taken from a legal text.
"""

from psycopg.errors import UniqueViolation

from gis_platform.audit.record import record
from gis_platform.city import City
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import Conflict
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.refusing import refusal
from layers.planning.kept.answers import Kept, open_kept
from layers.planning.kept.remarks import waiting_for
from layers.planning.kept.since import since_kept

SQL = named_queries(__file__)


async def sign(
    work: UnitOfWork,
    answer_id: str,
    *,
    officer: str,
    office: str,
    city: City,
    language: Language,
    remarks_seen: int = 0,
) -> Kept:
    """Sign a kept answer as the caller, under the next number of the year; audited.

    Raises:
        NotFound: there is no such answer.
        Conflict: it is signed already, has several meanings, is not an answer of today and of what is known
            now, or something of it has changed since: what is signed must be what holds. Or more remarks on
            it are open than whoever signs says to have seen.
    """
    today = city.today()
    kept = await open_kept(work, answer_id, language)
    if (fault := await why_not(work, kept, city, language)) is not None:
        raise fault
    if (waiting := await waiting_for(work, answer_id)) > remarks_seen:
        raise refusal(Conflict, _remarked(answer_id, waiting), language, open_remarks=waiting)
    await work.value(SQL["turn"])
    try:
        await work.rows(
            SQL["sign"],
            answer_id=answer_id,
            year=today.year,
            who=work.caller.username,
            officer=officer,
            office=office,
        )
    except UniqueViolation as twice:
        raise refusal(Conflict, _signed(answer_id), language) from twice
    detail = {"officer": officer, "open_remarks": waiting}
    await record(work, "planning.statement.signed", f"planning-answer/{answer_id}", detail)
    return await open_kept(work, answer_id, language)


async def why_not(work: UnitOfWork, kept: Kept, city: City, language: Language) -> Conflict | None:
    """Why an answer cannot be signed, whatever remarks there are on it; None where it can."""
    if kept.statement is not None:
        return refusal(Conflict, _signed(kept.id), language, number=kept.statement["number"])
    then = kept.document
    # Several parcels asked for as one site are one meaning; a paper on lots nobody asked for would mislead.
    if then.get("ambiguous"):
        return refusal(Conflict, _ambiguous(kept.id, len(then["parcels"])), language)
    if then.get("as_of") != city.today().isoformat() or then.get("known_at") is not None:
        return refusal(Conflict, _of_another_day(kept.id), language)
    if (await since_kept(work, kept, city, city.today(), language)).changes:
        return refusal(Conflict, _of_another_day(kept.id), language)
    return None


async def next_number(work: UnitOfWork, city: City) -> str:
    """The number that a statement would get now; who signs meanwhile takes it."""
    year = city.today().year
    return f"{await work.value(SQL['next'], year=year)}/{year}"


def _remarked(answer_id: str, count: int) -> Text:
    return Text(
        f"Kết quả {answer_id} còn {count} phản ánh chưa xử lý. Hãy xem các phản ánh, xác nhận đã xem rồi "
        "ký lại.",
        f"{count} remarks on answer {answer_id} are open. Read them, confirm that you have, and sign again.",
    )


def _signed(answer_id: str) -> Text:
    return Text(f"Kết quả {answer_id} đã được ký ban hành.", f"Answer {answer_id} has been signed already.")


def _ambiguous(answer_id: str, count: int) -> Text:
    return Text(
        f"Kết quả {answer_id} gồm {count} thửa đất vì nội dung tra cứu có thể hiểu theo nhiều nghĩa, nên "
        "không thể ký làm văn bản cung cấp thông tin. Hãy tra cứu lại đúng một thửa, ghi rõ phường, xã (hoặc "
        "mã định danh thửa đất), rồi ký kết quả mới.",
        f"Answer {answer_id} holds {count} parcels because what was asked has several meanings, so that it "
        "cannot be signed as a statement. Look up the one parcel that is meant, with its ward or by its "
        "identifier, and sign the new answer.",
    )


def _of_another_day(answer_id: str) -> Text:
    return Text(
        f"Kết quả {answer_id} không phải là kết quả của hôm nay theo dữ liệu hiện có. Hãy tra cứu lại rồi ký "
        "kết quả mới.",
        f"Answer {answer_id} is not what holds today by what is known. Look up again and sign the new one.",
    )
