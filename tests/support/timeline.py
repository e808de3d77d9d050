"""What two times mean, written once more in plain Python: a rule to hold the database's triggers against."""

from dataclasses import dataclass, replace
from datetime import date


class Overlap(Exception):
    """The change would give a feature two versions on one day."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A content and the days on which it held; ``end`` is the first day on which it no longer did."""

    start: date
    end: date | None
    content: str

    def holds_on(self, day: date) -> bool:
        """True on the days of the segment."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that is believed of one feature at one moment: closed segments, then at most one open one."""

    segments: tuple[Segment, ...] = ()

    @property
    def current(self) -> Segment | None:
        """The segment that is still open."""
        return self.segments[-1] if self.segments and self.segments[-1].end is None else None

    def insert(self, day: date, content: str) -> "Timeline":
        """The feature comes to be, or comes back."""
        assert self.current is None
        return self._open(self.segments, day, content)

    def change(self, day: date, content: str) -> "Timeline":
        """From a day on it is otherwise; a day at or before the version's own start replaces it whole."""
        assert self.current is not None
        return self._open(self._ended(day), day, content)

    def end(self, day: date) -> "Timeline":
        """It is no more from a day on."""
        assert self.current is not None
        return Timeline(self._ended(day))

    def on(self, day: date) -> str | None:
        """What it was on a day; None where it was not."""
        found = [segment.content for segment in self.segments if segment.holds_on(day)]
        assert len(found) <= 1
        return found[0] if found else None

    def _ended(self, day: date) -> tuple[Segment, ...]:
        *closed, last = self.segments
        return (*closed, replace(last, end=day)) if day > last.start else tuple(closed)

    def _open(self, closed: tuple[Segment, ...], day: date, content: str) -> "Timeline":
        if any(segment.end is None or segment.end > day for segment in closed):
            raise Overlap
        return Timeline((*closed, Segment(day, None, content)))
