"""A delivery compared and looked at, without anything of it being applied."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from etl.delivery.comparing import compare, summarise
from etl.delivery.opening import open_delivery
from etl.delivery.request import Counts, DeliveryRequest
from etl.delivery.staging import stage
from gis_platform.city import City, load_city
from gis_platform.settings import Settings
from tests.support.delivered import DAY, Sample, request, write_sample

LATER = date(2021, 3, 1)
Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a comparison found. ``rows`` are those of the file and ``features`` those in force, by number."""

    counts: Counts
    changes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    paired: dict[int, int]
    rows: dict[int, dict[str, Any]]
    features: dict[int, dict[str, Any]]
    summary: dict[str, Any]

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        """The changes of one kind."""
        return [change for change in self.changes if change["kind"] == kind]

    def numbers(self, kind: str, name: str = "parcel_no") -> set[tuple[str | None, str | None]]:
        """Each change of a kind as the number it had and the number it has."""
        return {
            (
                None if c["id"] is None else self.features[c["id"]][name],
                None if c["row_no"] is None else self.rows[c["row_no"]][name],
            )
            for c in self.of_kind(kind)
        }

    def events(self, kind: str, name: str = "parcel_no") -> list[tuple[list[str], list[str], list[str]]]:
        """Each group of a kind: numbers before, numbers after, and those of the features that go on."""
        found = []
        for group in sorted({c["group_no"] for c in self.of_kind(kind)}):
            members = [c for c in self.changes if c["group_no"] == group]
            edges = [e for e in self.edges if e["group_no"] == group]
            before = {self.features[e["old_id"]][name] for e in edges}
            after = {self.rows[c["row_no"]][name] for c in members if c["row_no"] is not None}
            on = {self.features[c["id"]][name] for c in members if c["id"] is not None and c["row_no"]}
            found.append((sorted(before), sorted(after), sorted(on)))
        return sorted(found)


class Comparer:
    """Puts samples in force in one layer of a database, and compares others with them."""

    def __init__(self, settings: Settings, conninfo: str, folder: Path, layer: str = "parcels") -> None:
        self.city: City = load_city(settings.city)
        self.layer, self._folder, self._number = layer, folder, 0
        self._conninfo = conninfo

    def in_force(self, sample: Sample | DeliveryRequest, day: date = DAY) -> None:
        """Store the rows as they are, as if each were new."""
        with psycopg.connect(self._conninfo) as connection:
            self._store(connection, sample, day)

    def __call__(
        self,
        sample: Sample | DeliveryRequest,
        day: date = LATER,
        scope: tuple[str, ...] = (),
        after: Sample | None = None,
        decide: str | None = None,
    ) -> Difference:
        """Compare, take down what was found, and take everything back.

        after: rows to put in force before, for this comparison alone. decide: a person's word on every
        change, said before the difference is made a second time.
        """
        asked = self._request(sample, day)
        with psycopg.connect(self._conninfo) as connection:
            if after is not None:
                self._store(connection, after, DAY)
            reader, _ = open_delivery(self.city, asked)
            stage(connection, reader, lambda _: None)
            counts = compare(connection, reader, day, scope or asked.scope)
            if decide is not None:
                connection.execute("UPDATE change SET decision = %s", [decide])
                assert compare(connection, reader, day, scope or asked.scope) == counts
            found = Difference(
                counts,
                _all(connection, "SELECT * FROM change ORDER BY change_no"),
                _all(connection, "SELECT * FROM edge ORDER BY group_no, old_id, row_no"),
                {row["row_no"]: row["id"] for row in _all(connection, "SELECT * FROM paired")},
                {row["row_no"]: row for row in _all(connection, "SELECT * FROM staged")},
                {row["id"]: row for row in _all(connection, f"SELECT * FROM layer.{reader.layer.name}")},  # noqa: S608
                summarise(connection, reader, day),
            )
            connection.rollback()
        return found

    def _store(self, connection: Connection, sample: Sample | DeliveryRequest, day: date) -> None:
        reader, _ = open_delivery(self.city, self._request(sample, day))
        stage(connection, reader, lambda _: None)
        columns = sql.SQL(", ").join(sql.Identifier(n) for n in [*reader.properties, "geom"])
        dates = ["source_date", "valid_from"] if reader.layer.history else ["source_date"]
        connection.execute(
            sql.SQL("INSERT INTO {} ({}, {}) SELECT {}, {} FROM staged ORDER BY row_no").format(
                sql.Identifier("layer", reader.layer.name),
                columns,
                sql.SQL(", ").join(map(sql.Identifier, dates)),
                columns,
                sql.SQL(", ").join(sql.Literal(day) for _ in dates),
            )
        )
        connection.execute("DROP TABLE staged")

    def _request(self, sample: Sample | DeliveryRequest, day: date) -> DeliveryRequest:
        if isinstance(sample, DeliveryRequest):
            return sample
        self._number += 1
        file = write_sample(self._folder / f"{self.layer}_{self._number}.gpkg", sample)
        return request(file, self.layer, day)


def holds_together(found: Difference) -> None:
    """What is so of every difference: each row and feature is spoken of once, and the counts add up."""
    for member in ("row_no", "id"):
        named = Counter(c[member] for c in found.changes if c[member] is not None)
        assert not [n for n, times in named.items() if times > 1], member
    for change in found.changes:
        if change["row_no"] is not None:
            assert found.paired.get(change["row_no"]) == change["id"]
        else:
            assert change["id"] not in found.paired.values()
    spoken_of = {c["row_no"] for c in found.changes} | set(found.paired)
    assert set(found.rows) <= spoken_of
    grouped = [c for c in found.changes if c["group_no"] is not None and c["row_no"] is not None]
    counts = found.counts
    told = counts.added + counts.changed_geometry + counts.changed_attributes + counts.renumbered
    assert counts.read == told + counts.unchanged + len(grouped)
    assert len({(e["old_id"], e["row_no"]) for e in found.edges}) == len(found.edges)


def _all(connection: Connection, query: str) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query.encode()).fetchall()
