"""House numbers (số nhà), at the gate: a street, the alleys from it inwards, and the house's own number.

A number is a path of (number, suffix) and never a text. Who gives one, and by which rules, is in
``layers/numbering``; two current houses of a street cannot have one number, whoever writes.
"""

import json

from sqlalchemy import BigInteger, Column, Date, Integer
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import JSONB

from gis_platform.folding import fold
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
from layers.references.address import read_address, street_spellings
from layers.references.house_path import members_of, read_alley_path, read_old_numbers

HOUSE_NUMBERS = layer_table(
    "house_numbers",
    Column("street_id", BigInteger, nullable=False),
    Column("alley_path", JSONB, nullable=False, server_default="[]"),
    Column("number", Integer, nullable=False),
    Column("suffix", SqlText, nullable=False, server_default=""),
    Column("side", SqlText),
    Column("state", SqlText, nullable=False, server_default="planned"),
    Column("address", SqlText),
    Column("parcel_id", BigInteger),
    Column("unit_code", SqlText, nullable=False),
    Column("document", SqlText),
    Column("issued_on", Date),
    Column("old_numbers", JSONB, nullable=False, server_default="[]"),
    geometry="POINT",
    history=True,
)

STATES = {
    "planned": Text("Dự kiến", "Planned"),
    "reserved": Text("Đã dành cho lô đất trống", "Reserved for a vacant lot"),
    "issued": Text("Đã cấp", "Issued"),
    "retired": Text("Không còn dùng", "Retired"),
}
SIDES = {"left": Text("Bên trái", "Left"), "right": Text("Bên phải", "Right")}

_NUMBER = Property(name="number", title=Text("Số", "Number"))
_SUFFIX = Property(name="suffix", title=Text("Phần chữ", "Suffix"))
_STREET_KINDS = ("", "duong ", "pho ")


def _recognise(text: str) -> list[dict[str, object]]:
    """Every house that the text may name, as the parameters of ``search_recognised``."""
    return [
        {
            "alleys": json.dumps(members_of(reading.path[:-1])),
            "number": reading.path[-1][0],
            "suffix": reading.path[-1][1],
            "streets": [
                f"{kind}{form}" for form in street_spellings(reading.street) for kind in _STREET_KINDS
            ],
            "unit": reading.unit,
        }
        for reading in read_address(text)
        if reading.path and 0 < reading.path[-1][0] <= 99_999 and fold(reading.street)
    ]


LAYER = Layer(
    name="house_numbers",
    title=Text("Số nhà", "House numbers"),
    description=Text(
        "Số nhà tại cổng, kèm đường, hẻm, thửa đất và văn bản cấp số.",
        "House numbers at the gate, with street, alleys, parcel and the document that gave them.",
    ),
    geometry=Geometry.POINT,
    table=HOUSE_NUMBERS,
    properties=(
        Property(
            name="address",
            title=Text("Địa chỉ", "Address"),
            spelt=True,
            aliases=("dia_chi", "dia_chi_nha"),
        ),
        Property(name="street_id", title=Text("Mã đường", "Street id"), aliases=("ma_duong",)),
        Property(
            name="alley_path",
            title=Text("Hẻm, từ đường vào", "Alleys, from the street inwards"),
            aliases=("hem", "ngo"),
            read=read_alley_path,
            members=(_NUMBER, _SUFFIX),
        ),
        Property(name="number", title=Text("Số", "Number"), in_tile=True, aliases=("so_nha", "so")),
        Property(name="suffix", title=Text("Phần chữ của số", "Suffix"), in_tile=True, aliases=("phan_chu",)),
        Property(
            name="side",
            title=Text("Bên đường, nhìn theo chiều số tăng", "Side, facing the ascending numbers"),
            values=SIDES,
            aliases=("ben_duong",),
        ),
        Property(
            name="state",
            title=Text("Tình trạng", "State"),
            in_tile=True,
            values=STATES,
            aliases=("trang_thai",),
        ),
        Property(
            name="parcel_id", title=Text("Mã thửa đất trong hệ thống", "Parcel id"), aliases=("thua_id",)
        ),
        Property(
            name="unit_code",
            title=Text("Mã đơn vị hành chính", "Administrative unit code"),
            aliases=("ma_xa", "maxa", "ma_dvhc"),
        ),
        Property(
            name="document",
            title=Text("Văn bản cấp số nhà", "Document that gave it"),
            aliases=("van_ban", "so_quyet_dinh"),
        ),
        Property(name="issued_on", title=Text("Ngày cấp", "Given on"), aliases=("ngay_cap",)),
        Property(
            name="old_numbers",
            title=Text("Số cũ", "Old numbers"),
            aliases=("so_cu", "so_nha_cu"),
            read=read_old_numbers,
            members=(
                Property(name="path", title=Text("Số", "Number")),
                Property(name="street", title=Text("Đường", "Street")),
                Property(name="unit", title=Text("Phường, xã", "Ward")),
                Property(name="until", title=Text("Dùng đến", "Until")),
            ),
        ),
        SOURCE_DATE,
    ),
    style=Style(
        order=70,
        color="#8a5a2b",
        outline="#ffffff",
        width=3,
        by="state",
        classes=(
            StyleClass(values=("issued",), label=STATES["issued"], color="#8a5a2b"),
            StyleClass(values=("reserved",), label=STATES["reserved"], color="#c9a227"),
            StyleClass(values=("planned",), label=STATES["planned"], color="#6d7f8d"),
            StyleClass(values=("retired",), label=STATES["retired"], color="#b9b2a6"),
        ),
        label="number",
        label_from=18.2,
        shown=False,
    ),
    cycle=Cycle.AS_DECIDED,
    sql=named_queries(__file__),
    zooms=(15, 22),
    key=("street_id", "alley_path", "number", "suffix"),
    scope=("unit_code",),
    history=True,
    heading="address",
    brief=("state", "side", "issued_on"),
    recognise=_recognise,
)
