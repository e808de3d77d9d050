"""The spatial functions. The box operator stands beside each, so that the index of the layer is used."""

from collections.abc import Callable
from typing import Any

import shapely
from sqlalchemy import ColumnElement, and_, false, func, literal_column, not_

from gis_platform.filtering.kinds import Kind
from gis_platform.filtering.refusal import refused
from gis_platform.filtering.scalars import arguments
from gis_platform.filtering.scope import Scope, Term
from gis_platform.filtering.shapes import Shape, read_shape

Condition = ColumnElement[bool]

_FUNCTIONS = {
    "s_intersects": "ST_Intersects",
    "s_equals": "ST_Equals",
    "s_touches": "ST_Touches",
    "s_within": "ST_Within",
    "s_overlaps": "ST_Overlaps",
    "s_crosses": "ST_Crosses",
    "s_contains": "ST_Contains",
}


def _related(scope: Scope, op: str, node: Any) -> Condition:
    sides = [_side(scope, op, one) for one in arguments(node, op, 2)]
    if not any(isinstance(side, Term) for side in sides):
        raise refused(f"{op.upper()} needs the geometry of the layer (geom) on one side.")
    if any(isinstance(side, Shape) and not _can_hold(op, sides) for side in sides):
        return false()
    first, second = (side.sql if isinstance(side, Term) else _placed(scope, op, side.part) for side in sides)
    exact: Condition = getattr(func, _FUNCTIONS[op])(first, second)
    return and_(first.op("&&", is_comparison=True)(second), exact)


def _can_hold(op: str, sides: list[Term | Shape]) -> bool:
    """False where no feature can: none reaches the part that was cut away, or there is nothing left."""
    for position, side in enumerate(sides):
        if isinstance(side, Shape):
            inner = op == "s_equals" or op == ("s_contains", "s_within")[1 - position]
            if side.part.is_empty or (inner and not side.whole):
                return False
    return True


def _side(scope: Scope, op: str, node: Any) -> Term | Shape:
    if isinstance(node, dict) and set(node) == {"property"}:
        term = scope.property(node["property"])
        if term.kind is not Kind.GEOMETRY:
            raise refused(f"{term.said} is {term.kind.value}; {op.upper()} is for the geometry (geom).")
        return term
    if isinstance(node, dict) and ("type" in node or "bbox" in node):
        return read_shape(node, scope.crs, scope.working_srid)
    raise refused(f"{op.upper()} takes the geometry (geom) and a geometry like POINT(106.36 10.35).")


def _placed(scope: Scope, op: str, part: Any) -> ColumnElement[Any]:
    """The geometry in the working grid, transformed by the database."""
    if part.geom_type == "GeometryCollection" and op != "s_intersects":
        raise refused(f"a GEOMETRYCOLLECTION goes with S_INTERSECTS and S_DISJOINT, not with {op.upper()}.")
    words = scope.bind(Kind.TEXT, shapely.to_wkt(part, rounding_precision=-1, output_dimension=2))
    here: ColumnElement[Any] = func.ST_GeomFromText(words, literal_column(str(scope.crs.srid)))
    if scope.crs.srid != scope.working_srid:
        here = func.ST_Transform(here, literal_column(str(scope.working_srid)))
    # What is valid in one system can touch itself by a hair in another.
    return func.ST_MakeValid(here) if "Polygon" in part.geom_type else here


def _disjoint(scope: Scope, _: str, node: Any) -> Condition:
    return not_(_related(scope, "s_intersects", node))


SPATIAL: dict[str, Callable[[Scope, str, Any], Condition]] = {
    **dict.fromkeys(_FUNCTIONS, _related),
    "s_disjoint": _disjoint,
}
