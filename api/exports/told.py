"""How an export stands, as callers are told."""

from datetime import datetime

from pydantic import BaseModel, Field

from etl.exporting.reasons import REASONS
from etl.exporting.register import Export


class ExportState(BaseModel):
    """How far it is; ``file`` is there once ``state`` is done."""

    id: str
    collection: str
    format: str
    state: str = Field(description="waiting, running, done or failed.")
    rows_done: int
    rows_total: int | None = Field(None, description="Known once the work has begun.")
    percent: int = Field(ge=0, le=100)
    requested_at: datetime
    finished_at: datetime | None = None
    expires_at: datetime = Field(description="When it is removed with its file.")
    file: str | None = None
    file_name: str | None = None
    size: int | None = Field(None, description="Bytes of the file.")
    sha256: str | None = None
    synthetic: bool | None = Field(None, description="Whether a row of the file is made up.")
    reason: str | None = Field(None, description="Why it failed, in Vietnamese.")
    reason_en: str | None = None


def state_of(export: Export, base: str) -> ExportState:
    """What is told of an export; ``base`` is the address of the server."""
    done = export.state == "done"
    total = export.rows_total or 0
    # The file itself is still to be written when all rows are read.
    read = min(95, export.rows_done * 95 // total) if total else 0
    reason = REASONS[export.reason] if export.reason else None
    return ExportState(
        id=export.id,
        collection=export.collection,
        format=export.format,
        state=export.state,
        rows_done=export.rows_done,
        rows_total=export.rows_total,
        percent=100 if done else read,
        requested_at=export.requested_at,
        finished_at=export.finished_at,
        expires_at=export.expires_at,
        file=f"{base}/api/exports/{export.id}/file" if done else None,
        file_name=export.file_name,
        size=export.size_bytes,
        sha256=export.sha256,
        synthetic=export.synthetic,
        reason=reason.vi if reason else None,
        reason_en=reason.en if reason else None,
    )
