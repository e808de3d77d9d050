"""Every named query of the rooms, found by walking them: there is no list to forget one in."""

import re
from collections.abc import Iterator
from pathlib import Path

from gis_platform.sqlfiles import NamedQueries, Query, named_queries

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("gis_platform", "layers", "etl", "api", "web_map")

# Braces around a word are a place for an identifier: such text is put together before it is SQL.
_PLACE = re.compile(r"(?<!\{)\{\w+\}(?!\})")
_TEMPORARY = re.compile(r"CREATE TEMP(?:ORARY)? TABLE (?:IF NOT EXISTS )?(\w+)", re.IGNORECASE)
_WORKSPACE = re.compile(r"CREATE (?:UNLOGGED|\{kept\}) TABLE (\w+)", re.IGNORECASE)
_START = r"(--[^\n]*\n|\s)*"
_PREPARABLE = re.compile(_START + r"(SELECT|INSERT|UPDATE|DELETE|WITH|VALUES|MERGE)\b", re.IGNORECASE)


def files_of_rooms(pattern: str) -> list[Path]:
    """The files of the five rooms that match, in a steady order."""
    return sorted(file for room in ROOMS for file in (ROOT / room).rglob(pattern))


def named_files() -> Iterator[NamedQueries]:
    """Each ``.sql`` file that holds named queries."""
    for file in files_of_rooms("*.sql"):
        if "-- name:" in file.read_text(encoding="utf-8"):
            yield named_queries(str(file))


def statements() -> list[Query]:
    """The named queries that are whole statements.

    A text with places in it, and in the same file what no verb starts, is a part; a query of temporary
    tables, or of those in a delivery's workspace, stands for nothing before these are made. Both are tested
    where they are used.
    """
    whole = []
    workspace = {
        name for file in files_of_rooms("*.sql") for name in _WORKSPACE.findall(file.read_text("utf-8"))
    }
    for queries in named_files():
        has_parts = any(_PLACE.search(query.text) for query in queries.values())
        room, part = queries.file.relative_to(ROOT).parts[:2]
        passing = _temporary_tables(ROOT / room / part) | workspace
        for query in queries.values():
            snippet = _PLACE.search(query.text) or (has_parts and not is_preparable(query))
            whole += [] if snippet or passing & set(re.findall(r"\w+", query.text)) else [query]
    return whole


def _temporary_tables(folder: Path) -> set[str]:
    """Temporary tables that the queries of a folder make, and of those in it."""
    texts = (file.read_text(encoding="utf-8") for file in folder.rglob("*.sql"))
    return {name for text in texts for name in _TEMPORARY.findall(text)}


def is_preparable(query: Query) -> bool:
    """True for what PREPARE takes; GRANT and its like are run instead."""
    return _PREPARABLE.match(query.text) is not None


def title(query: Query) -> str:
    """What a failing test is called by."""
    return f"{query.file.relative_to(ROOT)}:{query.name}"
