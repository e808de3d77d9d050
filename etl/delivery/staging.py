"""The file's rows in a temporary table, and the database's own rules applied to them, row by row."""

import re
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql

from etl.copying import copy_rows
from etl.delivery.composing import compose, names, table_of
from etl.delivery.faults import MOST_KEPT, refuse
from etl.delivery.reading import GEOMETRY, Reader
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_PLACE = re.compile(r"COPY staged, line ([0-9]+)(?:, column (\w+))?")


def stage(connection: psycopg.Connection[Any], reader: Reader, on_rows: Callable[[int], None]) -> None:
    """Read the file into table ``staged`` of the workspace that is entered.

    Raises `DeliveryRefused` with the rows at fault.
    """
    columns = names([*reader.properties, GEOMETRY])
    table = table_of(reader.layer)
    connection.execute(compose(SQL["make_staged"], columns=columns, table=table))
    batches = reader.batches(on_rows)
    try:
        copy_rows(connection, "staged", reader.columns, batches, srid=reader.shapes.to_srid)
    except psycopg.DataError as fault:
        raise refuse(reader.source.name, "database_rule", _in_words(fault)) from fault
    connection.execute(SQL["settle"].text)
    _check_rules(connection, reader)
    _check_unique(connection, reader)
    reader.faults.locate_staged(connection)
    reader.faults.refuse_if_any()


def index_places(connection: psycopg.Connection[Any]) -> None:
    """So that what looks for neighbours among the staged rows finds them."""
    connection.execute(SQL["index"].text)


def staged_rows(connection: psycopg.Connection[Any]) -> int:
    """How many rows of the file are in ``staged``."""
    row = connection.execute(SQL["staged_rows"].text).fetchone()
    return 0 if row is None else int(row[0])


def unique_keys(connection: psycopg.Connection[Any], reader: Reader) -> list[list[str]]:
    """Delivered properties of which the table holds each combination only once."""
    rows = connection.execute(SQL["unique_keys"].text, {"table": f"layer.{reader.layer.name}"}).fetchall()
    return [key for (key,) in rows if set(key) <= set(reader.properties)]


def _in_words(fault: psycopg.DataError) -> str:
    """What the database cannot hold, such as a zero character in JSON; its line is the row."""
    place = _PLACE.search(fault.diag.context or "")
    where = "" if place is None else f"row {place[1]}" + (f": column {place[2]}: " if place[2] else ": ")
    return f"{where}the database cannot hold it: {fault.diag.message_primary}."


def _check_rules(connection: psycopg.Connection[Any], reader: Reader) -> None:
    rules = connection.execute(SQL["rules"].text, {"table": f"layer.{reader.layer.name}"}).fetchall()
    # The rules are the table's own, from its catalogue.
    asked = [
        (sql.SQL(rule.replace("%", "%%")), rule, columns)
        for _, rule, columns in rules
        if set(columns) <= {*reader.properties, GEOMETRY}
    ]
    # All of them in one pass: it is seldom that one is broken.
    each: list[sql.Composable] = [sql.SQL("({})").format(text) for text, _, _ in asked]
    every = sql.SQL(" AND ").join(each or [sql.SQL("true")])
    if connection.execute(compose(SQL["any_broken"], rules=every), {}).fetchone() is None:
        return
    for text, rule, columns in asked:
        shown = [column for column in columns if column != GEOMETRY]
        query = compose(SQL["broken_rule"], values=_as_text(shown), rule=text)
        found = connection.execute(query, {"most": MOST_KEPT}).fetchall()
        told = [
            (row, fid, f"{_told(shown, values)} breaks the rule {rule}.") for row, fid, values, _ in found
        ]
        reader.faults.in_rows_found("database_rule", told, found[0][-1] if found else 0)


def _check_unique(connection: psycopg.Connection[Any], reader: Reader) -> None:
    for key in unique_keys(connection, reader):
        if connection.execute(compose(SQL["any_twice"], key=names(key)), {}).fetchone() is None:
            continue
        query = compose(SQL["twice"], key=names(key), values=_as_text(key))
        found = connection.execute(query, {"most": MOST_KEPT}).fetchall()
        told = [
            (row, fid, f"{_told(key, values)} stands in row {first} already, and must be there once.")
            for row, fid, values, first, _ in found
        ]
        reader.faults.in_rows_found("not_unique", told, found[0][-1] if found else 0)


def _told(columns: list[str], values: list[str | None]) -> str:
    return ", ".join(f"{c} {v!r}" for c, v in zip(columns, values, strict=True)) or "the geometry"


def _as_text(columns: list[str]) -> sql.Composable:
    if not columns:
        return sql.SQL("CAST(NULL AS text)")
    return sql.SQL(", ").join(sql.SQL("CAST({} AS text)").format(sql.Identifier(c)) for c in columns)
