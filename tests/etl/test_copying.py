"""Arrow batches into PostgreSQL: every type arrives as it was, NULL stays NULL, a failure leaves nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pyarrow as pa
import pytest
import shapely
from psycopg.rows import dict_row
from shapely.geometry.base import BaseGeometry

from etl.copying import ROWS_AT_A_TIME, copy_rows
from etl.indexes import indexes_made_after

Connection = psycopg.Connection[dict[str, Any]]

GRID = 9210
TABLE = """
CREATE TEMPORARY TABLE sample (
    number integer, small smallint, large bigint, ratio double precision, half real, yes boolean, day date,
    moment timestamptz, words text, data jsonb, plain json, list text[], raw bytea,
    kept text DEFAULT 'default', geom geometry(MultiPolygon, 9210))
"""
COLUMNS = {
    "number": pa.array([1, None, -3], pa.int16()),
    "small": pa.array([None, 2, -3], pa.int64()),
    "large": pa.array([2**40, None, -(2**40)]),
    "ratio": pa.array([0.1, None, float("inf")]),
    "half": pa.array([0.5, None, -1.5]),
    "yes": pa.array([True, None, False]),
    "day": pa.array([date(2018, 12, 31), None, date(1899, 1, 1)]),
    "moment": pa.array([datetime(2020, 9, 1, 12, 30, tzinfo=UTC), None, datetime(1969, 1, 1, tzinfo=UTC)]),
    "words": pa.array(["Đường 30/4", None, ""]),
    "data": pa.array(['{"a": [1, null]}', None, "[]"]),
    "plain": pa.array(['{"a":1}', None, "3"]),
    "list": pa.array([["a", "b,c", None, '"'], None, []], pa.list_(pa.string())),
    "raw": pa.array([b"\0\1", None, b""]),
}
SQUARES = shapely.box([0, 10, 20], [0, 0, 0], [5, 15, 25], [5, 5, 5])


@pytest.fixture
def connection(shared: str) -> Iterator[Connection]:
    with psycopg.connect(shared, row_factory=dict_row) as opened:
        opened.execute(TABLE)
        yield opened
        opened.rollback()


def _geometry(*shapes: BaseGeometry | None, byte_order: int = 1) -> pa.Array:
    return pa.array(shapely.to_wkb(list(shapes), byte_order=byte_order), pa.binary())


def test_values_and_nulls_of_every_type_arrive(connection: Connection) -> None:
    batch = pa.record_batch(COLUMNS | {"geom": _geometry(SQUARES[0], None, SQUARES[2])})
    assert copy_rows(connection, "sample", list(batch.schema.names), [batch], srid=GRID) == 3
    rows = connection.execute("SELECT *, ST_AsEWKT(geom) AS text FROM sample").fetchall()
    for name in set(COLUMNS) - {"data", "plain"}:
        assert [row[name] for row in rows] == COLUMNS[name].to_pylist(), name
    assert [row["data"] for row in rows] == [{"a": [1, None]}, None, []]
    assert [row["plain"] for row in rows] == [{"a": 1}, None, 3]
    assert {row["kept"] for row in rows} == {"default"}
    assert [row["text"] for row in rows] == [
        "SRID=9210;MULTIPOLYGON(((5 0,5 5,0 5,0 0,5 0)))",
        None,
        "SRID=9210;MULTIPOLYGON(((25 0,25 5,20 5,20 0,25 0)))",
    ]


def test_slices_of_larger_arrays_and_several_batches(connection: Connection) -> None:
    batch = pa.record_batch(COLUMNS | {"geom": _geometry(*SQUARES)})
    done: list[int] = []
    pieces = [batch.slice(1, 2), batch.slice(0, 0), batch.slice(2, 1)]
    assert copy_rows(connection, "sample", batch.schema.names, pieces, srid=GRID, on_rows=done.append) == 3
    assert done == [2, 3]
    rows = connection.execute("SELECT list, words, ST_XMin(geom) AS x FROM sample").fetchall()
    assert [(r["list"], r["words"], r["x"]) for r in rows] == [(None, None, 10), ([], "", 20), ([], "", 20)]


def test_more_rows_than_are_packed_at_once(connection: Connection) -> None:
    count = ROWS_AT_A_TIME * 2 + 7
    batch = pa.record_batch({"large": pa.array(range(count))})
    assert copy_rows(connection, "sample", ["large"], [batch], srid=GRID) == count
    row = connection.execute("SELECT count(*) AS n, sum(large) AS total FROM sample").fetchone()
    assert row == {"n": count, "total": count * (count - 1) // 2}


@pytest.mark.parametrize(
    ("column", "shapes", "expected"),
    [
        ("MultiPolygon", (SQUARES[0], shapely.MultiPolygon([SQUARES[1]])), {"ST_MultiPolygon"}),
        ("MultiPolygon", (shapely.MultiPolygon([SQUARES[1]]),), {"ST_MultiPolygon"}),
        ("MultiLineString", (shapely.LineString([(0, 0), (1, 1)]),), {"ST_MultiLineString"}),
        ("MultiLineString", (shapely.LineString([(0, 0, 9), (1, 1, 9)]),), {"ST_MultiLineString"}),
        ("Point", (shapely.Point(1, 2), None), {"ST_Point", None}),
        ("Geometry", (shapely.Point(1, 2), SQUARES[0]), {"ST_Point", "ST_Polygon"}),
    ],
)
@pytest.mark.parametrize("byte_order", [0, 1])
def test_geometries_get_srid_and_the_type_of_the_column(
    connection: Connection,
    column: str,
    shapes: tuple[BaseGeometry | None, ...],
    expected: set[str | None],
    byte_order: int,
) -> None:
    connection.execute(f"CREATE TEMPORARY TABLE shapes (geom geometry({column}, {GRID}))")
    batch = pa.record_batch({"geom": _geometry(*shapes, byte_order=byte_order)})
    copy_rows(connection, "shapes", ["geom"], [batch], srid=GRID)
    rows = connection.execute(
        "SELECT ST_GeometryType(geom) AS kind, ST_AsBinary(geom) AS wkb FROM shapes"
    ).fetchall()
    assert {row["kind"] for row in rows} == expected
    for row, shape in zip(rows, shapes, strict=True):
        assert (row["wkb"] is None) == (shape is None)
        if shape is not None:
            assert shapely.equals(shapely.from_wkb(row["wkb"]), shape)


def test_a_source_that_fails_leaves_nothing(connection: Connection) -> None:
    def failing() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"words": pa.array(["a"])})
        raise RuntimeError("the file ends too early")

    with pytest.raises(RuntimeError, match="ends too early"), connection.transaction():
        copy_rows(connection, "sample", ["words"], failing(), srid=GRID)
    assert connection.execute("SELECT count(*) AS n FROM sample").fetchone() == {"n": 0}


def test_a_column_that_is_not_there_is_named(connection: Connection) -> None:
    batch = pa.record_batch({"words": pa.array(["a"])})
    with pytest.raises(ValueError, match="no column to fill named colour"):
        copy_rows(connection, "sample", ["colour"], [batch], srid=GRID)
    with pytest.raises(ValueError, match="no column 'number'"), connection.transaction():
        copy_rows(connection, "sample", ["number"], [batch], srid=GRID)


def test_a_value_that_does_not_fit_is_not_rounded(connection: Connection) -> None:
    with pytest.raises(pa.ArrowInvalid), connection.transaction():
        copy_rows(connection, "sample", ["number"], [pa.record_batch({"number": pa.array([3.5])})], srid=GRID)
    with pytest.raises(pa.ArrowInvalid), connection.transaction():
        copy_rows(connection, "sample", ["small"], [pa.record_batch({"small": pa.array([2**15])})], srid=GRID)


def test_indexes_come_back(connection: Connection) -> None:
    count = "SELECT count(*) AS n FROM pg_indexes WHERE schemaname = 'layer' AND tablename = 'parcels'"
    before = connection.execute(count).fetchone()
    with indexes_made_after(connection, "layer.parcels"):
        inside = connection.execute(count).fetchone()
    assert inside is not None
    assert before is not None
    assert inside["n"] == 2  # the primary key and the unique identifier guard a rule
    assert connection.execute(count).fetchone() == before
