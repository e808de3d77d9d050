"""What a filter may speak of: the properties a role sees, and the values it brings along."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, cast

from gis_platform.access.roles import Role
from gis_platform.filtering.kinds import BOUND, Kind, kind_of
from gis_platform.filtering.refusal import refused, shown
from gis_platform.geometry.output_crs import OutputCrs
from gis_platform.layer.declaration import Layer

#: The names of the geometry; the first is the one that queryables tell.
GEOMETRY_NAMES = ("geom", "geometry")
ID_NAME = "id"


@dataclass(frozen=True, slots=True)
class Term:
    """Something with a place in the statement: a property, or what is made of one. ``said`` names it."""

    kind: Kind
    sql: ColumnElement[Any]
    said: str
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """Something the caller wrote; it is bound where it is known what it is compared with."""

    kind: Kind
    value: Any

    @property
    def said(self) -> str:
        """It, as told back."""
        return shown(self.value)


Operand = Term | Value


@cache
def _terms(layer: Layer, role: Role) -> Mapping[str, Term]:
    rows = layer.table.alias("t")
    terms = {
        item.name: Term(kind_of(rows.c[item.name].type), rows.c[item.name], item.name)
        for item in layer.properties_for(role)
    }
    terms.setdefault(ID_NAME, Term(Kind.INTEGER, rows.c.id, ID_NAME))
    for name in GEOMETRY_NAMES:
        terms.setdefault(name, Term(Kind.GEOMETRY, rows.c.geom, name))
    return terms


@dataclass(slots=True)
class Scope:
    """One filter being compiled: over which layer, for whom, in which systems, with which values so far."""

    layer: Layer
    role: Role
    crs: OutputCrs
    working_srid: int
    _bound: int = field(default=0)

    def property(self, name: object) -> Term:
        """A property the role sees; one that is hidden is refused in the words of one that is not there."""
        terms = _terms(self.layer, self.role)
        term = terms.get(name) if isinstance(name, str) else None
        if term is None:
            names = ", ".join(sorted(set(terms) - set(GEOMETRY_NAMES[1:])))
            raise refused(f"there is no property {shown(name)}. There are: {names}.")
        return term

    def bind(self, kind: Kind, value: object) -> ColumnElement[Any]:
        """A value as a parameter of the statement, of a stated type."""
        self._bound += 1
        parameter = bindparam(f"f_{self._bound}", value, type_=BOUND[kind], required=False)
        # The dialect states the type of all others by itself.
        return cast(parameter, BOUND[kind]) if kind in (Kind.NUMBER, Kind.BOOLEAN) else parameter
