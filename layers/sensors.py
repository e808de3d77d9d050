"""Water stations and their readings.

Stations send every 5 to 10 minutes, irregularly. Readings lie in ``layer.observations``, one partition a
month, with their quality flag: a raw or faulty value is kept and never passed off as good.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer
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
    Text,
    layer_table,
)
from gis_platform.layer.text import Language
from gis_platform.sqlfiles import named_queries

SENSORS = layer_table(
    "sensors",
    Column("code", SqlText, nullable=False),
    Column("name", SqlText, nullable=False),
    Column("river", SqlText),
    Column("status", SqlText, nullable=False, server_default="active"),
    Column("interval_min_minutes", Integer, nullable=False, server_default="5"),
    Column("interval_max_minutes", Integer, nullable=False, server_default="10"),
    geometry="POINT",
)

STATUSES = {
    "planned": Text("Dự kiến lắp", "Planned"),
    "active": Text("Đang hoạt động", "Active"),
    "faulty": Text("Hỏng", "Faulty"),
    "retired": Text("Đã gỡ", "Retired"),
}

OBSERVED = {
    "salinity": Text("Độ mặn", "Salinity"),
    "ph": Text("Độ pH", "pH"),
    "temperature": Text("Nhiệt độ nước", "Water temperature"),
}

# Practice, not law: how far a reading may be trusted.
QUALITY_FLAGS = {
    0: Text("chưa kiểm tra", "raw"),
    1: Text("tốt", "good"),
    2: Text("nghi ngờ", "suspect"),
    3: Text("sai", "bad"),
    4: Text("thiếu", "missing"),
    5: Text("ước tính", "estimated"),
    6: Text("bảo trì, hiệu chuẩn", "maintenance"),
}

LAYER = Layer(
    name="sensors",
    title=Text("Trạm quan trắc nước", "Water stations"),
    description=Text(
        "Trạm đo độ mặn, độ pH trên sông Tiền, tự động gửi số liệu 5–10 phút một lần.",
        "Stations on the Tiền river measuring salinity and pH every 5 to 10 minutes.",
    ),
    geometry=Geometry.POINT,
    table=SENSORS,
    properties=(
        Property(name="code", title=Text("Mã trạm", "Station code"), in_tile=True, aliases=("ma",)),
        Property(name="name", title=Text("Tên trạm", "Name"), spelt=True, in_tile=True, aliases=("ten",)),
        Property(name="river", title=Text("Sông", "River"), spelt=True),
        Property(name="status", title=Text("Tình trạng", "Status"), in_tile=True, values=STATUSES),
        Property(name="interval_min_minutes", title=Text("Chu kỳ ngắn nhất", "Least interval"), unit="phút"),
        Property(name="interval_max_minutes", title=Text("Chu kỳ dài nhất", "Most interval"), unit="phút"),
        SOURCE_DATE,
    ),
    style=Style(
        order=82, color="#1d5f8a", outline="#ffffff", width=7, icon="gauge", label="name", label_from=13
    ),
    cycle=Cycle.YEARLY,
    sql=named_queries(__file__),
    zooms=(8, 22),
    # The operations centre runs them; their readings come from the stations alone.
    editors=frozenset({Role.OPERATOR, Role.ADMIN}),
    key=("code",),
    heading="name",
    brief=("river", "status"),
)

# A value older than so many of the station's longest intervals no longer tells the present.
_STALE_INTERVALS = 3


async def latest_readings(
    work: UnitOfWork, code: str, now: datetime, language: Language
) -> list[dict[str, Any]] | None:
    """The newest reading of each observed property of a station; None where there is no such station."""
    station = await work.row(LAYER.sql["station"], code=code)
    if station is None:
        return None
    limit = station["interval_max_minutes"] * _STALE_INTERVALS
    readings = []
    for row in await work.rows(LAYER.sql["latest"], code=code):
        age = int((now - row["observed_at"]).total_seconds() // 60)
        known = OBSERVED.get(row["property"])
        told = {
            "property_title": known.in_language(language) if known else row["property"],
            "flag_title": QUALITY_FLAGS[row["flag"]].in_language(language),
        }
        readings.append({**row, **told, "age_minutes": age, "stale": age > limit})
    return readings
