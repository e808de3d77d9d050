"""Exports asked for: admitted within limits, found again by their id, removed."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from psycopg.rows import class_row, dict_row

from gis_platform.access.caller import Caller
from gis_platform.errors import TooManyRequests
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

KEPT = timedelta(hours=24)
MOST_OPEN_OF_ONE = 2
MOST_OPEN = 20
MOST_KEPT_OF_ONE = 12


@dataclass(frozen=True, slots=True)
class Export:
    """One export as it stands; ``asked`` are the parameters of its question."""

    id: str
    account_id: int | None
    role: str
    collection: str
    format: str
    asked: dict[str, str]
    state: str
    rows_total: int | None
    rows_done: int
    synthetic: bool | None
    file_name: str | None
    size_bytes: int | None
    sha256: str | None
    reason: str | None
    requested_at: datetime
    finished_at: datetime | None
    expires_at: datetime

    def belongs_to(self, caller: Caller) -> bool:
        """The public's are for whoever knows the id; an account's for it alone, and its role."""
        if self.account_id is None:
            return True
        return self.account_id == caller.account_id and self.role == caller.role


async def admit(
    connection: psycopg.AsyncConnection[Any],
    caller: Caller,
    place: str,
    collection: str,
    form: str,
    asked: dict[str, str],
) -> str:
    """Write one down and return its id, which nobody can guess; the caller commits.

    Raises:
        TooManyRequests: this caller, or all together, have too many; ``retry_after`` is in seconds.
    """
    account = caller.account_id
    await connection.execute(SQL["one_at_a_time"].text.encode())
    cursor = connection.cursor(row_factory=dict_row)
    await cursor.execute(SQL["crowd"].text.encode(), {"account_id": account, "place": place})
    crowd = await cursor.fetchone() or {}
    if crowd["mine_kept"] >= MOST_KEPT_OF_ONE:
        raise TooManyRequests(
            f"{MOST_KEPT_OF_ONE} files are kept for you already. Remove one (DELETE), or wait until one "
            "expires.",
            retry_after=max(1, crowd["mine_go_in_s"]),
            detail_vi=f"Đã có {MOST_KEPT_OF_ONE} tệp xuất được lưu cho bạn. Hãy xoá bớt một tệp "
            "(DELETE), hoặc đợi một tệp hết hạn.",
        )
    if crowd["mine_open"] >= MOST_OPEN_OF_ONE:
        raise TooManyRequests(
            f"{MOST_OPEN_OF_ONE} files are being made for you already. Ask again when one is done.",
            retry_after=30,
            detail_vi=f"Đang tạo {MOST_OPEN_OF_ONE} tệp xuất cho bạn. Hãy yêu cầu lại khi một tệp đã xong.",
        )
    if crowd["all_open"] >= MOST_OPEN:
        raise TooManyRequests(
            "Too many files are being made now. Please try again later.",
            retry_after=60,
            detail_vi="Hệ thống đang tạo quá nhiều tệp xuất. Hãy thử lại sau ít phút.",
        )
    export_id = secrets.token_urlsafe(24)
    await connection.execute(
        SQL["add"].text.encode(),
        {
            "id": export_id,
            "account_id": account,
            "role": caller.role,
            "actor": caller.actor,
            "place": place,
            "collection": collection,
            "format": form,
            "asked": json.dumps(asked),
            "kept": KEPT,
        },
    )
    return export_id


async def find(connection: psycopg.AsyncConnection[Any], export_id: str) -> Export | None:
    """One export by id; None where there is none or its time is over."""
    cursor = connection.cursor(row_factory=class_row(Export))
    await cursor.execute(SQL["find"].text.encode(), {"id": export_id})
    return await cursor.fetchone()


async def remove(connection: psycopg.AsyncConnection[Any], export_id: str) -> None:
    """Strike it out; a worker that is at it stops by itself."""
    await connection.execute(SQL["remove"].text.encode(), {"id": export_id})
