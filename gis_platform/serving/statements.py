"""The statements behind items, single features and tiles, for one layer as one role sees it.

A statement is put together once from identifiers of the declaration; everything a caller sends is bound.
Columns hidden from the role are not in it, and the database would refuse them if they were.
"""

from collections.abc import Collection
from functools import cache
from typing import Any, cast

from psycopg import sql
from sqlalchemy.dialects import postgresql

from gis_platform.access.roles import Role
from gis_platform.layer.declaration import Layer
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

# Half of a wide street, or the depth of a lot.
_REACH_M = 24

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def _template(name: str) -> sql.SQL:
    return sql.SQL(cast(Any, SQL[name].text))


def _table(layer: Layer, role: Role, *, at: bool) -> sql.Composable:
    """The current rows, or the versions of a moment: ``layer.<name>_at`` would name hidden columns."""
    current = sql.Identifier("layer", layer.name)
    if not at:
        return current
    names = ["id", "delivery_id", "geom", "geom_3857", *(p.name for p in layer.properties_for(role))]
    return _template("versions").format(
        columns=sql.SQL(", ").join(map(sql.Identifier, names)),
        current=current,
        history=sql.Identifier("layer", f"{layer.name}_history"),
    )


def _feature(layer: Layer, role: Role) -> sql.Composed:
    pairs = [
        sql.SQL("{}, {}").format(sql.Literal(p.name), _column(p.name)) for p in layer.properties_for(role)
    ]
    return _template("feature").format(properties=sql.SQL(", ").join(pairs))


def _column(name: str) -> sql.Composable:
    return sql.Identifier("t", name)


def _visible(layer: Layer, role: Role, *, at: bool) -> sql.Composed:
    """Only the columns the role may read: ``t.*`` over the table would name hidden ones."""
    names = ["id", "delivery_id", "geom", *(p.name for p in layer.properties_for(role))]
    columns = sql.SQL(", ").join(map(_column, names))
    return sql.SQL("(SELECT {} FROM {} t)").format(columns, _table(layer, role, at=at))


@cache
def items_statement(
    layer: Layer, role: Role, srid: int, equal: tuple[str, ...], *, box: bool, at: bool
) -> bytes:
    """One page of features, keyed by id; columns: matched, returned, last id, whether more
    follow, whether a feature of the page is made up, features as UTF-8 bytes.

    Parameters: ``after``, ``limit``; ``box`` (WKT in WGS 84); ``as_of`` and ``known_at``; ``p_<name>`` for
    each name in ``equal``.
    """
    conditions: list[sql.Composable] = []
    if box:
        place = _template("box").format(srid=sql.Literal(srid))
        conditions.append(_template("inside_box").format(box=place))
    for name in equal:
        kind = sql.SQL(cast(Any, layer.column(name).type.compile(dialect=_DIALECT)))
        conditions.append(
            sql.SQL("{} = CAST({} AS {})").format(_column(name), sql.Placeholder(f"p_{name}"), kind)
        )
    statement = _template("items").format(
        table=_table(layer, role, at=at),
        columns=_visible(layer, role, at=at),
        condition=sql.SQL(" AND ").join(conditions) if conditions else sql.SQL("true"),
        feature=_feature(layer, role),
    )
    return statement.as_bytes(None)


@cache
def item_statement(layer: Layer, role: Role, *, at: bool) -> bytes:
    """One feature by id, as UTF-8 GeoJSON bytes, and whether it is made up; no row where there is none."""
    return (
        _template("item")
        .format(columns=_visible(layer, role, at=at), feature=_feature(layer, role))
        .as_bytes(None)
    )


@cache
def tile_statement(layer: Layer, role: Role, *, at: bool) -> bytes:
    """One Mapbox vector tile; parameters ``z``, ``x``, ``y``; an empty byte string where nothing lies."""
    shown = [p.name for p in layer.properties_for(role) if p.in_tile]
    attributes = sql.SQL("").join(sql.SQL("{}, ").format(_column(name)) for name in shown)
    # Half a pixel square is nothing to see; what is dropped is what would be a dot.
    small = _template("large_enough") if layer.geometry.dimension == 2 else sql.SQL("")
    return (
        _template("tile")
        .format(
            name=sql.Literal(layer.name),
            attributes=attributes,
            table=_table(layer, role, at=at),
            drop_small=small,
            reach=sql.Literal(_REACH_M if layer.geometry.dimension else 0),
        )
        .as_bytes(None)
    )


def filterable(layer: Layer, role: Role) -> Collection[str]:
    """Properties a caller may ask for by value: those it sees, save JSON and lists."""
    plain = (
        "TEXT",
        "INTEGER",
        "BIGINT",
        "BOOLEAN",
        "DATE",
        "DOUBLE",
        "FLOAT",
        "SMALLINT",
        "VARCHAR",
        "TIMESTAMP",
    )
    return [
        p.name for p in layer.properties_for(role) if str(layer.column(p.name).type).upper().startswith(plain)
    ]
