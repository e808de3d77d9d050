"""What the catalogue holds of one resource, in both languages and in no encoding yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gis_platform.folding import fold
from gis_platform.layer.summary import Bounds
from gis_platform.layer.text import Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """One way to get a resource."""

    href: str
    rel: str
    media_type: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One resource of the city.

    Attributes:
        bounds: box in WGS 84 degrees.
        first, last: days the data tells of; ``last`` None where it goes on, ``first`` None where unknown.
        created, updated: when the first and the newest delivery of it came.
        about: age, cycle and what else is said beside the standard, by name, in one language.
        frequency: term of the EU's list of frequencies.
        public: open to everyone.
        licence: its name; None where none is stated.
        licence_spdx: its identifier in the list of SPDX, where it has one.
    """

    id: str
    title: Text
    description: Text
    keywords: tuple[Text, ...]
    bounds: Bounds
    first: date | None
    last: date | None
    created: datetime | None
    updated: datetime | None
    about: Mapping[Language, Mapping[str, Any]]
    frequency: str
    public: bool
    synthetic: bool
    licence: Text | None
    licence_uri: str | None
    licence_spdx: str | None = None
    distributions: tuple[Distribution, ...]
    kind: str = "dataset"
    lineage: list[dict[str, Any]] = field(default_factory=list)

    @property
    def searched(self) -> str:
        """Its words in both languages, as search compares them."""
        texts = (self.title, self.description, *self.keywords)
        # Words of two texts never stand together.
        return "\n".join([fold(self.id), *(fold(words) for text in texts for words in (text.vi, text.en))])
