"""The tables of a demo city: emptied, filled by COPY, counted in the register of deliveries as synthetic."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
from psycopg import sql

from etl.copying import copy_rows
from etl.delivery.progress import Progress
from etl.demo import schema
from etl.demo.ahead import ahead
from etl.demo.city import City
from etl.demo.numbering import SOURCE as HOUSE_NUMBERS
from etl.demo.numbering import fill_numbers
from etl.demo.owners import holders
from etl.demo.permits import SOURCE as PERMITS
from etl.demo.permits import fill_permits
from etl.demo.sources import Source
from etl.demo.stations import END, START, observations
from etl.indexes import indexes_made_after
from gis_platform.layer import Layer
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_MANY_ROWS = 5_000
"""From here on the indexes of a table are made once, at the end."""


@dataclass(frozen=True, slots=True)
class Loader:
    """Fills the tables of one city inside the caller's transaction."""

    connection: psycopg.Connection[Any]
    city: City
    srid: int
    progress: Progress

    def empty(self, layers: Iterable[Layer]) -> None:
        """Take away what an earlier demo city left in these layers, history included."""
        names = ["parcel_owners", "observations"]
        for layer in layers:
            names += [layer.name, f"{layer.name}_history"] if layer.history else [layer.name]
        tables = sql.SQL(", ").join(sql.Identifier("layer", name) for name in names)
        self.connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(tables))

    def fill(self, source: Source, layer: Layer) -> None:
        """Load one layer and enter it as a synthetic delivery."""
        delivery = self._enter(source)
        size = 0

        def stamped() -> Iterator[pa.RecordBatch]:
            nonlocal size
            for batch in source.batches():
                size += batch.nbytes
                yield _stamped(batch, source, delivery, layer.history)

        columns = [*(known.name for known in layer.properties), "geom", "delivery_id"]
        columns += ["valid_from"] if layer.history else []
        columns += ["id"] if source.with_ids else []
        table = f"layer.{layer.name}"
        rows = self._copy(table, columns, stamped(), source.rows)
        if source.with_ids:
            self.connection.execute(SQL["next_id"].text.encode(), {"table": table, "rows": rows})
        counted = {"rows": rows, "bytes": size, "delivery": delivery}
        self.connection.execute(SQL["counted"].text.encode(), counted)

    def fill_holders(self) -> None:
        """Load who holds the parcels; row n of the stream holds the parcel with id n + 1."""
        batches = (
            batch.append_column("parcel_id", pc.add(batch["parcel_row"], 1))
            for batch in holders(self.city.seed, self.city.parcels)
        )
        columns = ["parcel_id", "holder_name", "id_number", "phone", "certificate_no"]
        self._copy("layer.parcel_owners", columns, batches, self.city.parcels)

    def fill_house_numbers(self) -> None:
        """Number the lots along the streets, which must be loaded, and enter that as a synthetic delivery."""
        self.progress.step("house_numbers")
        delivery = self._enter(HOUSE_NUMBERS)
        rows = fill_numbers(self.connection, self.city.seed, self.srid, delivery)
        counted = {"rows": rows, "bytes": 0, "delivery": delivery}
        self.connection.execute(SQL["counted"].text.encode(), counted)

    def fill_permits(self) -> None:
        """Permit houses on some of the numbered lots, and enter that as a synthetic delivery."""
        self.progress.step("building_permits")
        delivery = self._enter(PERMITS)
        rows = fill_permits(self.connection, self.city.seed, delivery)
        counted = {"rows": rows, "bytes": 0, "delivery": delivery}
        self.connection.execute(SQL["counted"].text.encode(), counted)

    def fill_observations(self, stations: Layer) -> None:
        """Load the readings of the stations, a partition a month."""
        month = START.date().replace(day=1)
        while month <= END.date():
            self.connection.execute(stations.sql["make_month"].text.encode(), {"month": month})
            month = (month + timedelta(days=32)).replace(day=1)
        columns = list(schema.OBSERVATIONS.names)
        self._copy("layer.observations", columns, observations(self.city.seed), None)

    def _copy(
        self, table: str, columns: list[str], batches: Iterable[pa.RecordBatch], rows: int | None
    ) -> int:
        self.progress.step(table.removeprefix("layer."))
        many = rows is not None and rows > _MANY_ROWS
        guard: AbstractContextManager[None] = (
            indexes_made_after(self.connection, table) if many else nullcontext()
        )
        with guard:
            loaded = copy_rows(
                self.connection,
                table,
                columns,
                ahead(batches),
                srid=self.srid,
                on_rows=lambda done: self.progress.rows(done, rows),
            )
        self.connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(*table.split("."))))
        return loaded

    def _enter(self, source: Source) -> int:
        name = f"demo city, seed {self.city.seed}, {self.city.parcels} parcels"
        parameters = {
            "layer": source.layer,
            "source_date": source.as_of,
            "file_name": name,
            "sha256": hashlib.sha256(f"{name}: {source.layer}".encode()).digest(),
        }
        row = self.connection.execute(SQL["enter"].text.encode(), parameters).fetchone()
        if row is None:
            raise AssertionError("an INSERT with RETURNING returns a row")
        return int(row[0])


def _stamped(batch: pa.RecordBatch, source: Source, delivery: int, history: bool) -> pa.RecordBatch:
    count = batch.num_rows
    if "source_date" not in batch.schema.names:
        as_of = pa.repeat(pa.scalar(source.as_of, pa.date32()), count)
        batch = batch.append_column("source_date", as_of)
    if history:
        batch = batch.append_column("valid_from", batch[source.valid_from])
    return batch.append_column("delivery_id", pa.repeat(pa.scalar(delivery, pa.int64()), count))
