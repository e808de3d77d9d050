"""Which rows of a layer, how they are ordered, and in which form: what every way of reading shares."""

from dataclasses import dataclass
from datetime import date, datetime

from gis_platform.access.roles import Role
from gis_platform.geometry.output_crs import CRS84, OutputCrs
from gis_platform.layer.declaration import Layer, Property
from gis_platform.serving.condition import Condition


@dataclass(frozen=True, slots=True)
class SortKey:
    """One property to order by; rows without a value come last either way."""

    name: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A selection of one layer's rows as one role sees them.

    Attributes:
        working_srid: the grid geometries are stored in.
        out: the system geometries are answered in.
        conditions: all must hold.
        at: valid day and recorded moment; None is the present.
        since: first day of a period that ends with the day of ``at``; None asks for that day alone.
        order: keys before the id, which is always the last.
        properties: the names to answer with; None is all that the role may see.
    """

    layer: Layer
    role: Role
    working_srid: int
    out: OutputCrs = CRS84
    conditions: tuple[Condition, ...] = ()
    at: tuple[date, datetime] | None = None
    since: date | None = None
    order: tuple[SortKey, ...] = ()
    properties: tuple[str, ...] | None = None

    @property
    def shown(self) -> tuple[Property, ...]:
        """The properties answered with, in reading order."""
        seen = self.layer.properties_for(self.role)
        return seen if self.properties is None else tuple(p for p in seen if p.name in self.properties)

    @property
    def parameters(self) -> dict[str, object]:
        """The values bound to its conditions and times."""
        values: dict[str, object] = {}
        for condition in self.conditions:
            values |= condition.parameters
        if self.at is not None:
            values["as_of"], values["known_at"] = self.at
        if self.since is not None:
            values["since"] = self.since
        return values

    @property
    def form(self) -> tuple[object, ...]:
        """What a statement for it depends on: everything but the values that are bound."""
        return (
            self.layer,
            self.role,
            self.working_srid,
            self.out,
            tuple(condition.sql for condition in self.conditions),
            self.at is not None,
            self.since is not None,
            self.order,
            self.properties,
        )
