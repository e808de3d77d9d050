"""The ``Layer`` type: one immutable object from which the rest of the platform follows.

From it come the collection, the tiles, legend and style, search, delivery target, database grants and
the contract tests. It is Python so that a type checker and a search can follow it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, StrEnum
from string import Formatter

from sqlalchemy import Column, Table

from gis_platform.access.roles import EVERYONE, NOBODY, Audience, Role
from gis_platform.layer.checks import NO_CHECKS, Checks
from gis_platform.layer.coarse import Coarse
from gis_platform.layer.columns import SYSTEM_COLUMNS
from gis_platform.layer.style import Style
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import NamedQueries

CATALOGUE = "catalogue"
"""The collection of records: no layer and no raster may be called so."""
_MIN_ZOOM, _MAX_ZOOM = 0, 22


class Cycle(Enum):
    """How often a source should bring something new; older than this is said to be overdue."""

    LIVE = timedelta(minutes=30)
    MONTHLY = timedelta(days=31)
    QUARTERLY = timedelta(days=92)
    YEARLY = timedelta(days=366)
    AS_DECIDED = None
    """Changes only by a decision: age is told, and never called overdue."""


class Geometry(StrEnum):
    """The geometry types layers are stored in."""

    POINT = "POINT"
    MULTILINESTRING = "MULTILINESTRING"
    MULTIPOLYGON = "MULTIPOLYGON"

    @property
    def dimension(self) -> int:
        """0 for points, 1 for lines, 2 for areas."""
        return {"POINT": 0, "MULTILINESTRING": 1, "MULTIPOLYGON": 2}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One wire property; its name is the column's name and its type is the column's type.

    ``aliases`` are names that deliveries use for it, compared folded. ``personal`` marks personal data:
    it never reaches the public and each look at it is audited. ``read`` turns what a delivery writes as
    text into the column's own form; a ValueError says that it is none. ``as_read`` is a pattern (RE2) of
    texts that it would give back with the same meaning: they are taken as they are, a column at a time.

    ``values`` names every value there may be. ``words`` names some codes, beside which others may stand;
    ``members`` tells what the objects of a JSON column hold, in reading order. What is ``spelt``, a name or a
    sentence, sorts as in a Vietnamese dictionary; all other text, codes and numbers, by code point.
    """

    name: str
    title: Text
    audience: Audience = EVERYONE
    personal: bool = False
    unit: str | None = None
    in_tile: bool = False
    aliases: tuple[str, ...] = ()
    values: Mapping[str, Text] = field(default_factory=dict)
    read: Callable[[str], str] | None = None
    as_read: str | None = None
    words: Mapping[str, Text] = field(default_factory=dict)
    members: "tuple[Property, ...]" = ()
    spelt: bool = False

    @property
    def meanings(self) -> Mapping[str, Text]:
        """What a value is called by people, where it is a code."""
        return {**self.words, **self.values}

    def __post_init__(self) -> None:
        if self.personal and Role.PUBLIC in self.audience:
            raise ValueError(f"property {self.name}: personal data cannot be shown to the public")
        if self.personal and self.in_tile:
            raise ValueError(f"property {self.name}: personal data in a tile is looked at without an entry")


@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """A subject of the city, e.g. parcels.

    Attributes:
        name: collection id; the table is ``layer.<name>``.
        table: the SQLAlchemy table; made with ``layer_table``.
        properties: the wire properties, in the order people read them.
        audience: who may see its rows at all.
        editors: who may write it over the API.
        visible_rows: SQL condition a role's rows must fulfil; a role not named sees every row.
        hidden_rows_note: which rows those are, in the words that such a role is told.
        key: properties that name one feature within a delivery.
        scope: properties by which a delivery may replace whole parts (``--scope``).
        history: keeps valid time and recorded time.
        zooms: least and greatest zoom at which tiles are served.
        coarse: how a dense layer of areas is drawn from afar; None draws the features at every zoom.
        heading: property that names a feature to a person.
        named: how a feature is called where one property does not say it, with properties in braces.
        brief: properties that tell most of a feature in a list of many, beside its name.
        sql: the queries of the ``.sql`` twin; ``search`` makes the layer searchable.
        checks: what a delivery of it is looked at for.
        recognise: every way to read what a person typed as a reference of this layer, each as the parameters
            of query ``search_recognised``; empty where the text is none.
    """

    name: str
    title: Text
    description: Text
    geometry: Geometry
    table: Table
    properties: tuple[Property, ...]
    style: Style
    cycle: Cycle
    sql: NamedQueries
    zooms: tuple[int, int] = (_MIN_ZOOM, _MAX_ZOOM)
    coarse: Coarse | None = None
    audience: Audience = EVERYONE
    editors: Audience = NOBODY
    visible_rows: Mapping[Role, str] = field(default_factory=dict)
    hidden_rows_note: Text | None = None
    key: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    history: bool = False
    heading: str | None = None
    named: Text | None = None
    brief: tuple[str, ...] = ()
    checks: Checks = NO_CHECKS
    recognise: Callable[[str], Sequence[Mapping[str, object]]] | None = None

    def __post_init__(self) -> None:
        names = [p.name for p in self.properties]
        columns = [c.name for c in self.table.columns if c.name not in SYSTEM_COLUMNS]
        faults = []
        if sorted(names) != sorted(columns):
            faults.append(f"properties and columns differ: {sorted(set(names) ^ set(columns))}")
        if self.name == CATALOGUE:
            faults.append("the catalogue is called so")
        if self.table.schema != "layer" or self.table.name != self.name:
            faults.append(f"the table must be layer.{self.name}")
        uses = {"key": self.key, "scope": self.scope, "heading": (self.heading,), "named": self._named()}
        uses |= {"brief": self.brief, "lasts": self.style.lasts or ()}
        for use, used in uses.items():
            unknown = {n for n in used if n is not None} - set(names)
            if unknown:
                faults.append(f"{use} names no property: {sorted(unknown)}")
        faults += self.checks.faults(names, self.geometry.dimension)
        if bool(self.visible_rows) is not (self.hidden_rows_note is not None):
            faults.append("visible_rows and hidden_rows_note go together: what is held back is told")
        if not _MIN_ZOOM <= self.zooms[0] <= self.zooms[1] <= _MAX_ZOOM:
            faults.append(f"zooms {self.zooms} are not within {_MIN_ZOOM}..{_MAX_ZOOM}")
        if self.coarse is not None and (
            self.geometry.dimension != 2 or self.visible_rows or self.audience != EVERYONE
        ):
            faults.append("a coarse picture is for areas of which everybody may see every row")
        if faults:
            raise ValueError(f"layer {self.name}: " + "; ".join(faults))

    def name_of(self, properties: Mapping[str, object], language: Language) -> str | None:
        """What a person calls the feature with these properties; None where they do not say."""
        told = {name: properties.get(name) for name in self._named()}
        if self.named is not None and all(value not in (None, "") for value in told.values()):
            return self.named.in_language(language).format_map(told)
        heading = properties.get(self.heading) if self.heading else None
        return None if heading in (None, "") else str(heading)

    def _named(self) -> set[str]:
        texts = (self.named.vi, self.named.en) if self.named else ()
        return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}

    def column(self, name: str) -> Column[object]:
        """The column behind a property."""
        return self.table.columns[name]

    def property_named(self, name: str) -> Property:
        """One property by name; KeyError when there is none."""
        for candidate in self.properties:
            if candidate.name == name:
                return candidate
        raise KeyError(name)

    def properties_for(self, role: Role) -> tuple[Property, ...]:
        """What the role may see, in reading order; nothing when it may not see the layer."""
        if role not in self.audience:
            return ()
        return tuple(p for p in self.properties if role in p.audience)

    def hidden_from(self, role: Role) -> tuple[Property, ...]:
        """What exists and is not shown to the role: an answer that hides something says so."""
        return tuple(p for p in self.properties if role not in p.audience)

    def hidden_rows_from(self, role: Role) -> Text | None:
        """What the role is told of the rows it is not shown; None where it sees every row."""
        return self.hidden_rows_note if role in self.visible_rows else None

    @property
    def personal(self) -> tuple[Property, ...]:
        """Its properties that are personal data."""
        return tuple(p for p in self.properties if p.personal)
