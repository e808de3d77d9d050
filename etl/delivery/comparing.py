"""What a delivery changes: each row of the file is paired with one of the layer, or new."""

from datetime import date
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from etl.delivery.composing import compose, names, table_of
from etl.delivery.faults import MOST_TOLD
from etl.delivery.reading import Reader
from etl.delivery.request import Counts
from etl.delivery.staging import unique_keys
from gis_platform.errors import BadParameter
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def compare(
    connection: psycopg.Connection[Any], reader: Reader, source_date: date, scope: tuple[str, ...]
) -> Counts:
    """Fill the temporary tables ``paired``, ``compared`` and ``vanishing``, and count.

    Rows are paired by what is unique in the layer, then by its key, then by key and geometry. Writers of
    the layer wait from here on until the transaction ends; readers do not.

    Raises:
        BadParameter: a layer cannot be replaced by that scope.
        DeliveryRefused: a change or an end would lie before the version it follows.
    """
    _check_scope(reader, scope)
    layer, table = reader.layer, table_of(reader.layer)
    connection.execute(compose(SQL["hold_writers"], table=table))
    connection.execute(SQL["make_paired"].text)
    key = [name for name in layer.key if name in reader.properties]
    for each in [*unique_keys(connection, reader), *([key] if key else [])]:
        connection.execute(compose(SQL["pair_by_key"], key=names(each), table=table))
    by_geometry = compose(
        SQL["pair_by_geometry"],
        key=names(key or reader.properties),
        staged_key=names(key or reader.properties, "s"),
        current_key=names(key or reader.properties, "c"),
        properties=names(reader.properties),
        table=table,
    )
    connection.execute(by_geometry)
    since = sql.SQL("c.valid_from") if layer.history else sql.SQL("CAST(NULL AS date)")
    compared = compose(
        SQL["make_compared"],
        staged_properties=names(reader.properties, "s"),
        current_properties=names(reader.properties, "c"),
        since=since,
        table=table,
    )
    connection.execute(compared)
    if scope:
        connection.execute(compose(SQL["make_vanishing"], scope=names(scope), since=since, table=table))
    else:
        connection.execute(SQL["make_none_vanishing"].text)
    _refuse_older(connection, reader, source_date)
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(compose(SQL["counts"], key=names(key or reader.properties))).fetchone()
    return Counts(**(row or {}))


def _check_scope(reader: Reader, scope: tuple[str, ...]) -> None:
    allowed = reader.layer.scope
    for name in scope:
        if name not in allowed:
            known = ", ".join(allowed) or "none: its rows never end by a delivery"
            raise BadParameter(
                f"--scope {name}: {reader.layer.name} can be replaced by {known}.", parameter="scope"
            )
        if name not in reader.properties:
            raise BadParameter(f"--scope {name}: the file does not hold it.", parameter="scope")


def _refuse_older(connection: psycopg.Connection[Any], reader: Reader, source_date: date) -> None:
    told = {"source_date": source_date, "most": MOST_TOLD}
    newer = connection.execute(SQL["newer_than_the_file"].text, told).fetchall()
    texts = [
        (row, fid, f"the version in force holds since {since}, later than the file's date {source_date}.")
        for row, fid, since, _ in newer
    ]
    reader.faults.in_rows_found("older_than_current", texts, newer[0][-1] if newer else 0)
    found = connection.execute(SQL["vanishing_newer_than_the_file"].text, told).fetchone()
    if found is not None and found[0]:
        reader.faults.in_file(
            "older_than_current",
            f"{found[0]} rows of the scope are not in the file and hold since {found[1]} at the latest, "
            f"later than the file's date {source_date}.",
        )
    reader.faults.refuse_if_any()
