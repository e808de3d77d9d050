"""Splits, merges and land dealt out anew: what hangs together among the meetings of rows and features."""

from typing import Any

import psycopg
from psycopg import sql

from etl.delivery.comparing.pairing import take
from etl.delivery.comparing.terms import Parts
from etl.delivery.composing import compose
from etl.delivery.reading import Reader
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def find_groups(connection: psycopg.Connection[Any], reader: Reader, parts: Parts) -> None:
    """Write groups of more than a pair into ``change`` and ``edge``; pair what stands alone with its like.

    One feature that became several rows is a split, several that became one a merge, several that became
    several are reshaped. A row that keeps the number of one of them goes on as that; all others are new, and
    what none goes on as has ended.
    """
    connection.execute(SQL["make_node"].text)
    while connection.execute(SQL["spread"].text).rowcount:
        connection.execute(SQL["leap"].text)
    connection.execute(SQL["make_bundle"].text)
    connection.execute(SQL["find_likely"].text)
    take(connection, parts)
    connection.execute(compose(SQL["part_renumbered"], **parts))
    connection.execute(compose(SQL["write_groups"], **parts), {})
    is_area = sql.Literal(reader.layer.geometry.dimension == 2)
    connection.execute(compose(SQL["write_edges"], is_area=is_area))
