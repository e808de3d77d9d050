"""Cameras of the city, for staff: what the public learns of places and aims is the police's to decide."""

from sqlalchemy import Boolean, Column, Date, Double
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import JSONB

from gis_platform.access.roles import STAFF, Role
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

CAMERAS = layer_table(
    "cameras",
    Column("code", SqlText, nullable=False),
    Column("name", SqlText, nullable=False),
    Column("smart", Boolean, nullable=False),
    Column("status", SqlText, nullable=False, server_default="active"),
    Column("street", SqlText),
    Column("aim_deg", Double),
    Column("features", JSONB, nullable=False, server_default="[]"),
    Column("installed_on", Date),
    geometry="POINT",
)

# Being on the register and working are two things, so that counts can match the papers of their date.
STATUSES = {
    "planned": Text("Dự kiến lắp", "Planned"),
    "active": Text("Đang hoạt động", "Active"),
    "faulty": Text("Hỏng", "Faulty"),
    "retired": Text("Đã gỡ", "Retired"),
}

LAYER = Layer(
    name="cameras",
    title=Text("Camera", "Cameras"),
    description=Text(
        "Camera giám sát của thành phố; camera thông minh nhận biết biển số, hành vi vượt đèn đỏ.",
        "Cameras of the city; smart ones read plates and see red-light running.",
    ),
    geometry=Geometry.POINT,
    table=CAMERAS,
    properties=(
        Property(name="code", title=Text("Mã", "Code"), in_tile=True, aliases=("ma",)),
        Property(name="name", title=Text("Tên", "Name"), spelt=True, in_tile=True, aliases=("ten",)),
        Property(name="smart", title=Text("Camera thông minh", "Smart"), in_tile=True),
        Property(name="status", title=Text("Tình trạng", "Status"), in_tile=True, values=STATUSES),
        Property(name="street", title=Text("Đường", "Street"), aliases=("duong",)),
        Property(name="aim_deg", title=Text("Hướng nhìn", "Aim"), unit="°"),
        Property(name="features", title=Text("Chức năng", "Features")),
        Property(name="installed_on", title=Text("Ngày lắp đặt", "Installed on")),
        SOURCE_DATE,
    ),
    style=Style(
        order=80,
        color="#5b6770",
        outline="#ffffff",
        width=5,
        icon="camera",
        by="smart",
        classes=(
            StyleClass(values=(True,), label=Text("Camera thông minh", "Smart camera"), color="#a1352b"),
            StyleClass(values=(False,), label=Text("Camera thường", "Ordinary camera"), color="#5b6770"),
        ),
        shown=False,
    ),
    cycle=Cycle.QUARTERLY,
    sql=named_queries(__file__),
    zooms=(10, 22),
    audience=STAFF,
    # The operations centre puts them up, mends them and takes them down.
    editors=frozenset({Role.OPERATOR, Role.ADMIN}),
    key=("code",),
    heading="name",
    brief=("status", "street", "smart"),
)
