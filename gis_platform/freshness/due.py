"""When something newer is due, with its working, so that anyone can count it again."""

from dataclasses import dataclass
from datetime import date, timedelta

from gis_platform.clock.days import WorkingCalendar
from gis_platform.clock.due import Due
from gis_platform.clock.terms import due_in_calendar_days
from gis_platform.freshness.terms import Terms
from gis_platform.layer.text import Language

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class NextDue:
    """The next state is due at the end of ``on``, counted from the day ``since``."""

    since: date
    terms: Terms
    on: date
    working: Due | None

    def overdue_days(self, today: date) -> int:
        """Days past it; 0 while it is not overdue."""
        return max(0, (today - self.on).days)

    def in_words(self, language: Language) -> str:
        """How the day was found."""
        cycle, grace = self.terms.cycle_days or 0, self.terms.grace_days
        last = self.since + timedelta(days=cycle + grace)
        if language == "vi":
            told = f"{self.since:%d/%m/%Y} + {cycle} ngày" + (f" + {grace} ngày gia hạn" if grace else "")
            told += f" = {last:%d/%m/%Y}"
            if last != self.on:
                told += f", là ngày nghỉ ({_WEEKDAYS[last.weekday()]}), nên tính đến {self.on:%d/%m/%Y}"
        else:
            told = (
                f"{self.since} + {cycle} days" + (f" + {grace} days of grace" if grace else "") + f" = {last}"
            )
            if last != self.on:
                told += f", a day of rest ({last:%A}), hence {self.on}"
        return told + self._doubt(language)

    def _doubt(self, language: Language) -> str:
        if self.working is None or self.working.certain:
            return ""
        if self.working.alternative_on is not None:
            other = self.working.alternative_on
            return (
                f"; {other:%d/%m/%Y} nếu ngày nghỉ dự kiến không được xác nhận"
                if language == "vi"
                else f"; {other} if an expected holiday is not confirmed"
            )
        years = ", ".join(map(str, self.working.uncovered_years))
        return f"; lịch nghỉ năm {years} chưa có" if language == "vi" else f"; no calendar for {years} yet"


def next_due(calendar: WorkingCalendar, since: date | None, terms: Terms) -> NextDue | None:
    """When the state after that of `since` is due; None where nothing is known or nothing is ever due.

    The last day of the cycle and its grace, or the next working day where that is a day of rest.
    """
    if since is None or terms.cycle_days is None:
        return None
    days = terms.cycle_days + terms.grace_days
    if days < 1:
        return NextDue(since, terms, since, None)
    working = due_in_calendar_days(calendar, since, days)
    return NextDue(since, terms, working.due_on, working)
