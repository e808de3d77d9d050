"""Violations in two streams with their own states: traffic (phạt nguội) and urban order.

Plates and reporters are personal data. The public sees sums only, through ``summary``; a case is staff's.
"""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime
from sqlalchemy import Text as SqlText

from gis_platform.access.roles import Role
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer import (
    SOURCE_DATE,
    Cycle,
    Geometry,
    Layer,
    Property,
    Style,
    StyleClass,
    Text,
    layer_table,
)
from gis_platform.sqlfiles import named_queries

VIOLATIONS = layer_table(
    "violations",
    Column("code", SqlText, nullable=False),
    Column("stream", SqlText, nullable=False),
    Column("state", SqlText, nullable=False),
    Column("category", SqlText, nullable=False),
    Column("office", SqlText, nullable=False),
    Column("occurred_at", DateTime(timezone=True)),
    Column("received_at", DateTime(timezone=True)),
    Column("notified_at", DateTime(timezone=True)),
    Column("recorded_at", DateTime(timezone=True)),
    Column("paid_at", DateTime(timezone=True)),
    Column("done_at", DateTime(timezone=True)),
    Column("due_at", DateTime(timezone=True)),
    Column("amount_vnd", BigInteger),
    Column("plate", SqlText),
    Column("vehicle_kind", SqlText),
    Column("reporter_name", SqlText),
    Column("reporter_phone", SqlText),
    Column("camera_code", SqlText),
    Column("street", SqlText),
    Column("description", SqlText),
    geometry="POINT",
)

STREAMS = {
    "traffic": Text("Trật tự, an toàn giao thông", "Traffic"),
    "urban_order": Text("Trật tự đô thị, vệ sinh môi trường, quảng cáo", "Urban order, environment"),
}

STATES = {
    "traffic": {
        "detected": Text("Đã phát hiện", "Detected"),
        "notified": Text("Đã gửi thông báo", "Notified"),
        "recorded": Text("Đã lập biên bản", "Recorded"),
        "paid": Text("Đã nộp phạt", "Paid"),
        "cancelled": Text("Đã hủy", "Cancelled"),
    },
    "urban_order": {
        "received": Text("Đã tiếp nhận", "Received"),
        "assigned": Text("Đã phân công", "Assigned"),
        "verified": Text("Đã xác minh", "Verified"),
        "done": Text("Đã xử lý xong", "Done"),
        "rejected": Text("Không xử lý", "Rejected"),
    },
}

OFFICES = {
    "tnmt": Text("Phòng Tài nguyên và Môi trường", "Natural resources and environment"),
    "qldt": Text("Phòng Quản lý đô thị", "Urban management"),
    "csgt": Text("Công an thành phố", "City police"),
}

VEHICLES = {"car": Text("Ô tô", "Car"), "motorbike": Text("Xe mô tô", "Motorbike")}

_CASE_STAFF = frozenset({Role.ENFORCEMENT, Role.OPERATOR, Role.STEWARD, Role.AUDITOR, Role.ADMIN})
_PLATES = frozenset({Role.ENFORCEMENT, Role.ADMIN})

LAYER = Layer(
    name="violations",
    title=Text("Vi phạm", "Violations"),
    description=Text(
        "Vụ việc vi phạm giao thông và trật tự đô thị; công khai chỉ có số liệu tổng hợp.",
        "Traffic and urban-order cases; the public sees sums only.",
    ),
    geometry=Geometry.POINT,
    table=VIOLATIONS,
    properties=(
        Property(name="code", title=Text("Mã vụ việc", "Case code"), in_tile=True),
        Property(name="stream", title=Text("Lĩnh vực", "Stream"), in_tile=True, values=STREAMS),
        Property(
            name="state",
            title=Text("Trạng thái", "State"),
            in_tile=True,
            values={**STATES["traffic"], **STATES["urban_order"]},
        ),
        Property(name="category", title=Text("Hành vi", "Category"), in_tile=True),
        Property(name="office", title=Text("Đơn vị xử lý", "Office"), values=OFFICES),
        Property(name="occurred_at", title=Text("Thời điểm vi phạm", "Occurred")),
        Property(name="received_at", title=Text("Tiếp nhận", "Received")),
        Property(name="notified_at", title=Text("Gửi thông báo", "Notified")),
        Property(name="recorded_at", title=Text("Lập biên bản", "Recorded")),
        Property(name="paid_at", title=Text("Nộp phạt", "Paid")),
        Property(name="done_at", title=Text("Xử lý xong", "Done")),
        Property(name="due_at", title=Text("Hạn xử lý", "Due")),
        Property(name="amount_vnd", title=Text("Số tiền phạt", "Fine"), unit="đồng"),
        Property(name="plate", title=Text("Biển số", "Plate"), personal=True, audience=_PLATES),
        # The text of a plate alone cannot tell a car from a motorbike.
        Property(name="vehicle_kind", title=Text("Loại xe", "Vehicle"), values=VEHICLES),
        Property(
            name="reporter_name", title=Text("Người phản ánh", "Reporter"), personal=True, audience=_PLATES
        ),
        Property(
            name="reporter_phone",
            title=Text("Điện thoại người phản ánh", "Reporter's phone"),
            personal=True,
            audience=_PLATES,
        ),
        Property(name="camera_code", title=Text("Mã camera", "Camera code")),
        Property(name="street", title=Text("Đường", "Street")),
        Property(name="description", title=Text("Nội dung", "Description")),
        SOURCE_DATE,
    ),
    style=Style(
        order=83,
        color="#a1352b",
        outline="#ffffff",
        width=4,
        icon="flag",
        by="stream",
        classes=(
            StyleClass(values=("traffic",), label=STREAMS["traffic"], color="#b4531f"),
            StyleClass(values=("urban_order",), label=STREAMS["urban_order"], color="#6b3f7d"),
        ),
        shown=False,
    ),
    cycle=Cycle.MONTHLY,
    sql=named_queries(__file__),
    zooms=(10, 22),
    audience=_CASE_STAFF,
    key=("code",),
    heading="code",
    brief=("stream", "state", "occurred_at", "due_at"),
)


async def summarise(work: UnitOfWork, stream: str, first: date, last: date) -> dict[str, Any]:
    """Sums of the cases that came in on the city's days ``first`` to ``last``, and how far they came by then.

    Traffic counts by the moment of the act, urban order by the moment of reception. A vehicle may occur in
    several cases: these are cases, not vehicles. ``amount_vnd`` is None and ``amount_hidden`` true where
    one to four fines were paid, for a single fine is a person's.
    """
    if stream == "traffic":
        row = await work.row(LAYER.sql["traffic_summary"], from_day=first, to_day=last)
        counts = dict(row or {})
        return {**counts, "amount_hidden": counts.get("amount_vnd") is None}
    rows = await work.rows(LAYER.sql["urban_order_summary"], from_day=first, to_day=last)
    return {
        "received": sum(row["received"] for row in rows),
        "done": sum(row["done"] for row in rows),
        "by_office": {row["office"]: row["received"] for row in rows},
    }
