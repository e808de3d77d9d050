"""Rules that were read before: those of a day are the same until a row is added or closed.

The database tells the version of its table with every answer, and the rules themselves where that is not the
version held here: nothing is ever read from a book that is out of date.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis_platform.rules.rule import RuleBook

Key = tuple[tuple[str, ...], date, str]


@dataclass(frozen=True, slots=True)
class Held:
    """A book, and the version of the table that it was read from."""

    version: str
    book: RuleBook


class Books:
    """The books of the days that were asked for last, at most ``most``; ``known_at`` as in ``rules_on``."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._held: OrderedDict[Key, Held] = OrderedDict()

    def held(self, codes: Sequence[str], day: date, known_at: str) -> Held | None:
        """The book of a day, to be asked with."""
        return self._held.get((tuple(codes), day, known_at))

    def read(
        self,
        codes: Sequence[str],
        day: date,
        known_at: str,
        held: Held | None,
        version: str,
        told: Mapping[str, Any] | None,
    ) -> RuleBook:
        """The book that was asked with where its version still is that of the table, else what was told."""
        if held is not None and held.version == version:
            return held.book
        if told is None:
            raise RuntimeError(f"rules of version {version} were not told")
        key, book = (tuple(codes), day, known_at), RuleBook(day, told)
        self._held[key] = Held(version, book)
        self._held.move_to_end(key)
        while len(self._held) > self._most:
            self._held.popitem(last=False)
        return book


BOOKS = Books()
