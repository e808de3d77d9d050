"""Writing what was chosen into the layer; where the layer keeps history, its triggers close versions."""

from typing import Any

import psycopg
from psycopg import sql

from etl.delivery.composing import compose, names, table_of
from etl.delivery.faults import refuse
from etl.delivery.reading import GEOMETRY, Reader
from etl.delivery.request import DeliveryRequest
from gis_platform.layer import Layer
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Above this share of the layer, or this many rows, the planner's statistics are taken anew.
_MUCH_SHARE, _MUCH_ROWS = 0.1, 10_000


def apply(
    connection: psycopg.Connection[Any], reader: Reader, request: DeliveryRequest, delivery: int, changes: int
) -> None:
    """Do what ``doing`` holds: end, change, add, note lineage; then what the layer asks for after it.

    Raises `DeliveryRefused` when the layer's table refuses a row.
    """
    layer, table = reader.layer, table_of(reader.layer)
    parameters = {
        "source_date": request.source_date,
        "correction": request.correction,
        "delivery": delivery,
        "layer": layer.name,
    }
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
    connection.execute(SQL["analyze_doing"].text)
    try:
        connection.execute(compose(SQL["end"], table=table))
        change = compose(SQL["change"], table=table, assignments=sql.SQL(", ").join(assignments))
        connection.execute(change, parameters)
        add = compose(
            SQL["add"],
            table=table,
            columns=names([*delivered, *stamped]),
            values=sql.SQL(", ").join([names(delivered, "s"), *stamps]),
        )
        connection.execute(add, parameters)
        connection.execute(SQL["lineage"].text, parameters)
        if changes:
            do_what_follows(connection, layer)
    except psycopg.errors.IntegrityError as fault:
        told_vi = f"Bảng dữ liệu không nhận một dòng: trái với quy tắc {fault.diag.constraint_name}."
        raise refuse(reader.source.name, "database_rule", _in_words(fault), told_vi) from fault
    analyze(connection, layer, changes)


def do_what_follows(connection: psycopg.Connection[Any], layer: Layer) -> None:
    """What the layer asks for after its rows have changed."""
    if "after_delivery" in layer.sql:
        connection.execute(layer.sql["after_delivery"].text.encode(), {})


def analyze(connection: psycopg.Connection[Any], layer: Layer, changes: int) -> None:
    """Take the planner's statistics anew where much of the layer is another."""
    row = connection.execute(SQL["rows_known"].text, {"table": f"layer.{layer.name}"}).fetchone()
    known = float(row[0]) if row else 0.0
    if changes > min(_MUCH_ROWS, known * _MUCH_SHARE):
        connection.execute(compose(SQL["analyze"], table=table_of(layer)))


def _in_words(fault: psycopg.errors.IntegrityError) -> str:
    said = " ".join(part for part in (fault.diag.message_primary, fault.diag.message_detail) if part)
    return f"the table {fault.diag.schema_name}.{fault.diag.table_name} refuses it: {said}"
