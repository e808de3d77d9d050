"""Numbers, days and words in the language of the extract."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gis_platform.layer.text import Language
from gis_platform.vietnamese_numbers import format_number
from web_map.extract.words import words
from web_map.snapshot.features import day, number

_ENGLISH = str.maketrans(",.", ".,")
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Saying:
    """One language, and the clock of one city; what is not known is a dash."""

    language: Language
    timezone: str

    def __call__(self, key: str, **filled: object) -> str:
        """A text of the catalogue."""
        return words(self.language)[key].format(**filled)

    def sentence(self, text: str) -> str:
        """The text with a capital at its beginning."""
        return text[:1].upper() + text[1:]

    def known(self, group: str, code: object) -> str:
        """The words for a code of a group; a code that has none stands for itself."""
        return words(self.language).get(f"{group}.{code}", str(code) if code else NOTHING)

    def fixed(self, value: Any, decimals: int) -> str:
        """7.887,10: with as many decimals in every row, so that a column can be read down."""
        if not _is_number(value):
            return NOTHING
        text = format_number(value, decimals)
        return text if self.language == "vi" else text.translate(_ENGLISH)

    def plain(self, value: Any) -> str:
        """2,1 and 19: no more decimals than the value has, at most two."""
        return number(value, self.language) if _is_number(value) else NOTHING

    def share(self, value: Any) -> str:
        """A share of 1 as 18,3%; what is not nothing is not rounded to it."""
        if not _is_number(value):
            return NOTHING
        if 0 < value < 0.0005:
            return f"< {self.fixed(0.1, 1)}%"
        return f"{self.fixed(value * 100, 1)}%"

    def measure(self, value: Any, unit: str | None) -> str:
        """A value with its unit; a percent sign stands close."""
        text = self.plain(value) if _is_number(value) else str(value)
        if not unit:
            return text
        return f"{text}%" if unit == "%" else f"{text}\u00a0{unit}"

    def day(self, value: Any) -> str:
        """22/11/2026 from a date, a moment or an ISO text."""
        return day(self._here(str(value))[:10]) if value else NOTHING

    def moment(self, value: Any) -> str:
        """A day and, where it is known, the time of day, by the clock of the city."""
        text = self._here(str(value))
        return f"{text[11:16]}, {self.day(text)}" if len(text) >= 16 else self.day(text)

    def _here(self, text: str) -> str:
        with suppress(ValueError):
            moment = datetime.fromisoformat(text)
            return moment.astimezone(ZoneInfo(self.timezone)).isoformat() if moment.tzinfo else text
        return text

    def parcel(self, parcel: dict[str, Any]) -> str:
        """Tờ 12, thửa 45."""
        return self(
            "parcel.short", sheet=parcel.get("sheet_no") or NOTHING, parcel=parcel.get("parcel_no") or NOTHING
        )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
