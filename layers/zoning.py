"""Planned zones (quy hoạch): what each plan says of the ground, theme by theme.

A plan covers an area for certain themes. Inside that area a parcel without a zone of a theme is "not
affected"; outside it there is "no data". ``layer.plan_coverage`` holds those areas and is made after each
delivery from what was delivered, so that the difference is never guessed: a zone answers for its own theme
and for those in its ``plan_themes``, the themes its plan shows completely. A plan that draws one heritage
area and does not list ``heritage`` has said nothing of the ground beside it.
"""

from sqlalchemy import Column, Date, Double, Integer
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import ARRAY

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

ZONING = layer_table(
    "zoning",
    Column("code", SqlText, nullable=False),
    Column("title", SqlText, nullable=False),
    Column("theme", SqlText, nullable=False),
    Column("plan_code", SqlText, nullable=False),
    Column("plan_name", SqlText, nullable=False),
    Column("plan_level", SqlText, nullable=False),
    Column("plan_themes", ARRAY(SqlText), nullable=False, server_default="{}"),
    Column("decision_no", SqlText, nullable=False),
    Column("decision_date", Date, nullable=False),
    Column("scale", Integer),
    Column("function_code", SqlText),
    Column("function_name", SqlText),
    Column("max_density_pct", Double),
    Column("floors_min", Integer),
    Column("floors_max", Integer),
    Column("height_max_m", Double),
    Column("far_max", Double),
    Column("red_line_m", Double),
    Column("building_line_m", Double),
    Column("setback_m", Double),
    Column("ground_level_m", Double),
    Column("legal_basis", SqlText),
    geometry="MULTIPOLYGON",
    history=True,
)

THEMES = {
    "land_function": Text("Chức năng sử dụng đất quy hoạch", "Planned land function"),
    "road_reserve": Text("Đường quy hoạch, chỉ giới đường đỏ", "Planned road reserve"),
    "waterway_corridor": Text("Hành lang bảo vệ sông, kênh, rạch", "Waterway protection corridor"),
    "power_corridor": Text("Hành lang an toàn lưới điện", "Power line safety corridor"),
    "heritage": Text("Khu vực bảo vệ di tích", "Heritage protection area"),
}

# From the most detailed down: inside its boundary a detailed plan rules the details (normal practice,
# not read as text of a law).
PLAN_LEVELS = {
    "chi_tiet": Text("Quy hoạch chi tiết", "Detailed plan"),
    "phan_khu": Text("Quy hoạch phân khu", "Zoning plan"),
    "chung": Text("Quy hoạch chung", "General plan"),
}

LAYER = Layer(
    name="zoning",
    title=Text("Quy hoạch", "Zoning"),
    description=Text(
        "Các khu vực trong đồ án quy hoạch: chức năng sử dụng đất, đường, hành lang và chỉ tiêu xây dựng.",
        "Zones of the plans: land function, roads, corridors, and what may be built.",
    ),
    geometry=Geometry.MULTIPOLYGON,
    table=ZONING,
    properties=(
        Property(name="code", title=Text("Ký hiệu khu vực", "Zone code"), in_tile=True, aliases=("ky_hieu",)),
        Property(
            name="title", title=Text("Tên khu vực", "Zone name"), spelt=True, in_tile=True, aliases=("ten",)
        ),
        Property(name="theme", title=Text("Chủ đề", "Theme"), in_tile=True, values=THEMES),
        Property(name="plan_code", title=Text("Mã đồ án", "Plan code"), in_tile=True, aliases=("ma_do_an",)),
        Property(name="plan_name", title=Text("Tên đồ án", "Plan name"), spelt=True, aliases=("ten_do_an",)),
        Property(name="plan_level", title=Text("Cấp đồ án", "Plan level"), in_tile=True, values=PLAN_LEVELS),
        Property(
            name="plan_themes",
            title=Text("Nội dung đồ án thể hiện đầy đủ", "Themes the plan shows completely"),
            aliases=("noi_dung_do_an",),
            words=THEMES,
        ),
        Property(name="decision_no", title=Text("Số quyết định", "Decision number"), aliases=("so_qd",)),
        Property(name="decision_date", title=Text("Ngày quyết định", "Decision date"), aliases=("ngay_qd",)),
        Property(name="scale", title=Text("Tỷ lệ bản đồ 1:", "Scale 1:"), aliases=("ty_le",)),
        Property(name="function_code", title=Text("Mã chức năng", "Function code"), in_tile=True),
        Property(
            name="function_name", title=Text("Chức năng", "Function"), spelt=True, aliases=("chuc_nang",)
        ),
        Property(
            name="max_density_pct",
            title=Text("Mật độ xây dựng tối đa", "Maximum building density"),
            unit="%",
            aliases=("mat_do",),
        ),
        Property(name="floors_min", title=Text("Số tầng tối thiểu", "Least floors"), unit="tầng"),
        Property(name="floors_max", title=Text("Số tầng tối đa", "Most floors"), unit="tầng"),
        Property(name="height_max_m", title=Text("Chiều cao tối đa", "Greatest height"), unit="m"),
        Property(name="far_max", title=Text("Hệ số sử dụng đất tối đa", "Greatest floor area ratio")),
        Property(name="red_line_m", title=Text("Chỉ giới đường đỏ", "Red line"), unit="m"),
        Property(name="building_line_m", title=Text("Chỉ giới xây dựng", "Building line"), unit="m"),
        Property(name="setback_m", title=Text("Khoảng lùi", "Setback"), unit="m"),
        Property(name="ground_level_m", title=Text("Cốt nền xây dựng (Hòn Dấu)", "Ground level"), unit="m"),
        Property(name="legal_basis", title=Text("Căn cứ pháp lý", "Legal basis"), aliases=("can_cu",)),
        SOURCE_DATE,
    ),
    style=Style(
        order=30,
        color="#d8cbb0",
        outline="#a08f70",
        opacity=0.75,
        width=0.6,
        by="function_code",
        # The plan that governs is the one that is seen; corridors lie over what is to be built beneath them.
        over=(("theme", tuple(THEMES)), ("plan_level", tuple(reversed(PLAN_LEVELS)))),
        # National colour convention for planned land use is not verified here: familiar hues, muted.
        classes=(
            StyleClass(values=("ODT",), label=Text("Đất ở đô thị", "Urban housing"), color="#f0c9a8"),
            StyleClass(values=("ONT",), label=Text("Đất ở nông thôn", "Rural housing"), color="#f3dcbf"),
            StyleClass(
                values=("TMD",), label=Text("Thương mại, dịch vụ", "Commerce, services"), color="#e3a59a"
            ),
            StyleClass(
                values=("DGD", "DYT", "DVH", "TSC", "DTT", "DCH", "TON"),
                label=Text("Công trình công cộng", "Public facilities"),
                color="#c9a9c7",
                pattern="cross",
            ),
            StyleClass(values=("DKV",), label=Text("Cây xanh, công viên", "Parks, green"), color="#a9cfa0"),
            StyleClass(
                values=("CLN", "HNK", "LUA", "LUC", "NTS"),
                label=Text("Đất nông nghiệp", "Farmland"),
                color="#d5e3b3",
            ),
            StyleClass(
                values=("SKC", "SKK", "SKN"),
                label=Text("Sản xuất, công nghiệp", "Industry"),
                color="#b9b3c9",
                pattern="diagonal",
            ),
            StyleClass(values=("SON", "MNC"), label=Text("Mặt nước", "Water"), color="#a9cbdc"),
            StyleClass(
                values=("DGT",),
                label=Text("Giao thông", "Roads"),
                color="#d98c7a",
                pattern="diagonal",
            ),
            StyleClass(
                values=("HL",), label=Text("Hành lang bảo vệ", "Corridors"), color="#8fb3b8", pattern="dots"
            ),
        ),
        shown=False,
    ),
    cycle=Cycle.YEARLY,
    sql=named_queries(__file__),
    zooms=(9, 22),
    key=("plan_code", "code"),
    scope=("plan_code",),
    history=True,
    heading="title",
    brief=("function_name", "plan_level", "max_density_pct", "floors_max"),
)
