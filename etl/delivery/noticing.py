"""What a person should know of a delivery that is taken in all the same: in words, with examples."""

from datetime import date
from typing import Any

import psycopg

from etl.delivery.composing import compose, names
from etl.delivery.reading import Reader
from etl.delivery.request import Counts, Finding
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_MOST_EXAMPLES = 3


def notice(
    connection: psycopg.Connection[Any], reader: Reader, source_date: date, counts: Counts
) -> tuple[Finding, ...]:
    """Warnings of a compared delivery, before it is entered: keys that occur twice, and a date gone by."""
    found = []
    if counts.duplicates:
        found.append(
            Finding("duplicate_key", "warning", counts.duplicates, _twice(connection, reader, counts))
        )
    row = connection.execute(SQL["newest_date"].text, {"layer": reader.layer.name}).fetchone()
    if row is not None and row[0] is not None and row[0] > source_date:
        text = f"The source's date {source_date} is older than the newest of {reader.layer.name}, {row[0]}."
        found.append(Finding("older_than_newest", "warning", counts.read, text))
    return tuple(found)


def _twice(connection: psycopg.Connection[Any], reader: Reader, counts: Counts) -> str:
    key = [name for name in reader.layer.key if name in reader.properties] or reader.properties
    query = compose(SQL["examples"], key=names(key))
    held = connection.execute(query, {"most": _MOST_EXAMPLES}).fetchall()
    words = [name.removesuffix("_no").removesuffix("_code").replace("_", " ") for name in key]
    examples = [" ".join(f"{word} {value}" for word, value in zip(words, row, strict=True)) for row in held]
    return (
        f"{counts.duplicates} features share a number with another (e.g. {'; '.join(examples)}): "
        "stored as separate features."
    )
