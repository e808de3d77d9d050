"""Notices for stewards: what is overdue, failed, or waits. Raised once, cleared when it is over."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import psycopg
from psycopg.rows import dict_row

from etl.watch.overdue import overdue_notices
from etl.watch.wanted import Wanted
from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.freshness.report import read_report
from gis_platform.layer import Layer
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: The kinds of notices that are raised and cleared here.
KINDS = ("overdue", "overdue_source", "failed", "waiting", "stuck")
#: Who is told.
STEWARDS = (Role.STEWARD, Role.ADMIN)
_MOST_TIME = "30 minutes"
_MOST_DAYS = "60 days"


@dataclass(frozen=True, slots=True)
class Changed:
    """How many notices were raised (or worded anew), and how many are over."""

    raised: int
    cleared: int


async def renew_notices(
    connection: psycopg.AsyncConnection[Any], city: City, layers: Mapping[str, Layer], today: date
) -> Changed:
    """Bring the notices up to now, as the application. The caller commits."""
    # The application itself reads no layer: it looks as a steward would.
    await connection.execute(SQL["act_as"].text.encode(), {"role": Role.STEWARD.database_role})
    seen = [layer for layer in layers.values() if Role.STEWARD in layer.audience]
    report = await read_report(connection, city, seen, today)
    await connection.execute(SQL["act_as_oneself"].text.encode())
    wanted = [*overdue_notices(report), *await _of_deliveries(connection, layers)]
    asked = {
        "wanted": json.dumps([asdict(one) for one in wanted], ensure_ascii=False),
        "kinds": list(KINDS),
        "roles": [role.value for role in STEWARDS],
    }
    cleared = await connection.execute(SQL["clear"].text.encode(), asked)
    raised = await connection.execute(SQL["raise"].text.encode(), asked)
    return Changed(raised.rowcount, cleared.rowcount)


async def _of_deliveries(
    connection: psycopg.AsyncConnection[Any], layers: Mapping[str, Layer]
) -> list[Wanted]:
    asked = {"most_time": _MOST_TIME, "most_days": _MOST_DAYS}
    found = []
    async with connection.cursor(row_factory=dict_row) as cursor:
        for kind in ("failed", "waiting", "stuck"):
            await cursor.execute(SQL[kind].text.encode(), asked)
            found += [_of_delivery(kind, row, layers) for row in await cursor.fetchall()]
    return found


def _of_delivery(kind: str, row: Mapping[str, Any], layers: Mapping[str, Layer]) -> Wanted:
    number, layer = row["id"], layers.get(row["layer"])
    vi = f"Đợt giao số {number} ({layer.title.vi if layer else row['layer']}, tệp {row['file_name']})"
    en = f"Delivery {number} ({layer.title.en if layer else row['layer']}, file {row['file_name']})"
    words = {
        ("failed", "refused"): (
            "không qua kiểm tra; cần xem lỗi và yêu cầu nơi gửi giao lại",
            "did not pass the checks: look at its faults and ask for it again",
        ),
        ("failed", "failed"): (
            "bị dừng do lỗi hệ thống; cần chạy lại hoặc từ chối",
            "broke off: run it again or reject it",
        ),
        ("waiting", "ready"): ("đã kiểm tra xong, đang chờ duyệt", "is checked and waits for a decision"),
    }
    stuck = ("đang xử lý dở mà không có tiến triển", "is under way and makes no progress")
    text_vi, text_en = words.get((kind, row["status"]), stuck)
    return Wanted(kind, f"delivery/{number}", row["layer"], number, f"{vi} {text_vi}.", f"{en} {text_en}.")
