"""The paper of a permit: what it says is frozen; whether it holds is told to whoever has its code."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis_platform.audit.record import record
from gis_platform.casework.codes import new_code, read_code, shown_code
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import Conflict, NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.permits.check.line import TITLES
from layers.permits.check.proposal import KINDS, USES
from layers.planning.asking.refusing import refusal

SQL = named_queries(__file__)

WHY = {
    "changed": Text(
        "Giấy phép đã được điều chỉnh; xem giấy mới.", "The permit was adjusted; see its new paper."
    ),
    "extended": Text(
        "Giấy phép đã được gia hạn; xem giấy mới.", "The permit was extended; see its new paper."
    ),
    "replaced": Text("Đã cấp giấy mới thay giấy này.", "A new paper takes its place."),
    "revoked": Text("Giấy phép đã bị thu hồi.", "The permit was revoked."),
    "removed": Text("Giấy phép không còn trong sổ.", "The permit is in the register no more."),
}
STATES = {
    "valid": Text("Giấy phép còn hiệu lực.", "The permit is in force."),
    "superseded": Text("Giấy này đã có giấy khác thay thế.", "Another paper has taken its place."),
    "expired": Text("Giấy phép đã hết hiệu lực.", "The permit has expired."),
    "revoked": Text("Giấy phép đã bị thu hồi.", "The permit was revoked."),
}


@dataclass(frozen=True, slots=True)
class Given:
    """A paper that was just made. ``code`` as people read it."""

    code: str
    permit_no: str
    start_by: date | None


async def give_paper(
    work: UnitOfWork,
    permit: int,
    *,
    number: str,
    on: date,
    signer: str,
    title: str,
    check: dict[str, Any] | None,
    in_spite: bool = False,
    kind: str,
    synthetic: bool,
    language: Language,
) -> Given:
    """Make the paper of a permit as it stands, as the caller; the one before holds no more.

    ``check`` is the answer it rests on; None takes what the paper before says of it. ``in_spite`` is whether
    an officer gave a reason for what fails in it; the reason itself stands in the case alone. ``number`` is
    that of the document by which it is given, ``kind`` what was applied for. The name of who signs is kept
    beside the paper and stands on none.

    Raises:
        Conflict: the permit is revoked, or another unit's.
    """
    facts = await work.row(SQL["facts"], permit=permit)
    if facts is None:
        raise refusal(Conflict, _NONE_GIVEN, language, parameter="permit")
    before = await work.row(SQL["latest"], permit=permit)
    rests_on = _rests_on(check, in_spite=in_spite) if check is not None else _said(before)
    code = new_code()
    content = {name: value for name, value in facts.items() if name != "id"} | rests_on
    content |= {
        "code": code,
        "given_by": number,
        "given_on": on,
        "given_for": kind,
        "signer_title": title,
        "synthetic": synthetic,
    }
    asked = json.dumps(content, ensure_ascii=False, default=str)
    made = await work.value(
        SQL["give"], code=code, permit=permit, content=asked, signer=signer, who=work.caller.actor
    )
    if made is None:
        raise refusal(Conflict, _NONE_GIVEN, language, parameter="permit")
    return Given(shown_code(code), str(facts["permit_no"]), facts["start_by"])


async def paper(work: UnitOfWork, code: str, today: date, language: Language) -> dict[str, Any]:
    """What the paper of a code says, and whether it holds on that day; open to whoever has the code.

    Raises:
        BadParameter: it is no code.
        NotFound: no paper has it.
    """
    row = await work.row(SQL["of_code"], code=read_code(code), on=today)
    if row is None:
        raise refusal(NotFound, _NO_PAPER, language, parameter="code")
    why, state = row["ended_why"], str(row["state"])
    content = row["content"]
    told = Text(STATES[state].vi, STATES[state].en) if why is None else WHY[why]
    if state == "expired":
        told = _expired(row["start_by"], row["valid_until"], today)
    return {
        **content,
        "rules": [
            rule | {"state": rule_state(rule).in_language(language)} for rule in content.get("rules") or []
        ],
        "failed_titles": [TITLES[one].in_language(language) for one in content.get("failed") or []],
        "kind_title": KINDS[content["kind"]].in_language(language),
        "use_title": USES[content["use"]].in_language(language),
        "given_for_title": KINDS[content["given_for"]].in_language(language),
        "code": shown_code(row["code"]),
        "state": state,
        "valid": state == "valid",
        "state_told": told.in_language(language),
        "ended_at": row["ended_at"],
        "started_on": row["started_on"],
        "made_at": row["made_at"],
        "sha256": bytes(row["sha256"]).hex(),
    }


async def signer_of(work: UnitOfWork, code: str, reason: str, language: Language) -> str:
    """Who signed a paper: a name, for permit officers. Each look is audited.

    Raises:
        BadParameter: it is no code.
        NotFound: no paper has it.
    """
    stored = read_code(code)
    name = await work.value(SQL["signer"], code=stored)
    if name is None:
        raise refusal(NotFound, _NO_PAPER, language, parameter="code")
    await record(
        work, "personal-data.read", f"permits/papers/{shown_code(stored)}/signer", {"reason": reason}
    )
    return str(name)


def _rests_on(check: dict[str, Any], *, in_spite: bool) -> dict[str, Any]:
    """Lines and legal bases of a check, as a paper says them. What decided nothing is no basis."""
    rules: dict[tuple[str, str], dict[str, Any]] = {}
    plans: dict[tuple[str, str | None], None] = {}
    for line in check["lines"]:
        rule = line["rule"]
        if rule and line["outcome"] != "cannot_decide":
            told = {name: rule[name] for name in ("document", "article", "reading", "verified")}
            held = rules.setdefault((rule["document"], rule["article"]), told)
            if held["verified"] and not rule["verified"]:
                rules[rule["document"], rule["article"]] = told
        source = line["source"] or {}
        if source.get("plan"):
            plans[(source["plan"], source.get("decision_no"))] = None
    failed = dict.fromkeys(line["code"] for line in check["lines"] if line["outcome"] == "fail")
    return {
        "lines": [line["reason"] for line in check["lines"] if line["code"] == "setback"],
        "rules": list(rules.values()),
        "plans": [{"plan": plan, "decision_no": decision} for plan, decision in plans],
        "failed": list(failed),
        "in_spite": in_spite and bool(failed),
        "checked_on": check["on"],
    }


def rule_state(rule: dict[str, Any]) -> Text:
    """How well a rule of a paper was known; of one of before, that kept nothing of it, not at all."""
    if rule.get("verified"):
        return Text("đã đối chiếu với văn bản gốc", "held against the official text")
    if rule.get("reading") == "seen":
        return Text("chưa kiểm chứng, mới đọc trong bản sao", "not verified, read in a copy")
    return Text("chưa kiểm chứng", "not verified")


def _said(before: Any) -> dict[str, Any]:
    """The same of a paper; a permit that came by a delivery has none."""
    content = before["content"] if before is not None else {}
    nothing: dict[str, Any] = {
        "lines": [],
        "rules": [],
        "plans": [],
        "failed": [],
        "in_spite": False,
        "checked_on": None,
    }
    return {name: content.get(name, value) for name, value in nothing.items()}


def _expired(start_by: date | None, valid_until: date | None, today: date) -> Text:
    if valid_until is not None and valid_until < today:
        return Text(
            f"Giấy phép có thời hạn đã hết hiệu lực từ sau ngày {valid_until:%d/%m/%Y}.",
            f"The temporary permit held until {valid_until}.",
        )
    until = f"{start_by:%d/%m/%Y}" if start_by else ""
    return Text(
        f"Giấy phép hết hiệu lực khởi công sau ngày {until}: đến ngày đó chưa ghi nhận khởi công. Nếu công "
        "trình đã khởi công trước ngày đó, đề nghị báo uỷ ban nhân dân phường, xã.",
        f"The permit lapsed after {start_by}: no beginning of the building is on record by then. If it had "
        "begun, please tell the ward's committee.",
    )


_NONE_GIVEN = Text(
    "Giấy phép này không còn hiệu lực hoặc thuộc đơn vị khác nên không lập được giấy.",
    "The permit is in force no more, or another unit's: no paper of it is made.",
)
_NO_PAPER = Text(
    "Không có giấy phép xây dựng nào mang mã này. Đề nghị đối chiếu mã trên giấy.",
    "No construction permit has this code. Compare it with the paper.",
)
