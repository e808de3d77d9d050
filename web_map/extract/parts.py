"""What a page is made of. The template knows these and nothing of planning."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Tone = Literal["plain", "strong", "soft", "warn"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell."""

    text: str
    tone: Tone = "plain"


Cell = list[Line]


@dataclass(frozen=True, slots=True)
class Column:
    """``share`` of the room that columns without a share, as wide as what they hold, leave over."""

    title: str
    share: float | None = 1
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that is repeated on each page; ``sums`` are the rows at the end, set off."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    sums: Sequence[Sequence[Cell]] = ()
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    text: str
    tone: Tone = "plain"
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, two by two."""

    pairs: Sequence[tuple[str, str]]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Subheading:
    """A title within a section."""

    text: str
    kind: Literal["subheading"] = "subheading"


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the drawn map stands, with the words of its legend; ``described`` is for who cannot see it."""

    scale: str
    grid: str
    described: str
    legend: Sequence[str]
    kind: Literal["plan"] = "plan"


Part = Table | Paragraph | Facts | Subheading | Plan


@dataclass(slots=True)
class Section:
    """A numbered part of the extract; without parts it is left out."""

    title: str
    parts: list[Part] = field(default_factory=list)


def cell(*texts: object, tones: Sequence[Tone] = ()) -> Cell:
    """The texts that say something, one a line, each in its tone; plain where none is given."""
    given: list[Tone] = [*tones]
    given += ["plain"] * (len(texts) - len(given))
    return [Line(str(text), tone) for text, tone in zip(texts, given, strict=False) if text not in (None, "")]


def as_json(sections: Sequence[Section]) -> list[dict[str, Any]]:
    """The sections that hold something, as the template reads them."""
    return [asdict(section) for section in sections if section.parts]
