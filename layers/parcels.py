"""Cadastral parcels (thửa đất), as the department of natural resources delivers them.

The classic key (unit, sheet, parcel) is unique only within one map generation, and not always even there:
463 numbers occurred twice within a sheet in a real set of 195,152. So it is no database key, and a look-up
by number returns a list. Names of people lie in ``layer.parcel_owners``, under their own grants.
"""

from typing import Any

from sqlalchemy import Column, Double
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import JSONB

from gis_platform.access.roles import Role
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer import (
    SOURCE_DATE,
    Checks,
    Coarse,
    Coverage,
    Cycle,
    Geometry,
    Layer,
    Lying,
    Property,
    Style,
    Text,
    layer_table,
)
from gis_platform.sqlfiles import named_queries
from layers.references.identifier import BadIdentifier, parcel_identifier
from layers.references.land_use_codes import land_use_codes
from layers.references.land_uses import LAND_USES_AS_READ, USE_MEMBERS, read_land_uses
from layers.references.parcel import parse_parcel_reference

# Recommended, not law: who needs a name for a case. The grants of parcels.sql say the same.
OWNERS_AUDIENCE = frozenset({Role.PERMIT, Role.ENFORCEMENT, Role.STEWARD, Role.ADMIN})


def _recognise(text: str) -> tuple[dict[str, str], ...]:
    """A number with or without its unit, or an identifier; no column holds the empty text."""
    nothing = {"sheet": "", "parcel": "", "unit": "", "identifier": ""}
    reference = parse_parcel_reference(text)
    if reference is not None:
        number = {"sheet": reference.sheet_no, "parcel": reference.parcel_no, "unit": reference.unit}
        return (nothing | number,)
    try:
        return (nothing | {"identifier": parcel_identifier(text)},)
    except BadIdentifier:
        return ()


PARCELS = layer_table(
    "parcels",
    Column("identifier", SqlText, unique=True),
    Column("unit_code", SqlText, nullable=False),
    Column("sheet_no", SqlText, nullable=False),
    Column("parcel_no", SqlText, nullable=False),
    Column("old_sheet_no", SqlText),
    Column("old_parcel_no", SqlText),
    Column("legal_area_m2", Double),
    Column("measured_area_m2", Double),
    Column("land_uses", JSONB, nullable=False, server_default="[]"),
    Column("status", SqlText, nullable=False, server_default="in_force"),
    Column("address", SqlText),
    geometry="MULTIPOLYGON",
    history=True,
)

STATUSES = {
    "in_force": Text("Đang sử dụng", "In force"),
    "disputed": Text("Đang tranh chấp", "Disputed"),
    "seized": Text("Đang bị kê biên", "Seized"),
    "mortgaged": Text("Đang thế chấp", "Mortgaged"),
}

LAYER = Layer(
    name="parcels",
    title=Text("Thửa đất", "Parcels"),
    description=Text(
        "Thửa đất theo bản đồ địa chính, kèm số tờ, số thửa cũ và mới, diện tích và mục đích sử dụng đất.",
        "Parcels of the cadastral map with old and new sheet and parcel numbers, areas and land uses.",
    ),
    geometry=Geometry.MULTIPOLYGON,
    table=PARCELS,
    properties=(
        Property(
            name="identifier",
            title=Text("Mã định danh thửa đất", "Parcel identifier"),
            aliases=("ma_thua_dat", "ma_dinh_danh"),
        ),
        Property(
            name="unit_code",
            title=Text("Mã đơn vị hành chính", "Administrative unit code"),
            aliases=("ma_xa", "maxa", "commune", "ma_dvhc"),
        ),
        Property(
            name="sheet_no",
            title=Text("Số tờ bản đồ", "Sheet number"),
            in_tile=True,
            aliases=("so_to", "soto", "sohieutobando", "shbando", "section", "to_bd"),
        ),
        Property(
            name="parcel_no",
            title=Text("Số thửa", "Parcel number"),
            in_tile=True,
            aliases=("so_thua", "sothua", "sothututhua", "shthua", "numero", "thua"),
        ),
        Property(
            name="old_sheet_no",
            title=Text("Số tờ cũ", "Old sheet number"),
            aliases=("so_to_cu", "sohieutobandocu"),
        ),
        Property(
            name="old_parcel_no",
            title=Text("Số thửa cũ", "Old parcel number"),
            aliases=("so_thua_cu", "sothututhuacu"),
        ),
        Property(
            name="legal_area_m2",
            title=Text("Diện tích pháp lý", "Legal area"),
            unit="m²",
            aliases=("dien_tich_phap_ly", "dientichphaply", "dtpl"),
        ),
        Property(
            name="measured_area_m2",
            title=Text("Diện tích đo đạc", "Measured area"),
            unit="m²",
            aliases=("dien_tich", "dientich", "dien_tich_do_dac"),
        ),
        Property(
            name="land_uses",
            title=Text("Mục đích sử dụng đất", "Land uses"),
            aliases=("muc_dich_su_dung", "loai_dat", "mdsd"),
            read=read_land_uses,
            as_read=LAND_USES_AS_READ,
            members=USE_MEMBERS,
        ),
        Property(name="status", title=Text("Tình trạng", "Status"), values=STATUSES, aliases=("tinh_trang",)),
        Property(
            name="address",
            title=Text("Địa chỉ thửa đất", "Address of the parcel"),
            spelt=True,
            aliases=("dia_chi",),
        ),
        SOURCE_DATE,
    ),
    style=Style(
        order=25,
        color="#fbf7ee",
        outline="#8d7f6a",
        opacity=0.55,
        width=0.7,
        label="parcel_no",
        label_from=17.2,
    ),
    cycle=Cycle.MONTHLY,
    sql=named_queries(__file__),
    zooms=(8, 22),
    coarse=Coarse(below=15),
    # The data stewards correct by hand between the monthly deliveries, which stay the rule.
    editors=frozenset({Role.STEWARD, Role.ADMIN}),
    key=("unit_code", "sheet_no", "parcel_no"),
    scope=("unit_code", "sheet_no"),
    history=True,
    heading="parcel_no",
    brief=("legal_area_m2", "land_uses", "address", "status"),
    checks=Checks(
        # Sheets of towns are 1:500 to 1:2000; 1:1000 is the middle, until a source says its own.
        coverage=Coverage(scale=1000, least_area_m2=0.5),
        stated_areas=("legal_area_m2", "measured_area_m2"),
        codes=(land_use_codes("land_uses"),),
        lying=Lying(
            property="unit_code",
            layer="admin_units",
            code="code",
            generation="generation",
            since="existed_from",
            until="existed_to",
            title="full_name",
        ),
        place_code="identifier",
    ),
    named=Text("Thửa {parcel_no}, tờ {sheet_no}", "Parcel {parcel_no}, sheet {sheet_no}"),
    recognise=_recognise,
)


async def holders_of(work: UnitOfWork, parcel_id: int) -> list[dict[str, Any]] | None:
    """The people on record for a parcel; None where there is no such parcel. The caller writes the audit."""
    if await work.row(LAYER.sql["known"], parcel_id=parcel_id) is None:
        return None
    return [dict(row) for row in await work.rows(LAYER.sql["owners"], parcel_id=parcel_id)]
