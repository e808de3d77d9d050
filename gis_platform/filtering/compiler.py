"""A filter in CQL2, made a condition on the rows of a layer: every value of the caller's is bound."""

from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, false, not_, or_, true
from sqlalchemy.dialects.postgresql import psycopg

from gis_platform.access.roles import Role
from gis_platform.filtering.comparison import COMPARISONS
from gis_platform.filtering.gdal_text import read_gdal_text
from gis_platform.filtering.json_reading import read_json
from gis_platform.filtering.kinds import Kind, kind_of
from gis_platform.filtering.refusal import refused, shown
from gis_platform.filtering.scope import Scope
from gis_platform.filtering.spatial import SPATIAL
from gis_platform.filtering.temporal import TEMPORAL
from gis_platform.filtering.text_reading import read_text
from gis_platform.geometry.output_crs import CRS84, epsg_crs
from gis_platform.layer.declaration import Layer
from gis_platform.serving.condition import Condition

FilterLanguage = Literal["cql2-text", "cql2-json", "cql-text"]

_DIALECT = psycopg.dialect()  # type: ignore[no-untyped-call]
_PREDICATES = {**COMPARISONS, **SPATIAL, **TEMPORAL}
_JOINING = {"and": and_, "or": or_}


def compile_filter(
    text: str,
    language: FilterLanguage,
    layer: Layer,
    role: Role,
    *,
    filter_srid: int | None,
    working_srid: int,
) -> Condition:
    """The condition that a filter states over the rows of a layer as a role sees them.

    Args:
        filter_srid: the system of its geometries, in its own axis order; None is CRS84, longitude first.
        working_srid: the grid the layer's geometries are stored in.

    Raises:
        BadParameter: it is no CQL2, is too large, speaks of a property that is not there for the role,
            compares what cannot be compared, or holds a geometry, date or number that cannot be.
    """
    tree = _read(text, language, layer, role)
    crs = CRS84 if filter_srid is None else epsg_crs(filter_srid)
    compiled = _predicate(Scope(layer, role, crs, working_srid), tree).compile(dialect=_DIALECT)
    return Condition(f"({compiled})", dict(compiled.params))


def _read(text: str, language: FilterLanguage, layer: Layer, role: Role) -> Any:
    if language == "cql2-json":
        return read_json(text)
    if language == "cql2-text":
        return read_text(text)
    kinds = {one.name: kind_of(layer.column(one.name).type) for one in layer.properties_for(role)}
    return read_gdal_text(text, kinds.get)


def _predicate(scope: Scope, node: Any) -> ColumnElement[bool]:
    if isinstance(node, bool):
        return true() if node else false()
    op = node.get("op") if isinstance(node, dict) else None
    if not isinstance(op, str):
        return _truth(scope, node)
    name = op.casefold()
    args = node.get("args")
    if name in _JOINING and isinstance(args, list) and len(args) > 1:
        return _JOINING[name](*(_predicate(scope, one) for one in args))
    if name == "not" and isinstance(args, list) and len(args) == 1:
        return not_(_predicate(scope, args[0]))
    if name in _PREDICATES:
        return _PREDICATES[name](scope, name, node)
    raise refused(f"{shown(op)} states nothing that is true or false, or is not known here.")


def _truth(scope: Scope, node: Any) -> ColumnElement[bool]:
    """A property that is true or false may stand alone."""
    if isinstance(node, dict) and set(node) == {"property"}:
        term = scope.property(node["property"])
        if term.kind is Kind.BOOLEAN:
            return term.sql
        raise refused(f"{term.said} is {term.kind.value}: compare it with something.")
    raise refused("it states nothing that is true or false. Write for example status = 'in_force'.")
