"""Administrative units (đơn vị hành chính) in their three generations.

Codes are reused: 28261 was Phường 1 and is phường Mỹ Tho. So the key is (code, generation), never the code
alone. Generations: 1 the units that the parcels of 2018 still name, 2 until 2025-06-30, 3 since 2025-07-01
(Resolution 1663/NQ-UBTVQH15).
"""

import re

from sqlalchemy import Column, Date, Integer
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import ARRAY

from gis_platform.layer import (
    SOURCE_DATE,
    Checks,
    Coverage,
    Cycle,
    Geometry,
    Layer,
    Property,
    Style,
    Text,
    layer_table,
)
from gis_platform.sqlfiles import named_queries
from layers.references.unit import read_unit

CURRENT_GENERATION = 3
_CODE = re.compile(r"[0-9]{5}")

ADMIN_UNITS = layer_table(
    "admin_units",
    Column("code", SqlText, nullable=False),
    Column("name", SqlText, nullable=False),
    Column("full_name", SqlText, nullable=False),
    Column("kind", SqlText, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("existed_from", Date),
    Column("existed_to", Date),
    Column("parent_code", SqlText),
    Column("predecessors", ARRAY(SqlText), nullable=False, server_default="{}"),
    Column("note", SqlText),
    geometry="MULTIPOLYGON",
    history=True,
)


def _recognise(text: str) -> tuple[dict[str, str], ...]:
    """A unit written with its kind, such as "P.1", or its code."""
    unit = text.strip() if _CODE.fullmatch(text.strip()) else read_unit(text)
    return () if unit is None else ({"unit": unit},)


KINDS = {"phuong": Text("Phường", "Ward"), "xa": Text("Xã", "Commune")}

LAYER = Layer(
    name="admin_units",
    title=Text("Đơn vị hành chính", "Administrative units"),
    description=Text(
        "Phường, xã qua ba thời kỳ: theo dữ liệu 2018, đến 30/6/2025 và từ 1/7/2025.",
        "Wards and communes in three generations: as of the 2018 data, until 2025-06-30, since 2025-07-01.",
    ),
    geometry=Geometry.MULTIPOLYGON,
    table=ADMIN_UNITS,
    properties=(
        Property(name="code", title=Text("Mã đơn vị", "Unit code"), in_tile=True, aliases=("ma", "ma_xa")),
        Property(name="name", title=Text("Tên", "Name"), spelt=True, in_tile=True, aliases=("ten",)),
        Property(
            name="full_name",
            title=Text("Tên đầy đủ", "Full name"),
            spelt=True,
            in_tile=True,
            aliases=("fullname",),
        ),
        Property(name="kind", title=Text("Loại", "Kind"), values=KINDS),
        Property(name="generation", title=Text("Thời kỳ", "Generation"), in_tile=True),
        Property(name="existed_from", title=Text("Tồn tại từ", "Existed from"), in_tile=True),
        Property(name="existed_to", title=Text("Tồn tại đến", "Existed to"), in_tile=True),
        Property(name="parent_code", title=Text("Mã đơn vị cấp trên", "Parent code")),
        Property(name="predecessors", title=Text("Hình thành từ", "Formed from")),
        Property(name="note", title=Text("Ghi chú", "Note"), spelt=True),
        SOURCE_DATE,
    ),
    style=Style(
        order=60,
        color="#ffffff",
        outline="#7a4f6d",
        opacity=0.0,
        width=1.6,
        label="full_name",
        label_from=11,
        drawn={"generation": (CURRENT_GENERATION,)},
        lasts=("existed_from", "existed_to"),
    ),
    cycle=Cycle.AS_DECIDED,
    sql=named_queries(__file__),
    zooms=(6, 22),
    key=("code", "generation"),
    scope=("generation",),
    history=True,
    heading="full_name",
    brief=("kind", "code", "existed_from"),
    # What is published of the borders was drawn for maps of provinces.
    checks=Checks(coverage=Coverage(scale=10_000, within=("generation",))),
    recognise=_recognise,
)
