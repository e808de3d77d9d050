"""Taking a case in: at the counter or from a filing on line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from psycopg.types.json import Jsonb

from gis_platform.casework.case import WHOLE_CITY, Case, find_case
from gis_platform.casework.clocks import begun_clocks, keep_started
from gis_platform.casework.codes import new_code
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.details import read_details
from gis_platform.casework.journal import append
from gis_platform.casework.post import Post, tell_webhook
from gis_platform.casework.subject import require_subject
from gis_platform.clock.calendar_store import load_calendar_async
from gis_platform.clock.reception import Office, received_on
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Forbidden
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

Channel = Literal["counter", "online"]
#: A filing on line is received whenever it comes; a desk closes.
_OFFICES: Mapping[str, Office] = {"counter": Office(), "online": Office(closes_at=None)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who applies; ``consent``: agreed to being written to by e-mail."""

    name: str
    id_number: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    consent: bool = False


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


async def open_case(
    work: UnitOfWork, workflow: Workflow, new: NewCase, now: datetime, post: Post | None = None
) -> Case:
    """Open a case, start its clocks, and begin its journal.

    Raises:
        Forbidden: the role takes no such cases in, or not for that unit.
        BadParameter: it says something of itself that its workflow does not know, or lacks its subject.
        NotFound: its subject is not there.
    """
    caller = work.caller
    if caller.role not in workflow.openers:
        raise Forbidden(
            f"Cases of {workflow.title.en} are not taken in by the role {caller.role}.",
            detail_vi=f"Vai trò này không tiếp nhận hồ sơ “{workflow.title.vi}”.",
        )
    if caller.unit_code not in (new.unit_code, WHOLE_CITY):
        raise Forbidden(
            f"This account does not work for unit {new.unit_code}.",
            detail_vi=f"Tài khoản này không thuộc đơn vị {new.unit_code}.",
        )
    details = read_details(workflow, new.details)
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
    code = new_code()
    row = await work.row(
        SQL["open"],
        code=code,
        workflow=workflow.name,
        state=workflow.initial,
        unit_code=new.unit_code,
        place=new.place,
        details=Jsonb(details),
        subject_layer=workflow.subject,
        subject_id=new.feature if workflow.subject else None,
        subject_seen=seen.recorded_from if seen else None,
        channel=new.channel,
        due_on=min((clock.due_on for clock in clocks if clock.due_on), default=None),
        opened_by=caller.username,
        synthetic=new.synthetic,
    )
    case_id = row["id"] if row else 0
    person = new.applicant
    await work.rows(
        SQL["applicant"],
        case_id=case_id,
        workflow=workflow.name,
        unit_code=new.unit_code,
        name=person.name,
        id_number=person.id_number,
        phone=person.phone,
        email=person.email,
        address=person.address,
        consent=person.consent,
    )
    await keep_started(work, case_id, clocks)
    told = {"to": workflow.initial, "channel": new.channel, "received_on": on.isoformat()}
    await append(work, case_id, "case.opened", told)
    case = await find_case(work, code)
    await tell_webhook(work, post, case, "case.opened", now)
    return case
