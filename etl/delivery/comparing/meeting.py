"""Which rows lie where which features do: for what no name could pair."""

from typing import Any

import psycopg
from psycopg import sql

from etl.delivery.comparing.pairing import take
from etl.delivery.comparing.terms import Parts, is_apart
from etl.delivery.composing import compose
from etl.delivery.reading import Reader
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Rounds of pairing each with its best; what lies in a heap on one place beyond it stays unpaired.
_MOST_ROUNDS = 50


def find_meetings(connection: psycopg.Connection[Any], reader: Reader, parts: Parts) -> bool:
    """Fill ``meeting`` with what is at one place, and pair what clearly is one feature there.

    Returns whether there is any meeting that may be more than a pair: a split, a merge, a reshaping.
    """
    to_place = connection.execute(SQL["any_to_place"].text).fetchone()
    if to_place is None or not to_place[0]:
        return False
    connection.execute(compose(SQL["make_open"], **parts))
    rows, features = connection.execute(SQL["open"].text).fetchone() or (0, 0)
    if rows and features:
        connection.execute(compose(SQL["near_open"], **parts))
    apart = is_apart(reader.layer)
    if apart:
        for there, query in ((rows, "near_changed_features"), (features, "near_changed_rows")):
            if there:
                connection.execute(compose(SQL[query], **parts))
        connection.execute(compose(SQL["near_both_changed"], **parts))
    connection.execute(compose(SQL["meet"], apart=sql.Literal(apart), **parts))
    for _ in range(_MOST_ROUNDS):
        if not connection.execute(compose(SQL["find_best"], **parts)).rowcount:
            break
        take(connection, parts)
    connection.execute(SQL["drop_settled"].text)
    connection.execute(SQL["add_own"].text)
    return apart
