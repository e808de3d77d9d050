"""What the checks found: every breach counted, the first thousand of a rule kept with words and a place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from etl.delivery.composing import compose
from etl.delivery.request import Finding
from gis_platform.layer import Text
from gis_platform.quality import RULES
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Breaches of one rule that are kept; beyond them they are only counted.
MOST_KEPT = 1_000
_NOTHING: Mapping[str, Text] = {}
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach found in Python: the row, what was found in the order of the rule's words, and where (WKB).

    ``id`` is the feature in force that it concerns, where it concerns one.
    """

    row_no: int
    told: tuple[str, ...]
    place: bytes
    id: int | None = None


class Book:
    """The faults of one delivery, written to core.delivery_fault as they are found; nothing is committed."""

    def __init__(self, connection: psycopg.Connection[Any], delivery: int, srid: int) -> None:
        self._connection = connection
        self._delivery = delivery
        self._srid = srid
        self._kept: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._texts: dict[str, Text] = {}
        connection.execute(SQL["forget"].text, {"delivery": delivery})

    def found(
        self,
        code: str,
        query: sql.Composable,
        parameters: Mapping[str, Any] | None = None,
        words: Mapping[str, Text] = _NOTHING,
    ) -> int:
        """Keep what a query finds: ``row_no, id, told, geom``, where ``told`` is a list of texts.

        words: what stands for the ``{names}`` in the rule's words. Returns how many there are.
        """
        statement = compose(SQL["keep"], found=query)
        row = self._connection.execute(
            statement, {**self._told(code, words), **(parameters or {})}
        ).fetchone()
        count = int(row[0]) if row else 0
        self._count(code, count, min(count, MOST_KEPT))
        return count

    def found_in_rows(self, code: str, breaches: Iterable[Breach], count: int | None = None) -> None:
        """Keep what was found in Python; `count` where there are more than are given."""
        given = list(breaches)
        chosen = given[: MOST_KEPT - self._kept.get(code, 0)]
        if chosen:
            told = self._told(code, _NOTHING)
            with self._connection.cursor() as cursor:
                cursor.executemany(
                    SQL["keep_one"].text,
                    [
                        told
                        | {
                            "number": told["number"] + place,
                            "row_no": breach.row_no,
                            "id": breach.id,
                            "vi": told["vi"] % tuple(map(_in_vietnamese, breach.told)),
                            "en": told["en"] % breach.told,
                            "geom": breach.place,
                            "srid": self._srid,
                        }
                        for place, breach in enumerate(chosen, start=1)
                    ],
                )
        self._count(code, len(given) if count is None else count, len(chosen))

    def say(self, code: str, text: Text) -> None:
        """Other words for a finding than its rule's title and first example."""
        self._texts[code] = text

    def note(self, code: str, count: int) -> None:
        """A finding of the delivery as a whole, without rows."""
        self._count(code, count, 0)

    def findings(self) -> tuple[Finding, ...]:
        """What was found, the gravest first."""
        order = {"error": 0, "warning": 1, "info": 2}
        found = [
            Finding(code, RULES[code].severity, count, text.en, text.vi)
            for code, count in self._counts.items()
            if count
            for text in (self._texts.get(code) or self._example(code, count),)
        ]
        return tuple(sorted(found, key=lambda finding: (order[finding.severity], finding.code)))

    def _count(self, code: str, count: int, kept: int) -> None:
        self._counts[code] = self._counts.get(code, 0) + count
        self._kept[code] = self._kept.get(code, 0) + kept

    def _told(self, code: str, words: Mapping[str, Text]) -> dict[str, Any]:
        rule = RULES[code]
        if rule.told is None:
            raise AssertionError(f"rule {code} has no words for a row")
        return {
            "delivery": self._delivery,
            "number": sum(self._kept.values()),
            "code": code,
            "severity": rule.severity,
            "most": MOST_KEPT,
            "vi": rule.told.vi.format(**{name: text.vi for name, text in words.items()}),
            "en": rule.told.en.format(**{name: text.en for name, text in words.items()}),
        }

    def _example(self, code: str, count: int) -> Text:
        title = RULES[code].title
        first = self._connection.execute(
            SQL["first"].text, {"delivery": self._delivery, "code": code}
        ).fetchone()
        if first is None:
            return Text(f"{title.vi}: {count}.", f"{title.en}: {count}.")
        row, vi, en = first
        return Text(
            f"{title.vi}: {count} (ví dụ dòng {row}: {vi})", f"{title.en}: {count} (e.g. row {row}: {en})"
        )


class Notes:
    """What was found in one piece, to be written into the book in its turn: a book takes one at a time."""

    def __init__(self) -> None:
        self._found: list[tuple[str, list[Breach], int]] = []

    def found_in_rows(self, code: str, breaches: Iterable[Breach]) -> None:
        """As a book takes it in; of more than a book keeps of a rule only the number is held."""
        if given := list(breaches):
            self._found.append((code, given[:MOST_KEPT], len(given)))

    def write_into(self, book: Book) -> None:
        """Into the book, in the order in which it was found."""
        for code, breaches, count in self._found:
            book.found_in_rows(code, breaches, count)


def _in_vietnamese(told: str) -> str:
    if day := _DAY.fullmatch(told):
        return "/".join(reversed(day.groups()))
    return told.replace(".", ",") if _DECIMAL.fullmatch(told) else told
