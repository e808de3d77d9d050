"""What a delivery of a layer is checked for, beyond what its table demands of every row.

A layer says only what is so of its subject; how it is looked for is the deliveries' matter.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from gis_platform.layer.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Areas that share borders and no ground.

    Attributes:
        scale: denominator of the map's scale, from which the tolerance follows.
        within: only features alike in these properties may not lie on one another.
        gaps: strips of no one between two neighbours are looked for, up to the tolerance wide.
        least_area_m2: a smaller area is told.
    """

    scale: int
    within: tuple[str, ...] = ()
    gaps: bool = True
    least_area_m2: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """What a code of an older list is today: one code, or several of which a person picks one.

    ``verified`` only where it was read in the text of the rule.
    """

    codes: tuple[str, ...]
    verified: bool = False
    note: Text | None = None

    @property
    def sure(self) -> bool:
        """One code follows; None or several need a person's eye."""
        return len(self.codes) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """A property that holds codes of an official list; of a JSON list, the member ``code`` of each entry."""

    property: str
    known: frozenset[str]
    older: Mapping[str, Successor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        both = self.known & set(self.older)
        if both:
            raise ValueError(f"codes of {self.property} are of today and older at once: {sorted(both)}")
        lost = {code for successor in self.older.values() for code in successor.codes} - self.known
        if lost:
            raise ValueError(f"codes of {self.property} become unknown ones: {sorted(lost)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """A property that names, by its code, an area of another layer in which the feature lies.

    Codes are used again from one generation to the next: ``generation``, ``since`` and ``until`` are
    properties of that layer which tell them apart, ``title`` is what people call the area.
    """

    property: str
    layer: str
    code: str
    generation: str
    since: str
    until: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """All that a layer asks for.

    Attributes:
        stated_areas: properties that tell the area in m2, held against each other and against the geometry.
        place_code: a property that is the geohash of a place in the feature.
    """

    coverage: Coverage | None = None
    stated_areas: tuple[str, ...] = ()
    codes: tuple[Codes, ...] = ()
    lying: Lying | None = None
    place_code: str | None = None

    def faults(self, properties: Collection[str], dimension: int) -> list[str]:
        """What cannot be so in a layer of these properties, with areas where `dimension` is 2."""
        unknown = self._named() - set(properties)
        faults = [f"checks name no property: {sorted(unknown)}"] if unknown else []
        return faults + (["a coverage is of areas"] if self.coverage is not None and dimension != 2 else [])

    def _named(self) -> set[str]:
        named = {*self.stated_areas, *(each.property for each in self.codes)}
        if self.coverage is not None:
            named |= set(self.coverage.within)
        if self.lying is not None:
            named.add(self.lying.property)
        if self.place_code is not None:
            named.add(self.place_code)
        return named


#: Of a layer that asks for nothing.
NO_CHECKS = Checks()
