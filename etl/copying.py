"""Bulk loading: Arrow batches streamed into a table by binary COPY, inside the caller's transaction."""

import selectors
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psycopg
import pyarrow as pa
from psycopg import sql
from psycopg.rows import tuple_row

from etl.copy_format import HEADER, TRAILER, Target, pack_rows
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Rows packed at a time: large enough for the arrays to pay, small enough for memory to stay flat.
ROWS_AT_A_TIME = 16_384


def copy_rows(
    connection: psycopg.Connection[Any],
    table: str,
    columns: Sequence[str],
    batches: Iterable[pa.RecordBatch],
    *,
    srid: int,
    on_rows: Callable[[int], None] | None = None,
) -> int:
    """Load the batches into a table and return the number of rows; nothing is committed here.

    table: such as ``layer.parcels``, or the name of a temporary table. columns: those to fill, each in
    every batch; the others get their defaults, and further columns of a batch are left out. ``geom`` is
    WKB in the grid `srid`; a polygon or line goes into a multi column as a multi of one. Text, whole
    numbers, floats, booleans, dates, time stamps with time zone, JSON as text, and lists of text fit
    the column of the like type. `on_rows` is told the number of rows done, after each piece.

    Raises:
        ValueError: a column that the table or a batch does not have, or a type with no binary form here.
        pyarrow.ArrowInvalid: a value that does not fit its column, such as 3.5 in a whole number.
        psycopg.Error: the database refuses a row.

    Whatever is raised, by the batches too, ends the COPY: the caller's transaction has failed.
    """
    targets = _targets(connection, table, columns)
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
        sql.Identifier(*table.split(".")), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    done = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy, ThreadPoolExecutor(1) as sender:
        copy.write(HEADER)
        # While the server takes one piece in, the next is read and packed here; no more than two are held.
        sent: Future[None] | None = None
        for batch in batches:
            for start in range(0, batch.num_rows, ROWS_AT_A_TIME):
                piece = batch.slice(start, ROWS_AT_A_TIME)
                packed = pack_rows(piece, targets, srid)
                _wait(sent)
                sent = sender.submit(_write, copy, connection.pgconn, packed)
                done += piece.num_rows
                if on_rows is not None:
                    on_rows(done)
        _wait(sent)
        copy.write(TRAILER)
    return done


def _write(copy: psycopg.Copy, pgconn: psycopg.pq.abc.PGconn, packed: memoryview) -> None:
    copy.write(packed)
    _send(pgconn)


def _wait(sent: Future[None] | None) -> None:
    if sent is not None:
        sent.result()


def _send(pgconn: psycopg.pq.abc.PGconn) -> None:
    """Wait until the server has taken all that was written: libpq else keeps it, however much it is."""
    with selectors.DefaultSelector() as ready:
        key = ready.register(pgconn.socket, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while pgconn.flush():
            if any(events & selectors.EVENT_READ for held, events in ready.select() if held == key):
                pgconn.consume_input()


def _targets(connection: psycopg.Connection[Any], table: str, columns: Sequence[str]) -> list[Target]:
    with connection.cursor(row_factory=tuple_row) as cursor:
        found = cursor.execute(SQL["column_types"].text, {"table": table}).fetchall()
    known = {name: Target(name, kind, geometry) for name, kind, geometry in found}
    missing = [name for name in columns if name not in known]
    if missing:
        raise ValueError(f"{table} has no column to fill named {', '.join(missing)}")
    return [known[name] for name in columns]
