"""What a delivery changes: each row is a feature in force, or part of what became of some, or new."""

from datetime import date
from typing import Any

import psycopg
from psycopg.rows import dict_row

from etl.delivery.comparing.changes import is_empty, write_pairs, write_rest
from etl.delivery.comparing.edits import set_edits_aside
from etl.delivery.comparing.grouping import find_groups
from etl.delivery.comparing.meeting import find_meetings
from etl.delivery.comparing.pairing import pair_by_name, pair_identical, pair_strayed
from etl.delivery.comparing.tables import comparing_tables, seal_pairs
from etl.delivery.comparing.terms import Parts, key_of, terms_of
from etl.delivery.composing import compose, names
from etl.delivery.faults import MOST_TOLD
from etl.delivery.reading import Reader
from etl.delivery.request import Counts
from gis_platform.errors import BadParameter
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def compare(
    connection: psycopg.Connection[Any],
    reader: Reader,
    source_date: date,
    scope: tuple[str, ...],
    *,
    correction: bool = False,
) -> Counts:
    """Fill ``paired``, ``change`` and ``edge`` from ``staged`` and what is in force, and count.

    Confidence below 0.8 is doubtful: it waits for a person. Nothing is locked: the transaction is to see one
    state of the layer throughout (REPEATABLE READ), and whoever applies sees to it that it is still so.

    correction: the file's date may lie before the versions it changes.

    Raises:
        BadParameter: a layer cannot be replaced by that scope.
        DeliveryRefused: a change or an end would lie before the version of another delivery that it follows.
    """
    _check_scope(reader, scope)
    parts = terms_of(reader)
    with comparing_tables(connection):
        empty = is_empty(connection, parts)
        whole = empty or pair_identical(connection, parts)
        seal_pairs(connection)
        if not whole:
            pair_by_name(connection, reader, parts)
            if find_meetings(connection, reader, parts):
                find_groups(connection, reader, parts)
            pair_strayed(connection, parts)
            write_pairs(connection, reader, parts)
        write_rest(connection, reader, scope, parts)
        if reader.layer.history and not correction and not empty:
            set_edits_aside(connection, source_date, parts)
    if reader.layer.history and not correction:
        _refuse_older(connection, reader, source_date, parts)
    with connection.cursor(row_factory=dict_row) as cursor:
        key = key_of(reader) or reader.properties
        row = cursor.execute(compose(SQL["counts"], key=names(key), **parts)).fetchone()
    return Counts(**(row or {}))


def _check_scope(reader: Reader, scope: tuple[str, ...]) -> None:
    allowed = reader.layer.scope
    for name in scope:
        if name not in allowed:
            known = ", ".join(allowed) or "none: its rows never end by a delivery"
            raise BadParameter(
                f"--scope {name}: {reader.layer.name} can be replaced by {known}.",
                parameter="scope",
                detail_vi=f"Lớp {reader.layer.title.vi} không nhận dữ liệu đầy đủ theo “{name}”.",
            )
        if name not in reader.properties:
            raise BadParameter(
                f"--scope {name}: the file does not hold it.",
                parameter="scope",
                detail_vi="Đã chọn “đầy đủ theo "
                f"{reader.layer.property_named(name).title.vi}”, nhưng tệp không có thông tin đó.",
            )


def _refuse_older(
    connection: psycopg.Connection[Any], reader: Reader, source_date: date, parts: Parts
) -> None:
    told = {"source_date": source_date, "most": MOST_TOLD}
    newer = connection.execute(compose(SQL["newer_than_the_file"], **parts), told).fetchall()
    texts = [
        (row, fid, f"the version in force holds since {since}, later than the file's date {source_date}.")
        for row, fid, since, _ in newer
    ]
    reader.faults.in_rows_found("older_than_current", texts, newer[0][-1] if newer else 0)
    found = connection.execute(compose(SQL["ending_newer_than_the_file"], **parts), told).fetchone()
    if found is not None and found[0]:
        reader.faults.in_file(
            "older_than_current",
            f"{found[0]} rows of the scope are not in the file and hold since {found[1]} at the latest, "
            f"later than the file's date {source_date}.",
        )
    reader.faults.refuse_if_any()
