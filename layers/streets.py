"""Streets (đường, phố, hẻm) by their centre lines."""

from sqlalchemy import Column, Double
from sqlalchemy import Text as SqlText

from gis_platform.access.roles import Role
from gis_platform.folding import fold
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
from layers.references.street import read_street

STREETS = layer_table(
    "streets",
    Column("name", SqlText),
    Column("kind", SqlText, nullable=False),
    Column("width_m", Double),
    Column("planned_width_m", Double),
    geometry="MULTILINESTRING",
)


def _recognise(text: str) -> list[dict[str, object]]:
    """Folding leaves none of LIKE's signs in a text."""
    return [
        {"q": r.name, "folded": fold(r.name), "unit": r.unit, "weight": r.weight} for r in read_street(text)
    ]


KINDS = {
    "quoc_lo": Text("Quốc lộ", "National road"),
    "duong_tinh": Text("Đường tỉnh", "Provincial road"),
    "duong_chinh": Text("Đường chính", "Main street"),
    "duong_pho": Text("Đường phố", "Street"),
    "hem": Text("Hẻm", "Alley"),
}

LAYER = Layer(
    name="streets",
    title=Text("Đường phố", "Streets"),
    description=Text("Tim đường kèm tên và bề rộng.", "Centre lines with names and widths."),
    geometry=Geometry.MULTILINESTRING,
    table=STREETS,
    properties=(
        Property(
            name="name",
            title=Text("Tên đường", "Name"),
            spelt=True,
            in_tile=True,
            aliases=("ten", "ten_duong"),
        ),
        Property(name="kind", title=Text("Loại đường", "Kind"), in_tile=True, values=KINDS),
        Property(name="width_m", title=Text("Bề rộng hiện trạng", "Width"), unit="m", in_tile=True),
        Property(name="planned_width_m", title=Text("Bề rộng quy hoạch", "Planned width"), unit="m"),
        SOURCE_DATE,
    ),
    style=Style(
        order=40,
        color="#ffffff",
        outline="#cbbfa8",
        width=2.0,
        width_by="width_m",
        label="name",
        label_from=13.5,
        base=True,
    ),
    cycle=Cycle.YEARLY,
    sql=named_queries(__file__),
    zooms=(9, 22),
    # The data stewards mend the base map between its yearly deliveries.
    editors=frozenset({Role.STEWARD, Role.ADMIN}),
    key=("name", "kind"),
    heading="name",
    brief=("kind", "width_m", "planned_width_m"),
    recognise=_recognise,
)
