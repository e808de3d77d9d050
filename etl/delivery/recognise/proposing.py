"""Which column is likely which property, how sure that is and why: a proposal for a person to confirm."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from etl.delivery.recognise.content import FEW, MOST, Fit, fit, texts
from etl.delivery.recognise.keys import propose_keys
from etl.delivery.recognise.naming import is_of_programs, likeness
from etl.delivery.recognise.readable import in_unicode
from etl.delivery.recognise.sampling import Sample
from gis_platform.layer import SOURCE_DATE, Layer
from gis_platform.layer.text import Text

#: Below it nothing is proposed; from `SURE` on a form may fill it in without asking twice.
LEAST: Final = 0.5
SURE: Final = 0.8
_NAMED: Final = 0.9
_EXAMPLES: Final = 3
_EXAMPLE_LENGTH: Final = 60


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """One column of the file; ``property`` is None where none is likely."""

    column: str
    property: str | None
    confidence: float
    reason: Text
    examples: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """As a form shows it."""
        return {
            "column": self.column,
            "property": self.property,
            "confidence": round(self.confidence, 2),
            "reason_vi": self.reason.vi,
            "reason_en": self.reason.en,
            "examples": list(self.examples),
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """A whole file's columns, in its order, and the needed properties that none of them holds."""

    layer: str
    columns: tuple[ColumnProposal, ...]
    missing: tuple[str, ...]

    @property
    def mapping(self) -> dict[str, Any]:
        """As it would be saved once confirmed: columns without a property are left out."""
        return {
            "columns": {c.property: c.column for c in self.columns if c.property is not None},
            "ignore": [c.column for c in self.columns if c.property is None],
        }

    def options(self, beside: Set[str]) -> str:
        """On the command line, with how sure each is; without the properties that have a column already."""
        likely = [c for c in self.columns if c.property is not None and c.property not in beside]
        return ", ".join(f"--map {c.property}={c.column} ({c.confidence:.0%}: {c.reason.en})" for c in likely)

    def as_json(self) -> dict[str, Any]:
        """For problem details and forms."""
        return {
            "layer": self.layer,
            "columns": [column.as_json() for column in self.columns],
            "missing": list(self.missing),
            "mapping": self.mapping,
        }


@dataclass(frozen=True, slots=True)
class _Guess:
    column: str
    property: str
    confidence: float
    reason: Text


def propose_mapping(layer: Layer, fields: Sequence[str], sample: Sample) -> Proposal:
    """By name and content, each column at most one property and the other way round."""
    sample = in_unicode(sample)
    held = [name for name in fields if name in sample.columns]
    guesses = sorted(_guesses(layer, held, sample), key=lambda guess: -guess.confidence)
    taken: dict[str, _Guess] = {}
    for guess in guesses:
        if guess.column not in {g.column for g in taken.values()} and guess.property not in taken:
            taken[guess.property] = guess
    used = {guess.column for guess in taken.values()}
    left = [name for name in held if name not in used and not is_of_programs(name)]
    for name, column, confidence, reason in propose_keys(layer, set(taken), left, sample):
        taken[name] = _Guess(column, name, confidence, reason)
    by_column = {guess.column: guess for guess in taken.values()}
    columns = tuple(_column(name, by_column.get(name), sample) for name in fields)
    return Proposal(layer.name, columns, tuple(_missing(layer, set(taken))))


def _guesses(layer: Layer, fields: Sequence[str], sample: Sample) -> Iterator[_Guess]:
    for prop in layer.properties:
        if prop.name == SOURCE_DATE.name:
            continue
        for column in fields:
            named = likeness(prop, column)
            if named.score < _NAMED and is_of_programs(column):
                continue
            found = fit(layer, prop, column, sample)
            if named.score == 0 and (found is None or not found.telling):
                continue
            confidence, reason = _weighed(named.score, named.reason, found)
            if confidence >= LEAST:
                yield _Guess(column, prop.name, confidence, reason)


def _weighed(named: float, name_reason: Text, found: Fit | None) -> tuple[float, Text]:
    """A name that is known is believed, unless the values speak against it; values alone less so."""
    if found is None:
        return (named if named >= _NAMED else named * 0.85), name_reason
    if named == 0:
        return (0.75 * found.score if found.score >= MOST else 0.0), found.reason
    both = Text(f"{name_reason.vi}; {found.reason.vi}", f"{name_reason.en}; {found.reason.en}")
    if found.score < FEW:
        return named * 0.6, both
    if named >= _NAMED:
        return min(0.99, named + 0.02), both
    gain = 0.25 if found.telling else 0.1
    return min(0.95, named * 0.85 + gain * found.score), both


def _column(name: str, guess: _Guess | None, sample: Sample) -> ColumnProposal:
    held = sample.columns.get(name)
    words = texts(held.drop_null()) if held is not None else []
    examples = tuple(word[:_EXAMPLE_LENGTH] for word in words[:_EXAMPLES])
    if guess is None:
        reason = Text("không giống thuộc tính nào", "like no property")
        if is_of_programs(name):
            reason = Text("cột riêng của phần mềm, không phải dữ liệu", "a program's own column, no data")
        return ColumnProposal(name, None, 0.0, reason, examples)
    return ColumnProposal(name, guess.property, guess.confidence, guess.reason, examples)


def _missing(layer: Layer, taken: set[str]) -> Iterator[str]:
    for prop in layer.properties:
        column = layer.column(prop.name)
        needed = not column.nullable and column.server_default is None
        if needed and prop.name not in taken and prop.name != SOURCE_DATE.name:
            yield prop.name
