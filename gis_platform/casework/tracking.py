"""Following a case by its code, without a sign-in: where it is and when it is due, and no person."""

from datetime import date
from typing import Any

from gis_platform.casework.codes import read_code, shown_code
from gis_platform.casework.consulting import silent
from gis_platform.casework.registry import installed_workflows
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import NotFound
from gis_platform.layer.text import Language
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


async def tracked(work: UnitOfWork, code: str, today: date, language: Language) -> dict[str, Any]:
    """What the code's holder may know.

    Raises:
        BadParameter: it is no code, or was mistyped.
        NotFound: no case has it.
    """
    stored = read_code(code)
    row = await work.row(SQL["track"], code=stored)
    workflow = installed_workflows().get(row["workflow"]) if row else None
    if row is None or workflow is None:
        raise NotFound(
            f"There is no case {shown_code(stored)}.",
            parameter="code",
            detail_vi=f"Không có hồ sơ mang mã {shown_code(stored)}.",
        )

    unanswered = [date.fromisoformat(day) if day else None for day in row["unanswered"]]

    def public(name: str) -> str:
        state = workflow.state(name)
        return (state.public or state.title).in_language(language)

    return {
        "code": shown_code(stored),
        "workflow": workflow.title.in_language(language),
        "state": public(row["state"]),
        "waits_for_you": row["waiting"],
        "unit_code": row["unit_code"],
        "opened_at": row["opened_at"],
        "closed_at": row["closed_at"],
        "clocks": [
            {
                "title": workflow.clock(clock["name"]).title.in_language(language),
                "started_on": date.fromisoformat(clock["started_on"]),
                "days": clock["days"],
                "counts": clock["counts"],
                "due_on": clock["due_on"] and date.fromisoformat(clock["due_on"]),
                "stopped_on": clock["stopped_on"] and date.fromisoformat(clock["stopped_on"]),
                "paused": clock["paused"],
                "overdue": _overdue(clock, today),
                "rule": clock["rule"].get(language),
                "working": clock["working"],
            }
            for clock in row["clocks"]
        ],
        "steps": [{"at": step["at"], "state": public(step["state"])} for step in row["steps"]],
        "consultations": {
            "asked": row["answered"] + len(row["unanswered"]),
            "answered": row["answered"],
            "silent": sum(silent(due_on, today) for due_on in unanswered),
        },
        "synthetic": row["synthetic"],
    }


def _overdue(clock: dict[str, Any], today: date) -> bool:
    return clock["stopped_on"] is None and bool(clock["due_on"]) and clock["due_on"] < today.isoformat()
