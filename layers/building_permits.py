"""Construction permits (giấy phép xây dựng): the ground of each building as it was permitted.

What is applied for is a case and stays one; what was permitted is a feature and names no person. Who issues,
adjusts and extends one, and by which rules, is in ``layers/permits``.
"""

from sqlalchemy import BigInteger, Column, Date, Double, Integer
from sqlalchemy import Text as SqlText

from gis_platform.access.roles import Role
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
from gis_platform.layer.concern import Concern
from gis_platform.sqlfiles import named_queries
from layers.permits.check.proposal import USES
from layers.permits.words import KINDS, STATES

BUILDING_PERMITS = layer_table(
    "building_permits",
    Column("permit_no", SqlText, nullable=False),
    Column("kind", SqlText, nullable=False),
    Column("use", SqlText, nullable=False),
    Column("floors", Integer, nullable=False),
    Column("height_m", Double, nullable=False),
    Column("footprint_m2", Double, nullable=False),
    Column("floor_area_m2", Double, nullable=False),
    Column("density_percent", Double),
    Column("far", Double),
    Column("ground_level", Double),
    Column("state", SqlText, nullable=False, server_default="valid"),
    Column("issued_on", Date, nullable=False),
    Column("start_by", Date),
    Column("started_on", Date),
    Column("extended", Integer, nullable=False, server_default="0"),
    Column("valid_until", Date),
    Column("parcel_id", BigInteger),
    Column("unit_code", SqlText, nullable=False),
    Column("address", SqlText),
    Column("document", SqlText),
    Column("case_code", SqlText),
    geometry="MULTIPOLYGON",
    history=True,
)

#: Who comes from a permit to its case: those who read cases of permits.
_OFFICE = frozenset({Role.PERMIT, Role.PLANNER, Role.STEWARD, Role.AUDITOR, Role.ADMIN})

LAYER = Layer(
    name="building_permits",
    title=Text("Giấy phép xây dựng", "Construction permits"),
    description=Text(
        "Phần đất xây dựng theo giấy phép đã cấp, kèm quy mô, thời hạn và tình trạng; không ghi tên người.",
        "The ground of buildings as permitted, with their size, terms and state; no person is named.",
    ),
    geometry=Geometry.MULTIPOLYGON,
    table=BUILDING_PERMITS,
    properties=(
        Property(
            name="permit_no",
            title=Text("Số giấy phép", "Permit number"),
            in_tile=True,
            aliases=("so_giay_phep", "so_gpxd"),
        ),
        Property(
            name="kind", title=Text("Loại giấy phép", "Kind"), values=KINDS, aliases=("loai_giay_phep",)
        ),
        Property(name="use", title=Text("Công năng", "Use"), values=USES, aliases=("cong_nang",)),
        Property(name="floors", title=Text("Số tầng", "Floors"), unit="tầng", aliases=("so_tang",)),
        Property(name="height_m", title=Text("Chiều cao", "Height"), unit="m", aliases=("chieu_cao",)),
        Property(
            name="footprint_m2",
            title=Text("Diện tích xây dựng tầng 1", "Ground floor area"),
            unit="m²",
            aliases=("dien_tich_xay_dung", "dien_tich_tang_1"),
        ),
        Property(
            name="floor_area_m2",
            title=Text("Tổng diện tích sàn", "Total floor area"),
            unit="m²",
            aliases=("tong_dien_tich_san",),
        ),
        Property(
            name="density_percent",
            title=Text("Mật độ xây dựng", "Building density"),
            unit="%",
            aliases=("mat_do",),
        ),
        Property(name="far", title=Text("Hệ số sử dụng đất", "Floor area ratio"), aliases=("he_so_sdd",)),
        Property(
            name="ground_level",
            title=Text("Cốt nền xây dựng", "Ground level"),
            unit="m",
            aliases=("cot_nen", "cot_xay_dung"),
        ),
        Property(
            name="state",
            title=Text("Tình trạng", "State"),
            in_tile=True,
            values=STATES,
            aliases=("trang_thai",),
        ),
        Property(name="issued_on", title=Text("Ngày cấp", "Issued on"), aliases=("ngay_cap",)),
        Property(name="start_by", title=Text("Khởi công trước hết ngày", "To be begun by")),
        Property(name="started_on", title=Text("Ngày khởi công", "Begun on"), aliases=("ngay_khoi_cong",)),
        Property(
            name="extended", title=Text("Số lần gia hạn", "Times extended"), aliases=("so_lan_gia_han",)
        ),
        Property(
            name="valid_until",
            title=Text("Công trình được tồn tại đến", "Building may stand until"),
            aliases=("ton_tai_den",),
        ),
        Property(
            name="parcel_id", title=Text("Mã thửa đất trong hệ thống", "Parcel id"), aliases=("thua_id",)
        ),
        Property(
            name="unit_code",
            title=Text("Mã đơn vị hành chính", "Administrative unit code"),
            aliases=("ma_xa", "maxa", "ma_dvhc"),
        ),
        Property(name="address", title=Text("Địa chỉ", "Address"), spelt=True, aliases=("dia_chi",)),
        Property(
            name="document", title=Text("Căn cứ", "Legal basis"), aliases=("can_cu", "van_ban"), spelt=True
        ),
        Property(name="case_code", title=Text("Mã hồ sơ", "Case"), audience=_OFFICE),
        SOURCE_DATE,
    ),
    style=Style(
        order=45,
        color="#d3b8de",
        outline="#5a3768",
        opacity=0.75,
        width=1.2,
        by="state",
        classes=(
            StyleClass(values=("valid",), label=STATES["valid"], color="#d3b8de"),
            StyleClass(values=("adjusted",), label=STATES["adjusted"], color="#a9c6dd", pattern="diagonal"),
            StyleClass(values=("revoked",), label=STATES["revoked"], color="#d9d3c8", pattern="cross"),
        ),
        label="permit_no",
        label_from=18.2,
        shown=False,
    ),
    cycle=Cycle.AS_DECIDED,
    sql=named_queries(__file__),
    zooms=(15, 22),
    key=("unit_code", "permit_no", "issued_on"),
    scope=("unit_code",),
    history=True,
    heading="permit_no",
    named=Text("Giấy phép xây dựng {permit_no}", "Construction permit {permit_no}"),
    brief=("kind", "use", "floors", "state", "issued_on"),
)

# Not the layer's own block: of this one draft plans hear too, and with the parcels they take.
CONCERN = Concern(
    name="building_permits",
    title=Text("Giấy phép xây dựng còn hiệu lực", "Construction permits in force"),
    impact=LAYER.sql["concern"],
)
