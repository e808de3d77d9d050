"""The certificate of a house number: a paper with a code, and whether it still holds."""

import json
from typing import Any

from gis_platform.audit.record import record
from gis_platform.casework.codes import new_code, read_code, shown_code
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Conflict, NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.numbering.writing import house as house_of
from layers.numbering.writing import take_turn
from layers.planning.asking.refusing import refusal

SQL = named_queries(__file__)

WHY = {
    "changed": Text("Số nhà đã thay đổi.", "The number was changed."),
    "retired": Text("Số nhà không còn dùng.", "The number is used no more."),
    "replaced": Text("Đã cấp giấy mới thay giấy này.", "A new paper takes its place."),
}


async def certify(
    work: UnitOfWork, house: int, *, synthetic: bool, language: Language, reason: str | None = None
) -> str:
    """Make the paper of a number that is given, as the caller; its code as people read it.

    The paper that held before is superseded, which needs a reason. It names no person.

    Raises:
        NotFound: there is no such number.
        Conflict: it is not given.
        BadParameter: one holds already and no reason is given.
    """
    await take_turn(work, (await house_of(work, house, language))["street_id"])
    facts = await work.row(SQL["facts"], house=house)
    if facts is None or facts["state"] != "issued":
        raise refusal(Conflict, _NOT_GIVEN, language, parameter="number")
    if not facts["document"]:
        raise refusal(Conflict, _NO_DOCUMENT, language, parameter="document")
    before = await work.value(SQL["holds"], house=house)
    if before is not None and not reason:
        raise refusal(BadParameter, _HOLDS, language, parameter="reason")
    code = new_code()
    content = {name: value for name, value in facts.items() if name not in ("id", "state")}
    content |= {"code": code, "synthetic": synthetic}
    asked = json.dumps(content, ensure_ascii=False, default=str)
    made = await work.value(SQL["certify"], code=code, house=house, content=asked, who=work.caller.actor)
    if made is None:
        raise refusal(Conflict, _NOT_GIVEN, language, parameter="number")
    detail = {"code": code, "address": facts["address"], "replaces": before, "reason": reason}
    await record(work, "house-number.certified", f"house_numbers/{house}", detail)
    return shown_code(code)


async def certificate(work: UnitOfWork, code: str, language: Language) -> dict[str, Any]:
    """What the paper of a code says, and whether it holds; open to whoever has the code.

    Raises:
        BadParameter: it is no code.
        NotFound: no paper has it.
    """
    row = await work.row(SQL["of_code"], code=read_code(code))
    if row is None:
        raise refusal(NotFound, _NO_PAPER, language, parameter="code")
    why = row["superseded_why"]
    return {
        **row["content"],
        "code": shown_code(row["code"]),
        "valid": row["superseded_at"] is None,
        "superseded_at": row["superseded_at"],
        "superseded_why": WHY[why].in_language(language) if why else None,
        "made_at": row["made_at"],
        "sha256": bytes(row["sha256"]).hex(),
    }


_NOT_GIVEN = Text(
    "Số nhà này chưa được cấp hoặc không còn dùng nên không có giấy chứng nhận.",
    "This number is not given, or is used no more: there is no certificate of it.",
)
_NO_DOCUMENT = Text(
    "Số nhà chưa có văn bản cấp số nên chưa có giấy chứng nhận. Hãy ghi văn bản trước.",
    "No document is on record that gave the number: there is no certificate of it. State the document first.",
)
_HOLDS = Text(
    "Số nhà đang có giấy chứng nhận còn hiệu lực. Hãy nêu lý do cấp giấy mới; giấy cũ sẽ hết hiệu lực.",
    "A certificate of the number holds. Give a reason for a new one; the old one will hold no more.",
)
_NO_PAPER = Text(
    "Không có giấy chứng nhận số nhà nào mang mã này. Đề nghị đối chiếu mã trên giấy.",
    "No certificate of a house number has this code. Compare it with the paper.",
)
