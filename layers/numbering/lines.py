"""The lines of a proposal: each rule with its outcome, numbers, reason, article and geometry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from gis_platform.layer.text import Language, Text
from gis_platform.rules import NotLoaded, Rule

Outcome = Literal["pass", "fail", "cannot_decide"]

PARITY, DIRECTION, CORNER = "numbering.parity", "numbering.direction", "numbering.corner"
VACANT, INSERTION = "numbering.vacant", "numbering.insertion"
ALLEY, ALLEY_DIRECTION, WRITTEN = "numbering.alley", "numbering.alley_direction", "numbering.written_form"
CODES = (PARITY, DIRECTION, CORNER, VACANT, INSERTION, ALLEY, ALLEY_DIRECTION, WRITTEN)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as it was used; ``rule`` is None for what no article says, such as that numbers are unique."""

    code: str
    title: Text
    outcome: Outcome
    reason: Text
    rule: Rule | NotLoaded | None = None
    numbers: Mapping[str, Any] = field(default_factory=dict)
    geometry: Mapping[str, Any] | None = None

    def told(self, language: Language) -> dict[str, Any]:
        """The line for an answer."""
        loaded = self.rule if isinstance(self.rule, Rule) else None
        return {
            "code": self.code,
            "title": self.title.in_language(language),
            "outcome": self.outcome,
            "reason": self.reason.in_language(language),
            "article": f"{loaded.document}, {loaded.article}" if loaded else None,
            "verified": loaded.verified if loaded else None,
            "rule": loaded.told(language) if loaded else None,
            "numbers": dict(self.numbers),
            "geometry": dict(self.geometry) if self.geometry else None,
        }


def needs(rule: Rule | NotLoaded, line: RuleLine) -> RuleLine:
    """The line where its rule is loaded for the day; else that it cannot be decided, and why."""
    if isinstance(rule, Rule):
        return line
    return RuleLine(line.code, line.title, "cannot_decide", _because(rule), rule, line.numbers, line.geometry)


def _because(rule: NotLoaded) -> Text:
    why = rule.reason
    return Text(f"Không kết luận được: {why.vi}.", f"Cannot be decided: {why.en}.")
