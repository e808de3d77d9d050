"""Searching the catalogue (OGC API Records, query parameters of the core), and turning its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.ogc.records.entry import Entry
from api.parameters import DEFAULT_LIMIT, Box, parse_bbox, parse_limit, parse_moment
from gis_platform.errors import BadParameter
from gis_platform.folding import fold

MOST_TERMS = 20
_OPEN = ("..", "")


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """A validated search.

    Attributes:
        terms: folded; a record holds at least one of them. None asks for no words.
        kinds: types, ``ids`` identifiers; None asks for any.
        period: first and last day, both included; None at an open end.
        after: id after which the page starts.
    """

    terms: tuple[str, ...] | None
    kinds: frozenset[str] | None
    ids: frozenset[str] | None
    external: bool
    box: Box | None
    period: tuple[date | None, date | None] | None
    limit: int
    after: str

    def page(self, entries: Sequence[Entry]) -> tuple[int, list[Entry], bool]:
        """How many match, the entries of this page by id, and whether more follow."""
        found = sorted((one for one in entries if self._matches(one)), key=lambda one: one.id)
        rest = [one for one in found if one.id > self.after]
        return len(found), rest[: self.limit], len(rest) > self.limit

    def _matches(self, entry: Entry) -> bool:
        # No record here was numbered by others.
        return (
            not self.external
            and (self.kinds is None or entry.kind in self.kinds)
            and (self.ids is None or entry.id in self.ids)
            and (self.terms is None or any(term in entry.searched for term in self.terms))
            and (self.box is None or _touches(self.box, entry))
            and (self.period is None or _overlaps(self.period, entry))
        )


def parse_record_query(
    *,
    q: str | None,
    type: str | None,
    ids: str | None,
    externalIds: str | None,
    bbox: str | None,
    datetime: str | None,
    limit: str | None,
    after: str | None,
) -> RecordQuery:
    """Every fault is a 400 that names its parameter."""
    words = _list(q, "q")
    kinds, names = _list(type, "type"), _list(ids, "ids")
    return RecordQuery(
        terms=None if words is None else tuple(filter(None, map(fold, words))),
        kinds=None if kinds is None else frozenset(kinds),
        ids=None if names is None else frozenset(names),
        external=_list(externalIds, "externalIds") is not None,
        box=None if bbox is None else parse_bbox(bbox),
        period=None if datetime is None else parse_period(datetime),
        limit=DEFAULT_LIMIT if limit is None else parse_limit(limit),
        after=after or "",
    )


def parse_period(text: str) -> tuple[date | None, date | None]:
    """A day or moment, or two with a slash between; ``..`` or nothing at an open end. Whole days count.

    Raises:
        BadParameter: it is none, it ends before it begins, or both ends are open.
    """
    ends = text.split("/")
    first, last = (None if end in _OPEN else parse_moment(end, "datetime").date() for end in _pair(ends))
    if (first is None and last is None) or len(ends) > 2 or (first and last and first > last):
        raise BadParameter(
            "datetime must be like 2023-09-06, 2020-01-01/2023-12-31 or 2020-01-01/..; "
            f"it was {text[:80]!r}.",
            parameter="datetime",
        )
    return first, last


def _pair(ends: list[str]) -> tuple[str, str]:
    return (ends[0], ends[-1])


def _list(text: str | None, parameter: str) -> list[str] | None:
    if text is None or not text.strip():
        return None
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > MOST_TERMS:
        raise BadParameter(
            f"{parameter} takes at most {MOST_TERMS} parts.",
            parameter=parameter,
            detail_vi=f"{parameter} nhận nhiều nhất {MOST_TERMS} phần. Hãy bỏ bớt.",
        )
    return parts


def _touches(box: Box, entry: Entry) -> bool:
    west, south, east, north = entry.bounds
    spans = [(box.west, box.east)] if box.west <= box.east else [(box.west, 180.0), (-180.0, box.east)]
    across = any(west <= span_east and span_west <= east for span_west, span_east in spans)
    return across and south <= box.north and box.south <= north


def _overlaps(period: tuple[date | None, date | None], entry: Entry) -> bool:
    """An empty layer tells of no day; one that goes on tells of every day since its first."""
    first, last = period
    if entry.first is None:
        return False
    begins_in_time = last is None or entry.first <= last
    return begins_in_time and (first is None or entry.last is None or first <= entry.last)
