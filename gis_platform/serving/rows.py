"""Which rows of a layer a role reads, as SQL: current ones or those of another time, under conditions.

A statement is put together from identifiers of the declaration; everything a caller sends is bound. Columns
hidden from the role are not in it, and the database would refuse them if they were.
"""

from typing import Any, cast

from psycopg import sql
from sqlalchemy.dialects import postgresql

from gis_platform.access.roles import Role
from gis_platform.geometry.output_crs import OutputCrs
from gis_platform.layer.declaration import Layer
from gis_platform.serving.condition import Condition
from gis_platform.serving.selection import Selection
from gis_platform.sqlfiles import NamedQueries, named_queries

SQL = named_queries(__file__)

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def template(queries: NamedQueries, name: str) -> sql.SQL:
    """A named query with places in braces."""
    return sql.SQL(cast(Any, queries[name].text))


def column(name: str) -> sql.Composable:
    """A column of the rows, which go by the alias ``t`` everywhere."""
    return sql.Identifier("t", name)


def column_list(layer: Layer, role: Role) -> list[str]:
    """The columns the role may read, the platform's own among them."""
    return ["id", "delivery_id", "geom", "geom_3857", *(p.name for p in layer.properties_for(role))]


def rows_of(layer: Layer, role: Role, *, at: bool, period: bool = False) -> sql.Composable:
    """What to read from: the table, or the versions of a moment or a period.

    Parameters where ``at``: ``as_of``, ``known_at``, and ``since`` for a period.
    """
    current = sql.Identifier("layer", layer.name)
    if not at:
        return current
    return template(SQL, "versions_of_period" if period else "versions").format(
        columns=sql.SQL(", ").join(map(sql.Identifier, column_list(layer, role))),
        current=current,
        history=sql.Identifier("layer", f"{layer.name}_history"),
    )


def selected_rows(selection: Selection) -> sql.Composable:
    """The rows a selection reads from, its conditions not yet applied."""
    return rows_of(
        selection.layer,
        selection.role,
        at=selection.at is not None,
        period=selection.since is not None,
    )


def all_of(conditions: tuple[Condition, ...]) -> sql.Composable:
    """Every condition, or truth where there is none."""
    if not conditions:
        return sql.SQL("true")
    return sql.SQL(" AND ").join(sql.SQL(cast(Any, f"({c.sql})")) for c in conditions)


def answered_geometry(working_srid: int, out: OutputCrs) -> sql.Composable:
    """The geometry in the system and axis order of the answer."""
    moved: sql.Composable = column("geom")
    if out.srid != working_srid:
        moved = sql.SQL("ST_Transform({}, {})").format(moved, sql.Literal(out.srid))
    return sql.SQL("ST_FlipCoordinates({})").format(moved) if out.flip else moved


def inside_box(wkt: str, box_srid: int, working_srid: int) -> Condition:
    """Rows that touch an area given as WKT in ``box_srid``."""
    box = template(SQL, "box").format(box_srid=sql.Literal(box_srid), srid=sql.Literal(working_srid))
    return Condition(template(SQL, "inside_box").format(box=box).as_string(None), {"box": wkt})


def equal_to(layer: Layer, name: str, value: object) -> Condition:
    """Rows with that value of a property."""
    kind = sql.SQL(cast(Any, layer.column(name).type.compile(dialect=_DIALECT)))
    text = sql.SQL("{} = CAST({} AS {})").format(column(name), sql.Placeholder(f"p_{name}"), kind)
    return Condition(text.as_string(None), {f"p_{name}": cast(Any, value)})
