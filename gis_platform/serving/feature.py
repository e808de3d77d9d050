"""One feature as GeoJSON, made by PostgreSQL."""

from collections.abc import Iterable
from functools import lru_cache

from psycopg import sql

from gis_platform.access.roles import Role
from gis_platform.database.statement import Statement
from gis_platform.geometry.output_crs import OutputCrs
from gis_platform.layer.declaration import Layer, Property
from gis_platform.serving.rows import answered_geometry, column, rows_of, template
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

# A millimetre: of a degree, and of a metre.
_DIGITS_OF_DEGREES, _DIGITS_OF_METRES = 8, 3


def feature_json(properties: Iterable[Property], working_srid: int, out: OutputCrs) -> sql.Composed:
    """The expression of one feature of the rows ``t``."""
    pairs = [sql.SQL("{}, {}").format(sql.Literal(p.name), column(p.name)) for p in properties]
    return template(SQL, "feature").format(
        geometry=answered_geometry(working_srid, out),
        digits=sql.Literal(_DIGITS_OF_DEGREES if out.srid == 4326 else _DIGITS_OF_METRES),
        properties=sql.SQL(", ").join(pairs),
    )


@lru_cache(maxsize=512)
def item_statement(
    layer: Layer, role: Role, working_srid: int, out: OutputCrs, *, at: bool = False
) -> Statement:
    """One feature by ``id``, as UTF-8 GeoJSON, and whether it is made up; no row where there is none.

    Parameters: ``id``; ``as_of`` and ``known_at`` where ``at``.
    """
    text = template(SQL, "item").format(
        feature=feature_json(layer.properties_for(role), working_srid, out), rows=rows_of(layer, role, at=at)
    )
    return Statement(text.as_bytes(None), (bytes, bool))
