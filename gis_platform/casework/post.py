"""What a case tells outside: a webhook that it moved, and the applicant who agreed to be written to.

Messages are put down in the same transaction as what they tell of; a job sends them
(``gis_platform.notices.outbox``).
"""

from dataclasses import dataclass
from datetime import datetime

from gis_platform.casework.case import Case
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.parts import Move
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.notices.outbox import put_mail, put_webhook
from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Post:
    """Which ways out there are; ``tracking`` is the address that a case's code is put behind in letters."""

    mail: bool
    webhook: bool
    tracking: str

    @classmethod
    def of(cls, settings: Settings, tracking: str) -> "Post":
        """As the settings have it."""
        return cls(settings.smtp_host is not None, settings.webhook_url is not None, tracking)


async def tell_webhook(work: UnitOfWork, post: Post | None, case: Case, event: str, at: datetime) -> None:
    """Put down that something happened to a case: no person, no words."""
    if post is None or not post.webhook:
        return
    told = {
        "event": event,
        "case": case.shown,
        "workflow": case.workflow,
        "state": case.state,
        "unit_code": case.unit_code,
        "version": case.version,
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "at": at.isoformat(),
    }
    await put_webhook(work, told)


async def tell_applicant(
    work: UnitOfWork, post: Post | None, case: Case, workflow: Workflow, move: Move, reason: str | None
) -> None:
    """Put down a letter to the applicant, where he agreed and gave an address."""
    if post is None or not post.mail or move.tells is None:
        return
    person = await work.row(SQL["addressee"], case_id=case.id)
    if person is None:
        return
    state = workflow.state(case.state)
    public = state.public or state.title
    lines = [
        f"Mã hồ sơ: {case.shown} ({workflow.title.vi})",
        f"Tình trạng: {public.vi}",
        *([f"Nội dung: {reason}"] if reason else []),
        f"Theo dõi hồ sơ: {post.tracking}{case.code}",
        "",
        "Thư này được gửi tự động theo đề nghị của người nộp hồ sơ, đề nghị không trả lời.",
    ]
    await put_mail(work, person["email"], f"{move.tells.vi} – {case.shown}", "\n".join(lines))
