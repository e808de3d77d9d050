"""What the statements of a comparison say of one layer: its columns, and how its geometries are measured."""

from psycopg import sql
from sqlalchemy import types

from etl.delivery.composing import compose, names, table_of
from etl.delivery.reading import Reader
from gis_platform.layer import Layer
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: By dimension: when two are the same, how much they have in common, and how large one is.
_MEASURES = {
    0: (SQL["same_points"], SQL["overlap_points"], SQL["size_points"]),
    1: (SQL["same_lines"], SQL["overlap_lines"], SQL["size_lines"]),
    2: (SQL["same_areas"], SQL["overlap_areas"], SQL["size_areas"]),
}
#: Metres that two may lie apart and still meet, by dimension.
_REACH = {0: 1.0, 1: 1.0, 2: 0.0}

Parts = dict[str, sql.Composable]


def terms_of(reader: Reader) -> Parts:
    """The parts that the statements of this package are composed of.

    ``s`` is the row that was staged, ``c`` the feature in force. A part is the value of the layer's scope, by
    which a delivery can be approved piece by piece.
    """
    layer, delivered = reader.layer, reader.properties
    same, overlap, size = _MEASURES[layer.geometry.dimension]
    usable = {f"usable_{of}": compose(SQL["usable"], of=sql.Identifier(of)) for of in ("s", "c")}
    key = key_of(reader)
    scope_s = [sql.Identifier("s", name) for name in layer.scope if name in delivered]
    scope_c = [sql.Identifier("c", name) for name in layer.scope]
    return {
        "table": table_of(layer),
        "content": sql.SQL(", ").join([*(sql.Identifier(n) for n in delivered), sql.SQL(SQL["bytes"].text)]),
        "differing": _differing(reader),
        "key_names": sql.Literal(key),
        "properties": sql.Literal(len([name for name in delivered if name not in key])),
        "same": compose(same, **usable),
        "overlap": compose(overlap, **usable),
        "size_s": compose(size, of=sql.Identifier("s")),
        "size_c": compose(size, of=sql.Identifier("c")),
        "reach": sql.Literal(_REACH[layer.geometry.dimension]),
        "since": sql.SQL("c.valid_from") if layer.history else sql.SQL("CAST(NULL AS date)"),
        "resurveyed": sql.SQL(SQL["resurveyed"].text),
        "ground": _ground(reader),
        "kinds": sql.SQL(SQL["kinds"].text),
        "part_s": _part(scope_s if len(scope_s) == len(scope_c) else []),
        "part_c": _part(scope_c),
        "part_both": _part(scope_s if len(scope_s) == len(scope_c) else scope_c),
    }


def key_of(reader: Reader) -> list[str]:
    """The properties of the layer's key that were delivered."""
    return [name for name in reader.layer.key if name in reader.properties]


def is_apart(layer: Layer) -> bool:
    """Whether two of its features cannot be at one place, so that what lies there replaced what did."""
    return apart_within(layer) is not None


def apart_within(layer: Layer) -> tuple[str, ...] | None:
    """Features alike in these properties are never at one place; None where any may be.

    Lines run where no other runs; areas as their layer declares it; at one point may be several things.
    """
    if layer.geometry.dimension == 1:
        return ()
    if layer.geometry.dimension == 0 or layer.checks.coverage is None:
        return None
    return layer.checks.coverage.within


def _ground(reader: Reader) -> sql.Composable:
    """Which may meet at all. What may lie on others meets those of its own part alone: a zone on the very
    ground of a zone of another plan has not taken its place.
    """
    alike = apart_within(reader.layer)
    within = [name for name in (reader.layer.scope if alike is None else alike) if name in reader.properties]
    if not within:
        return sql.SQL("true")
    return compose(SQL["ground"], staged=names(within, "s"), current=names(within, "c"))


def _part(columns: list[sql.Identifier]) -> sql.Composable:
    # Of no column the empty text, which concat_ws does not give by itself.
    return sql.SQL("concat_ws({})").format(sql.SQL(", ").join([sql.Literal("/"), *columns, sql.SQL("NULL")]))


def _differing(reader: Reader) -> sql.Composable:
    each = []
    for name in reader.properties:
        kind = reader.layer.column(name).type
        query = "alike"
        if isinstance(kind, types.Float | types.Numeric):
            query = "alike_number"
        elif isinstance(kind, types.String):
            query = "alike_text"
        alike = compose(SQL[query], p=sql.Identifier(name))
        each.append(compose(SQL["differs"], alike=alike, title=sql.Literal(name)))
    return compose(SQL["differing"], each=sql.SQL(", ").join(each))
