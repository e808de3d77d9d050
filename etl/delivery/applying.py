"""Writing a compared delivery into its layer; where the layer keeps history, its triggers close versions."""

from datetime import date
from typing import Any

import psycopg
from psycopg import sql

from etl.delivery.composing import compose, names, table_of
from etl.delivery.faults import refuse
from etl.delivery.reading import GEOMETRY, Reader
from etl.delivery.request import Counts
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Above this share of the layer, or this many rows, the planner's statistics are taken anew.
_MUCH_SHARE, _MUCH_ROWS = 0.1, 10_000


def apply(
    connection: psycopg.Connection[Any], reader: Reader, source_date: date, delivery: int, counts: Counts
) -> None:
    """End what vanishes, change what differs, add what is new, then do what the layer asks for after it.

    Raises `DeliveryRefused` when the layer's table refuses a row.
    """
    layer, table = reader.layer, table_of(reader.layer)
    parameters = {"source_date": source_date, "delivery": delivery}
    stamped = {"source_date": "source_date", "delivery_id": "delivery"}
    if layer.history:
        stamped["valid_from"] = "source_date"
    delivered = [*reader.properties, GEOMETRY]
    stamps = [sql.Placeholder(parameter) for parameter in stamped.values()]
    assignments = [sql.SQL("{} = {}").format(sql.Identifier(c), sql.Identifier("s", c)) for c in delivered]
    assignments += [
        sql.SQL("{} = {}").format(sql.Identifier(column), stamp)
        for column, stamp in zip(stamped, stamps, strict=True)
    ]
    connection.execute(SQL["end_on"].text, parameters)
    try:
        if counts.vanished:
            connection.execute(compose(SQL["end_vanishing"], table=table))
        if counts.changed_geometry or counts.changed_attributes:
            change = compose(SQL["change"], table=table, assignments=sql.SQL(", ").join(assignments))
            connection.execute(change, parameters)
        if counts.added:
            add = compose(
                SQL["add"],
                table=table,
                columns=names([*delivered, *stamped]),
                values=sql.SQL(", ").join([names(delivered, "s"), *stamps]),
            )
            connection.execute(add, parameters)
        if counts.touched and "after_delivery" in layer.sql:
            connection.execute(layer.sql["after_delivery"].text.encode(), {})
    except psycopg.errors.IntegrityError as fault:
        raise refuse(reader.source.name, "database_rule", _in_words(fault)) from fault
    _analyze(connection, reader, counts)


def _in_words(fault: psycopg.errors.IntegrityError) -> str:
    said = " ".join(part for part in (fault.diag.message_primary, fault.diag.message_detail) if part)
    return f"the table {fault.diag.schema_name}.{fault.diag.table_name} refuses it: {said}"


def _analyze(connection: psycopg.Connection[Any], reader: Reader, counts: Counts) -> None:
    row = connection.execute(SQL["rows_known"].text, {"table": f"layer.{reader.layer.name}"}).fetchone()
    known = float(row[0]) if row else 0.0
    if counts.touched > min(_MUCH_ROWS, known * _MUCH_SHARE):
        connection.execute(compose(SQL["analyze"], table=table_of(reader.layer)))
