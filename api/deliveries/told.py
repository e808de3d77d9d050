"""How a delivery stands, as stewards are told."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from etl.delivery.reading_back.register import Row

#: States in which the server works on it, and those in which a person is waited for.
AT_WORK = ("received", "preparing", "approved")
WAITING = ("ready", "partly_applied", "refused", "failed")


class Progress(BaseModel):
    """How far the step under way is."""

    step: str = Field(description="In the words of the log.")
    stage: str = Field(description="receive, recognise, check, compare or approve.")
    rows_done: int
    rows_total: int | None = Field(None, description="Where it is known.")
    percent: int | None = Field(None, ge=0, le=100)
    rows_per_second: float | None = None
    seconds_left: float | None = None


class Line(BaseModel):
    """A delivery in a list."""

    id: int
    kind: str = Field(description="delivery, or rollback of another.")
    undoes: int | None = Field(description="The delivery that a rollback undoes.")
    layer: str
    source: str
    sender: str | None
    source_date: date
    file_name: str
    size: int = Field(description="Bytes of the file.")
    received_at: datetime
    received_by: str
    status: str
    waits_for_person: bool
    progress: Progress | None = Field(description="While the server works on it.")
    counts: dict[str, int]
    errors: int = Field(description="Findings that stop the delivery, all rows together.")
    warnings: int = Field(description="Findings that need a person's word.")
    decided_at: datetime | None
    decided_by: str | None
    applied_at: datetime | None
    synthetic: bool
    links: list[dict[str, str]]


class State(Line):
    """All that is known of one."""

    sha256: str
    file_kept: bool
    findings: list[dict[str, Any]]
    summary: dict[str, Any]
    impact: list[dict[str, Any]]
    asked: dict[str, Any] = Field(description="How the file was asked to be read.")
    read_as: dict[str, Any] = Field(description="How it was read.")
    approved_parts: list[str] | None
    applied_parts: list[str] | None
    prepared_at: datetime | None
    decision_note: str | None
    stopped: dict[str, str] | None = Field(description="Why the server could not go on: vi and en.")
    undone_by: int | None = Field(description="The rollback that undid it.")
    difference: bool = Field(description="Whether the difference is there to be looked at.")
    doubtful: dict[str, int] | None = Field(description="Doubtful changes: found, and waiting for a word.")
    extent: list[float] | None = Field(description="Of all changes: west, south, east, north in degrees.")


def line_of(row: Row, base: str) -> dict[str, Any]:
    """What both the list and one delivery tell; ``base`` is the address of the server."""
    findings = row["findings"]
    here = f"{base}/api/deliveries/{row['id']}"
    return {
        **{name: row[name] for name in Line.model_fields if name in row},
        "size": row["size_bytes"],
        "waits_for_person": row["status"] in WAITING,
        "progress": _progress(row) if row["status"] in AT_WORK else None,
        "errors": _total(findings, "error"),
        "warnings": _total(findings, "warning"),
        "applied_at": row["applied_moments"][-1] if row["applied_moments"] else None,
        "links": [
            {"rel": "self", "href": here},
            *({"rel": name, "href": f"{here}/{name}"} for name in ("changes", "faults")),
            {"rel": "report", "href": f"{here}/report.gpkg", "type": "application/geopackage+sqlite3"},
            {"rel": "report", "href": f"{here}/report.csv", "type": "text/csv"},
            {"rel": "alternate", "href": f"{base}/staff/deliveries/{row['id']}", "type": "text/html"},
        ],
    }


def _progress(row: Row) -> Progress:
    done, total, seconds = row["rows_done"], row["rows_total"], float(row["step_seconds"] or 0)
    rate = done / seconds if done and seconds > 0 else None
    return Progress(
        step=row["step"],
        stage=_stage(row),
        rows_done=done,
        rows_total=total,
        percent=min(100, done * 100 // total) if total else None,
        rows_per_second=round(rate, 1) if rate else None,
        seconds_left=round(max(0, total - done) / rate, 1) if total and rate else None,
    )


#: How the steps of the log begin, and the stage of the way each is.
_STAGES = {"reading": "recognise", "checking": "check", "comparing": "compare", "looking": "compare"}


def _stage(row: Row) -> str:
    if row["status"] == "approved":
        return "approve"
    if row["status"] == "received":
        return "receive"
    return _STAGES.get(row["step"].partition(" ")[0], "recognise")


def _total(findings: list[dict[str, Any]], severity: str) -> int:
    return sum(int(f["count"]) for f in findings if f["severity"] == severity)
