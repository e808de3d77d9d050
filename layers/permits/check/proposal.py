"""What somebody means to build."""

from dataclasses import dataclass
from datetime import date

from gis_platform.layer.text import Text
from layers.planning.asking.question import Ground
from layers.planning.building.functions import Group

KINDS = {
    "new": Text("Xây dựng mới", "New building"),
    "repair": Text("Sửa chữa, cải tạo", "Repair"),
    "relocation": Text("Di dời công trình", "Relocation"),
    "temporary": Text("Giấy phép xây dựng có thời hạn", "Temporary permit"),
    "adjustment": Text("Điều chỉnh giấy phép", "Adjustment of a permit"),
    "extension": Text("Gia hạn giấy phép", "Extension of a permit"),
}

#: What is applied for is a change of a permit that is there.
CHANGES = frozenset({"adjustment", "extension"})

USES = {
    "house": Text("Nhà ở riêng lẻ", "Individual house"),
    "shop": Text("Thương mại, dịch vụ", "Trade and services"),
    "office": Text("Trụ sở, văn phòng", "Offices"),
    "workshop": Text("Sản xuất, kho", "Industry and stores"),
    "worship": Text("Cơ sở tôn giáo, tín ngưỡng", "Worship"),
    "public": Text("Công trình công cộng", "Public services"),
}

#: The ground that each use asks for; one of them is enough.
GROUPS = {
    "house": frozenset({Group.HOUSING}),
    "shop": frozenset({Group.TRADE}),
    "office": frozenset({Group.OFFICES, Group.TRADE}),
    "workshop": frozenset({Group.INDUSTRY}),
    "worship": frozenset({Group.WORSHIP}),
    "public": frozenset({Group.SERVICES}),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A building by its ground, floors and height.

    Attributes:
        footprint: in metres of the working grid.
        floors: above ground, as the plan counts them.
        height_m: from the ground level to the highest point.
        use, kind: of ``USES`` and ``KINDS``.
        parcel: the id or the identifier of the parcel it is for; None where the footprint tells.
        permit: number of the permit that is to be adjusted or extended: it is no other one. Ignored for
            other kinds.
        permit_id: that permit, where it is known; else it is looked for on the parcel by its number.
        on: the day whose data and rules are asked for; None is today.
    """

    footprint: Ground
    floors: int
    height_m: float
    use: str
    kind: str
    parcel: int | str | None = None
    on: date | None = None
    permit: str | None = None
    permit_id: int | None = None

    @property
    def area_m2(self) -> float:
        """Of the footprint."""
        return self.footprint.area_m2

    @property
    def floor_area_m2(self) -> float:
        """Of all floors, each as large as the footprint: the most that it can be."""
        return self.area_m2 * self.floors
