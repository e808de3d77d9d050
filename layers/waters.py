"""Water surfaces: rivers, canals, creeks, lakes."""

from sqlalchemy import Column
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

WATERS = layer_table(
    "waters",
    Column("name", SqlText),
    Column("kind", SqlText, nullable=False),
    geometry="MULTIPOLYGON",
)

KINDS = {
    "song": Text("Sông", "River"),
    "kenh": Text("Kênh", "Canal"),
    "rach": Text("Rạch", "Creek"),
    "ho": Text("Hồ", "Lake"),
}

LAYER = Layer(
    name="waters",
    title=Text("Sông, kênh, rạch", "Water"),
    description=Text("Mặt nước sông, kênh, rạch và hồ.", "Surfaces of rivers, canals, creeks and lakes."),
    geometry=Geometry.MULTIPOLYGON,
    table=WATERS,
    properties=(
        Property(name="name", title=Text("Tên", "Name"), spelt=True, in_tile=True, aliases=("ten",)),
        Property(name="kind", title=Text("Loại", "Kind"), in_tile=True, values=KINDS),
        SOURCE_DATE,
    ),
    style=Style(
        order=10, color="#b5d3e0", outline="#8fb8c9", width=0.6, label="name", label_from=12, base=True
    ),
    cycle=Cycle.YEARLY,
    sql=named_queries(__file__),
    zooms=(6, 22),
    # The data stewards mend the base map between its yearly deliveries.
    editors=frozenset({Role.STEWARD, Role.ADMIN}),
    key=("name", "kind"),
    heading="name",
    brief=("kind",),
)
