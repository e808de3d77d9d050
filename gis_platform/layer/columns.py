"""The table of a layer: its own columns, and those that every layer has."""

from geoalchemy2 import Geometry as GeometryType
from sqlalchemy import REAL, BigInteger, Column, Computed, Date, DateTime, Identity, MetaData, Table, text

metadata = MetaData()

# Written by the platform; a wire property never has one of these names, save source_date.
SYSTEM_COLUMNS = frozenset(
    {"id", "geom", "geom_3857", "clearance", "delivery_id", "valid_from", "recorded_from"}
)


def layer_table(name: str, *columns: Column[object], geometry: str, history: bool = False) -> Table:
    """A table of schema ``layer``.

    ``geom`` is in the city's working grid, which the migration sets: SRID -1 here means "as the database
    says". ``geom_3857`` is the copy the tiles read, written by the database itself; so is ``clearance`` of
    areas, in metres: how far its places may move before it is invalid. ``id`` names the feature for ever: a
    new version keeps it and the closed one goes to ``<name>_history``.
    """
    table = Table(
        name,
        metadata,
        Column("id", BigInteger, Identity(always=False), primary_key=True),
        *columns,
        Column("source_date", Date, nullable=False),
        Column("delivery_id", BigInteger),
        Column("geom", GeometryType(geometry, srid=-1, spatial_index=False), nullable=False),
        Column(
            "geom_3857",
            GeometryType(geometry, srid=3857, spatial_index=False),
            Computed("st_transform(geom, 3857)", persisted=True),
        ),
        schema="layer",
    )
    if geometry.endswith("POLYGON"):
        clearance = Computed("st_minimumclearance(geom)::real", persisted=True)
        table.append_column(Column("clearance", REAL, clearance))
    if history:
        table.append_column(Column("valid_from", Date, nullable=False))
        recorded = Column(
            "recorded_from", DateTime(timezone=True), nullable=False, server_default=text("now()")
        )
        table.append_column(recorded)
    return table
