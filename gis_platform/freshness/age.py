"""Ages as people say them: 8 năm 3 tháng, not 3,004 days."""

import calendar
from dataclasses import dataclass
from datetime import date

from gis_platform.layer.text import Language

_UNITS: dict[Language, tuple[tuple[str, str], ...]] = {
    "vi": (("năm", "năm"), ("tháng", "tháng"), ("ngày", "ngày")),
    "en": (("year", "years"), ("month", "months"), ("day", "days")),
}
_TODAY: dict[Language, str] = {"vi": "hôm nay", "en": "today"}


@dataclass(frozen=True, slots=True)
class Age:
    """Whole years, months and days between two days."""

    years: int
    months: int
    days: int

    def in_words(self, language: Language) -> str:
        """The two greatest parts: days are nothing beside years."""
        counts = (self.years, self.months, self.days)
        first = next((place for place, count in enumerate(counts) if count), None)
        if first is None:
            return _TODAY[language]
        parts = [(count, _UNITS[language][place]) for place, count in enumerate(counts)][first : first + 2]
        return " ".join(f"{count} {words[count != 1]}" for count, words in parts if count)


def age_between(earlier: date, later: date) -> Age:
    """The age of the earlier day on the later one; nothing where it is not earlier."""
    if later <= earlier:
        return Age(0, 0, 0)
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    if _after_months(earlier, months) > later:
        months -= 1
    days = (later - _after_months(earlier, months)).days
    return Age(*divmod(months, 12), days)


def _after_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
