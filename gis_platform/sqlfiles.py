"""Named SQL: the queries of a module live in its ``.sql`` twin.

A block starts with ``-- name: some_query`` and ends where the next one starts; comments right above a
name tell of that query. Parameters are written the psycopg way, ``%(name)s``; a query is never put together
from strings.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_NAME = re.compile(r"^-- name:\s*(\w+)\s*$", re.MULTILINE)
_COMMENTS_AT_END = re.compile(r"(?:^|\n)\s*--[^\n]*\s*\Z")
_PLACE = re.compile(r"%\((\w+)\)s|%%")


def numbered_places(text: str) -> tuple[str, tuple[str, ...]]:
    """A statement as PostgreSQL takes it, ``$1`` for the first name and % for %%; and its names."""
    names: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        name = match[1]
        return "%" if name is None else f"${names.setdefault(name, len(names) + 1)}"

    numbered = _PLACE.sub(number, text)
    return numbered, tuple(names)


@dataclass(frozen=True, slots=True)
class Query:
    """One named statement and where it stands."""

    name: str
    text: str
    file: Path

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of its parameters, each once, in order of first use."""
        return numbered_places(self.text)[1]

    def numbered(self) -> str:
        """The text with ``$1``-style parameters, as PREPARE wants it."""
        return numbered_places(self.text)[0]


class NamedQueries(Mapping[str, Query]):
    """The queries of one file, by name."""

    def __init__(self, file: Path, queries: dict[str, Query]) -> None:
        self.file = file
        self._queries = queries

    def __getitem__(self, name: str) -> Query:
        if name not in self._queries:
            raise KeyError(f"{self.file.name} has no query named {name!r}; it has {sorted(self._queries)}")
        return self._queries[name]

    def __contains__(self, name: object) -> bool:
        return name in self._queries

    def __iter__(self) -> Iterator[str]:
        return iter(self._queries)

    def __len__(self) -> int:
        return len(self._queries)


@cache
def _read(file: Path) -> NamedQueries:
    parts = _NAME.split(file.read_text(encoding="utf-8"))
    names, texts = parts[1::2], parts[2::2]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise ValueError(f"{file}: query names occur twice: {doubled}")
    queries = {n: Query(n, _statement(t), file) for n, t in zip(names, texts, strict=True)}
    return NamedQueries(file, queries)


def _statement(block: str) -> str:
    """A block without what is said of the next one: there a percent sign or a brace would be read as SQL."""
    while (shorter := _COMMENTS_AT_END.sub("", block)) != block:
        block = shorter
    return block.strip().rstrip(";")


def named_queries(module_file: str) -> NamedQueries:
    """Read the ``.sql`` twin of a module: ``SQL = named_queries(__file__)``."""
    return _read(Path(module_file).with_suffix(".sql"))
