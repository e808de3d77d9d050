"""Free public wifi points. A session lasts at most 20 minutes: the limit is per session, not per day."""

from sqlalchemy import Column, Integer
from sqlalchemy import Text as SqlText

from gis_platform.access.roles import Role
from gis_platform.layer import (
    SOURCE_DATE,
    Cycle,
    Geometry,
    Layer,
    Property,
    Style,
    Text,
    layer_table,
)
from gis_platform.sqlfiles import named_queries

HOTSPOTS = layer_table(
    "hotspots",
    Column("code", SqlText, nullable=False),
    Column("name", SqlText, nullable=False),
    Column("place_kind", SqlText),
    Column("status", SqlText, nullable=False, server_default="active"),
    Column("ssid", SqlText),
    Column("session_limit_minutes", Integer, nullable=False, server_default="20"),
    Column("cooldown_s", Integer),
    geometry="POINT",
)

STATUSES = {
    "planned": Text("Dự kiến lắp", "Planned"),
    "active": Text("Đang phát sóng", "Active"),
    "faulty": Text("Tạm ngừng", "Faulty"),
    "retired": Text("Đã gỡ", "Retired"),
}

# What the city's list says; other kinds may come.
PLACES = {
    "tourism": Text("Điểm du lịch, công viên", "Sights and parks"),
    "culture": Text("Thiết chế văn hoá", "Culture"),
    "market": Text("Chợ, thương mại", "Market"),
    "school": Text("Trường học", "School"),
    "health": Text("Cơ sở y tế", "Health care"),
    "office": Text("Cơ quan hành chính", "Public office"),
    "stop": Text("Bến xe, trạm dừng", "Bus stop"),
}

LAYER = Layer(
    name="hotspots",
    title=Text("Điểm wifi miễn phí", "Free wifi"),
    description=Text(
        "Điểm phát sóng wifi công cộng; mỗi lần truy cập tối đa 20 phút.",
        "Public wifi points; one session lasts at most 20 minutes.",
    ),
    geometry=Geometry.POINT,
    table=HOTSPOTS,
    properties=(
        Property(name="code", title=Text("Mã", "Code"), in_tile=True, aliases=("ma",)),
        Property(name="name", title=Text("Tên điểm", "Name"), spelt=True, in_tile=True, aliases=("ten",)),
        Property(name="place_kind", title=Text("Loại địa điểm", "Kind of place"), in_tile=True, words=PLACES),
        Property(name="status", title=Text("Tình trạng", "Status"), in_tile=True, values=STATUSES),
        Property(name="ssid", title=Text("Tên mạng", "Network name")),
        Property(
            name="session_limit_minutes",
            title=Text("Thời gian tối đa mỗi lần", "Longest session"),
            unit="phút",
        ),
        # Whether a new session may follow at once is not stated anywhere: empty means not decided.
        Property(name="cooldown_s", title=Text("Nghỉ giữa hai lần", "Pause between sessions"), unit="s"),
        SOURCE_DATE,
    ),
    style=Style(
        order=81, color="#1f6f54", outline="#ffffff", width=6, icon="wifi", label="name", label_from=15.5
    ),
    cycle=Cycle.QUARTERLY,
    sql=named_queries(__file__),
    zooms=(9, 22),
    visible_rows={Role.PUBLIC: "status IN ('active', 'faulty')"},
    hidden_rows_note=Text(
        "Điểm mới dự kiến lắp và điểm đã gỡ không hiển thị công khai.",
        "Points that are only planned and points taken down are not shown to the public.",
    ),
    # The operations centre runs them.
    editors=frozenset({Role.OPERATOR, Role.ADMIN}),
    key=("code",),
    heading="name",
    brief=("place_kind", "status", "ssid"),
)
