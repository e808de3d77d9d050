"""A rule as it was in force on a day, or why none is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gis_platform.layer.text import Language, Text
from gis_platform.vietnamese_numbers import format_date


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule. ``effective_to`` is its last day; None while no end is known."""

    id: int
    code: str
    title: Text
    value: Mapping[str, Any]
    document: str
    article: str
    effective_from: date
    effective_to: date | None
    reading: str
    verified_by: str | None
    note: Text | None

    @property
    def verified(self) -> bool:
        """Whether somebody held it against the official text."""
        return self.verified_by is not None

    @property
    def state(self) -> Text:
        """How well it is known, for people."""
        if self.verified_by is not None:
            return Text(
                f"đã đối chiếu với văn bản gốc ({self.verified_by})",
                f"held against the official text by {self.verified_by}",
            )
        if self.reading == "seen":
            return Text(
                "đọc trong bản sao, chưa đối chiếu với văn bản gốc",
                "read in a copy, not yet held against the official text",
            )
        return Text("chưa xác minh", "not verified")

    def told(self, language: Language) -> dict[str, Any]:
        """The rule as an answer carries it, without its value."""
        return {
            "id": self.id,
            "code": self.code,
            "text": self.title.in_language(language),
            "document": self.document,
            "article": self.article,
            "effective_from": self.effective_from.isoformat(),
            "effective_to": self.effective_to.isoformat() if self.effective_to else None,
            "reading": self.reading,
            "verified": self.verified,
            "state": self.state.in_language(language),
            "note": self.note.in_language(language) if self.note else None,
        }


@dataclass(frozen=True, slots=True)
class NotLoaded:
    """No rule of that code is loaded for the day. What held before is named, its value is not kept here."""

    code: str
    day: date
    ended_on: date | None = None
    document: str | None = None
    replaced_by: str | None = None

    @property
    def reason(self) -> Text:
        """Why there is none, for people, as part of a sentence."""
        vi, en = format_date(self.day), self.day.isoformat()
        if self.ended_on is None:
            return Text(f"quy định áp dụng cho ngày {vi} chưa được nạp", f"the rule for {en} is not loaded")
        ended_vi, ended_en = format_date(self.ended_on), self.ended_on.isoformat()
        after_vi = f", văn bản thay thế là {self.replaced_by}" if self.replaced_by else ""
        after_en = f" and {self.replaced_by} follows it" if self.replaced_by else ""
        return Text(
            f"quy định áp dụng cho ngày {vi} chưa được nạp ({self.document} hết hiệu lực sau ngày "
            f"{ended_vi}{after_vi})",
            f"the rule for {en} is not loaded ({self.document} ended with {ended_en}{after_en})",
        )


@dataclass(frozen=True, slots=True)
class RuleBook:
    """What was asked for, as it stood on one day."""

    day: date
    told: Mapping[str, Any]
    _read: dict[str, Rule | NotLoaded] = field(default_factory=dict, compare=False, repr=False)

    def look_up(self, code: str) -> Rule | NotLoaded:
        """The rule in force, or that none is loaded."""
        if code not in self._read:
            self._read[code] = self._look_up(code)
        return self._read[code]

    def _look_up(self, code: str) -> Rule | NotLoaded:
        row = self.told.get(code)
        if row is None:
            return NotLoaded(code, self.day)
        if "ended_on" in row:
            ended = date.fromisoformat(row["ended_on"])
            return NotLoaded(code, self.day, ended, row["document"], row["replaced_by"])
        return rule_of(row)


def rule_of(row: Mapping[str, Any]) -> Rule:
    """A rule from the members of its row, dates as ISO texts."""
    until = row["effective_to"]
    return Rule(
        id=row["id"],
        code=row["code"],
        title=Text(row["title_vi"], row["title_en"]),
        value=row["value"],
        document=row["document"],
        article=row["article"],
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_to=date.fromisoformat(until) if until else None,
        reading=row["reading"],
        verified_by=row["verified_by"],
        note=Text(row["note_vi"], row["note_en"]) if row["note_vi"] else None,
    )
