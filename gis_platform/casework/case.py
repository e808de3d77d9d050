"""One case as it stands: found by its code, held for a change, refused in words when it may not be
changed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg.rows import DictRow

from gis_platform.access.roles import Audience
from gis_platform.casework.codes import read_code, shown_code
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import Conflict, Forbidden, NotFound
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: The unit of an account that works for every ward.
WHOLE_CITY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A row of ``casework.case_file``: nothing of it is personal data."""

    id: int
    code: str
    workflow: str
    state: str
    unit_code: str
    place: str
    details: dict[str, Any]
    outcome: dict[str, Any]
    subject_layer: str | None
    subject_id: int | None
    subject_seen: datetime | None
    channel: str
    assigned_to: str | None
    version: int
    waiting: bool
    due_on: date | None
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    synthetic: bool

    @property
    def shown(self) -> str:
        """Its code as people read it."""
        return shown_code(self.code)


async def find_case(work: UnitOfWork, code: str) -> Case:
    """The case of a code.

    Raises:
        BadParameter: it is no code.
        NotFound: there is no such case for this role.
    """
    stored = read_code(code)
    row = await work.row(SQL["find"], code=stored)
    if row is None:
        raise NotFound(
            f"There is no case {shown_code(stored)} for the role {work.caller.role}.",
            parameter="code",
            detail_vi=f"Không có hồ sơ {shown_code(stored)} dành cho vai trò của tài khoản này.",
        )
    return _case(row)


async def hold_case(work: UnitOfWork, code: str, version: int | None) -> Case:
    """The same, locked until the transaction ends; who changes it at the same moment is waited for.

    Raises:
        BadParameter, NotFound: as `find_case`.
        Forbidden: it belongs to another unit, or the role changes none.
        Conflict: it was changed since ``version``; who did and when is told. None: any version will do.
    """
    stored = read_code(code)
    row = await work.row(SQL["hold"], code=stored)
    if row is None:
        case = await find_case(work, stored)
        raise not_yours(case)
    case = _case(row)
    if version is not None and case.version != version:
        raise await changed_since(work, case)
    return case


def require_handles(work: UnitOfWork, handlers: Audience, case: Case) -> None:
    """Raises Forbidden where the role handles no such cases, or not those of the unit."""
    if work.caller.role not in handlers:
        raise Forbidden(
            f"The role {work.caller.role} reads such cases and does not work on them.",
            detail_vi="Vai trò này chỉ xem, không xử lý loại hồ sơ này.",
        )
    require_own(work, case)


def require_own(work: UnitOfWork, case: Case) -> None:
    """Raises Forbidden where the caller does not work for the case's unit."""
    if work.caller.unit_code not in (case.unit_code, WHOLE_CITY):
        raise not_yours(case)


def require_open(case: Case) -> None:
    """Raises Conflict for a case that is closed."""
    if case.closed_at is not None:
        raise Conflict(
            f"Case {case.shown} is closed.",
            version=case.version,
            detail_vi=f"Hồ sơ {case.shown} đã kết thúc.",
        )


def not_yours(case: Case) -> Forbidden:
    """What is told to an officer of another unit."""
    return Forbidden(
        f"Case {case.shown} belongs to unit {case.unit_code}: only its own officers work on it.",
        unit_code=case.unit_code,
        detail_vi=f"Hồ sơ {case.shown} thuộc đơn vị {case.unit_code}; chỉ cán bộ của đơn vị đó được xử lý.",
    )


async def changed_since(work: UnitOfWork, case: Case) -> Conflict:
    """What is told to whoever saw an earlier version: somebody else was first."""
    last = await work.row(SQL["last_change"], case_id=case.id)
    who, when = (last["actor"], last["at"]) if last else ("?", case.opened_at)
    return Conflict(
        f"Case {case.shown} was changed by {who} meanwhile; it is at version {case.version} now, in state "
        f"{case.state}. Look at it again before you go on.",
        parameter="version",
        version=case.version,
        state=case.state,
        changed_by=who,
        changed_at=when.isoformat(),
        detail_vi=f"Hồ sơ {case.shown} vừa được {who} cập nhật. Đề nghị xem lại hồ sơ trước khi tiếp tục.",
    )


def _case(row: DictRow) -> Case:
    return Case(**row)
