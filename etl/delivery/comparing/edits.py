"""What was edited by hand since the source's date is set aside: an older file does not know of it."""

from datetime import date
from typing import Any

import psycopg

from etl.delivery.comparing.terms import Parts
from etl.delivery.composing import compose
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def set_edits_aside(connection: psycopg.Connection[Any], source_date: date, parts: Parts) -> None:
    """Changes of features whose version in force is a hand's and younger wait for a person, group by group.

    Their evidence says ``edited_on``, the day from which the edit holds. Undecided they are left alone.
    """
    if connection.execute(compose(SQL["set_aside"], **parts), {"source_date": source_date}).rowcount:
        connection.execute(SQL["with_their_groups"].text)


def edits_set_aside(connection: psycopg.Connection[Any]) -> int:
    """How many changes are."""
    row = connection.execute(SQL["count"].text).fetchone()
    return 0 if row is None else int(row[0])
