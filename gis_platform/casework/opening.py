"""Taking a case in: at the counter or from a filing on line."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from psycopg.types.json import Jsonb

from gis_platform.casework.case import WHOLE_CITY, Case, find_case
from gis_platform.casework.clocks import Running, begun_clocks, keep_started
from gis_platform.casework.codes import new_code
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.details import read_details, require_no_numbers
from gis_platform.casework.journal import append
from gis_platform.casework.post import Post, tell_webhook
from gis_platform.casework.subject import Subject, require_subject
from gis_platform.clock.calendar_store import load_calendar_async
from gis_platform.clock.reception import Office, received_on
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Forbidden
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

Channel = Literal["counter", "online"]
#: A filing on line is received whenever it comes; a desk closes.
_OFFICES: Mapping[str, Office] = {"counter": Office(), "online": Office(closes_at=None)}


Agreed = Literal["signed", "spoken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who applies.

    Attributes:
        consent: agreed to being written to by e-mail.
        helped_by: who filed for him; None where he did so himself.
        agreed: how he agreed to that: on a signed paper, or aloud before the one who helped.
        place_words: how he tells where the ground lies, where he filed on line: they may name people.
    """

    name: str
    id_number: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    consent: bool = False
    helped_by: str | None = None
    agreed: Agreed | None = None
    place_words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What is taken in. ``place`` is what people call the ground: parcel and sheet, or an address."""

    unit_code: str
    place: str
    applicant: Applicant
    channel: Channel = "counter"
    feature: int | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What was looked at for a new case, before anything of it is written."""

    details: Mapping[str, str]
    seen: Subject | None
    on: date
    clocks: Sequence[Running]


async def open_case(
    work: UnitOfWork, workflow: Workflow, new: NewCase, now: datetime, post: Post | None = None
) -> Case:
    """Open a case, start its clocks, and begin its journal.

    Raises:
        Forbidden: the role takes no such cases in, or not for that unit.
        BadParameter: it says something of itself that its workflow does not know, lacks its subject,
            or names who
            helped and not how that was agreed to.
        NotFound: its subject is not there.
    """
    require_opens(work, workflow, new.unit_code)
    ready = await looked_at(work, workflow, new, now)
    return await put_down(work, workflow, new, ready, new_code(), work.caller.username, now, post)


def require_opens(work: UnitOfWork, workflow: Workflow, unit_code: str) -> None:
    """Raises Forbidden where the role takes no such cases in, or not for that unit."""
    caller = work.caller
    if caller.role not in workflow.openers:
        raise Forbidden(
            f"Cases of {workflow.title.en} are not taken in by the role {caller.role}.",
            detail_vi=f"Vai trò này không tiếp nhận hồ sơ “{workflow.title.vi}”.",
        )
    if caller.unit_code not in (unit_code, WHOLE_CITY):
        raise Forbidden(
            f"This account does not work for unit {unit_code}.",
            detail_vi=f"Tài khoản này không thuộc đơn vị {unit_code}.",
        )


async def looked_at(work: UnitOfWork, workflow: Workflow, new: NewCase, now: datetime) -> Ready:
    """Hold what is said of a new case against workflow, layers, rules and calendar; writes nothing.

    Raises:
        BadParameter, NotFound: as `open_case`.
    """
    details = read_details(workflow, new.details)
    if new.channel == "online":
        require_no_numbers(workflow, details)
    _require_agreed(new.applicant)
    if workflow.subject is not None and new.feature is None:
        raise BadParameter(
            f"Say which feature of {workflow.subject} the case is of.",
            parameter="feature",
            detail_vi="Chưa chọn đối tượng trên bản đồ (thửa đất) của hồ sơ.",
        )
    seen = None
    if workflow.subject is not None and new.feature is not None:
        seen = await require_subject(work, workflow.subject, new.feature)
    calendar = await load_calendar_async(work.raw)
    on = received_on(now, calendar, _OFFICES[new.channel])
    clocks = await begun_clocks(work, workflow, workflow.starts, on, calendar, details)
    return Ready(details=details, seen=seen, on=on, clocks=clocks)


async def put_down(
    work: UnitOfWork,
    workflow: Workflow,
    new: NewCase,
    ready: Ready,
    code: str,
    opened_by: str,
    now: datetime,
    post: Post | None,
) -> Case:
    """Write the case, its applicant, clocks and first entry, as whoever the transaction acts as."""
    row = await work.row(
        SQL["open"],
        code=code,
        workflow=workflow.name,
        state=workflow.initial,
        unit_code=new.unit_code,
        place=new.place,
        details=Jsonb(dict(ready.details)),
        subject_layer=workflow.subject,
        subject_id=new.feature if workflow.subject else None,
        subject_seen=ready.seen.recorded_from if ready.seen else None,
        channel=new.channel,
        due_on=min((clock.due_on for clock in ready.clocks if clock.due_on), default=None),
        opened_by=opened_by,
        synthetic=new.synthetic,
    )
    case_id = row["id"] if row else 0
    # Nothing is asked back: who files on line may not read what he wrote of a person.
    await work.raw.execute(
        SQL["applicant"].text.encode(),
        {"case_id": case_id, "workflow": workflow.name, "unit_code": new.unit_code} | asdict(new.applicant),
    )
    await keep_started(work, case_id, ready.clocks)
    told: dict[str, Any] = {
        "to": workflow.initial,
        "channel": new.channel,
        "received_on": ready.on.isoformat(),
    }
    if new.applicant.agreed is not None:
        told["agreed"] = new.applicant.agreed
    await append(work, case_id, "case.opened", told)
    case = await find_case(work, code)
    await tell_webhook(work, post, case, "case.opened", now)
    return case


def _require_agreed(person: Applicant) -> None:
    if person.helped_by is not None and person.agreed is None:
        raise BadParameter(
            "Somebody files for the applicant: say how the applicant agreed to it, signed or spoken.",
            parameter="agreed",
            detail_vi="Có người nộp thay: hãy cho biết người có hồ sơ đã đồng ý bằng cách nào "
            "(ký giấy hoặc nói trực tiếp).",
        )
    if person.helped_by is None and person.agreed is not None:
        raise BadParameter(
            "It says how the applicant agreed, and not to whom: name who files for the applicant.",
            parameter="helped_by",
            detail_vi="Đã ghi cách đồng ý nhưng chưa ghi ai nộp thay. Hãy ghi tên người nộp thay.",
        )
