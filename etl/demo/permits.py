"""Construction permits of the demo city: houses on some of its numbered lots, all made up."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg

from etl.demo.sources import Source
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

AS_OF = date(2026, 6, 30)
SOURCE = Source("building_permits", AS_OF, lambda: ())
"""How the register of deliveries knows them; the rows are made from what is loaded."""


def empty_permits(connection: psycopg.Connection[Any]) -> None:
    """Take away what an earlier demo city left."""
    connection.execute(SQL["empty"].text.encode())


def fill_permits(connection: psycopg.Connection[Any], seed: int, delivery: int) -> int:
    """Permit a house on one lot of forty; how many there are. Commits nothing."""
    asked = {"seed": seed, "source_date": AS_OF, "delivery": delivery}
    made = connection.execute(SQL["permits"].text.encode(), asked).rowcount
    connection.execute(SQL["analyze"].text.encode())
    return made
