"""The register of deliveries: whose turn it is, what was applied before, what is entered now."""

import json
from dataclasses import asdict
from typing import Any

import psycopg

from etl.delivery.composing import compose, table_of
from etl.delivery.progress import Progress
from etl.delivery.reading import Reader
from etl.delivery.request import Counts, DeliveryRequest
from gis_platform.audit.record import record_sync
from gis_platform.city import City
from gis_platform.errors import Conflict, Unavailable
from gis_platform.layer import Layer
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def require_city(connection: psycopg.Connection[Any], city: City, layer: str) -> None:
    """Raises `Unavailable` where the database is not migrated, `Conflict` where it is another city's."""
    there = connection.execute(SQL["is_there"].text, {"table": f"layer.{layer}"}).fetchone()
    row = connection.execute(SQL["city"].text).fetchone() if there is not None and there[0] else None
    if row is None:
        raise Unavailable("The database is not migrated: run `gis-platform migrate`, then deliver again.")
    if tuple(row) != (city.name, city.working_srid):
        raise Conflict(f"This database holds the city {row[0]!r}; the settings say {city.name!r} (GIS_CITY).")


def take_turn(connection: psycopg.Connection[Any], layer: Layer, progress: Progress) -> None:
    """Hold the layer against deliveries and writers, as the first thing a transaction does.

    Recorded time is the transaction's, so a transaction that had to wait is given up for one that begins
    after all it waited for: else what others wrote meanwhile would seem to be known later than this.
    Readers never wait.
    """
    connection.rollback()
    told = set()
    while waits_for := _in_the_way(connection, layer):
        if waits_for not in told:
            progress.step(f"waiting for {waits_for} of this layer to finish")
            told.add(waits_for)
        connection.execute(SQL["wait_turn"].text, {"layer": layer.name})
        connection.execute(compose(SQL["wait_for_writers"], table=table_of(layer)))
        connection.rollback()


def _in_the_way(connection: psycopg.Connection[Any], layer: Layer) -> str | None:
    row = connection.execute(SQL["take_turn"].text, {"layer": layer.name}).fetchone()
    if row is None or not row[0]:
        connection.rollback()
        return "another delivery"
    try:
        connection.execute(compose(SQL["hold_writers"], table=table_of(layer)))
    except psycopg.errors.LockNotAvailable:
        connection.rollback()
        return "a writer"
    return None


def options_of(reader: Reader, request: DeliveryRequest) -> dict[str, Any]:
    """How the file is read: what makes two deliveries of the same bytes differ."""
    return {
        "file_layer": reader.source.layer,
        "where": reader.where,
        "columns": dict(sorted(reader.assignment.columns.items())),
        "constants": dict(sorted(reader.assignment.constants.items())),
        "encoding": reader.source.codec,
        "srid": reader.shapes.from_srid,
        "scope": sorted(request.scope),
    }


def applied_before(
    connection: psycopg.Connection[Any], reader: Reader, request: DeliveryRequest
) -> tuple[int | None, bool]:
    """The number of the same delivery where it was applied before, and whether it is the layer's newest."""
    told = {
        "layer": reader.layer.name,
        "sha256": reader.source.file.sha256,
        "source_date": request.source_date,
        "options": json.dumps(options_of(reader, request)),
    }
    same = connection.execute(SQL["same_before"].text, told).fetchone()
    newest = connection.execute(SQL["newest"].text, told).fetchone()
    return (None, False) if same is None else (int(same[0]), same == newest)


def enter(
    connection: psycopg.Connection[Any], reader: Reader, request: DeliveryRequest, source: str, counts: Counts
) -> int:
    """Enter the delivery in core.delivery and return its number."""
    file = reader.source.file
    row = connection.execute(
        SQL["enter"].text,
        {
            "layer": reader.layer.name,
            "source": source,
            "source_date": request.source_date,
            "file_name": file.name,
            "sha256": file.sha256,
            "size": file.size,
            "srid": reader.shapes.from_srid,
            "received_by": request.received_by,
            "counts": json.dumps(asdict(counts)),
            "options": json.dumps(options_of(reader, request)),
        },
    ).fetchone()
    if row is None:
        raise AssertionError("an INSERT with RETURNING returns a row")
    return int(row[0])


def confirm(connection: psycopg.Connection[Any], reader: Reader, delivery: int, counts: Counts) -> None:
    """Note which features the delivery stated unchanged, and whether it stated all of the layer."""
    statement = compose(SQL["confirm"], table=table_of(reader.layer))
    connection.execute(statement, {"id": delivery, "read": counts.read})


def audit(
    connection: psycopg.Connection[Any],
    reader: Reader,
    request: DeliveryRequest,
    delivery: int,
    counts: Counts,
) -> None:
    """Append the delivery to the audit trail; last before the commit, for it locks the trail."""
    detail = {"file": reader.source.name, "source_date": str(request.source_date), **asdict(counts)}
    subject = f"{reader.layer.name}/deliveries/{delivery}"
    record_sync(connection, "delivery.applied", subject, detail, actor=request.received_by)
