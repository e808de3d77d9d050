"""Changes of one parcel in the database, each in a transaction of its own, as a delivery would make them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg

Connection = psycopg.Connection[Any]

_INSERT = """
    INSERT INTO layer.parcels (id, unit_code, sheet_no, parcel_no, address, source_date, valid_from, geom)
    OVERRIDING SYSTEM VALUE VALUES (%(id)s, '28249', '12', '45', %(content)s, %(day)s, %(day)s,
        ST_Multi(ST_Transform(ST_MakeEnvelope(106.36, 10.35, 106.3602, 10.3502, 4326), core.working_srid())))
    RETURNING transaction_timestamp()
"""
_CHANGE = """
    UPDATE layer.parcels SET address = %(content)s, valid_from = %(day)s WHERE id = %(id)s
    RETURNING transaction_timestamp()
"""
_END = "DELETE FROM layer.parcels WHERE id = %(id)s RETURNING transaction_timestamp()"
_AT = "SELECT address FROM layer.parcels_at(%s, %s) WHERE id = %s"
_HISTORY = """
    SELECT address, lower(valid_period), upper(valid_period), lower(recorded_period), upper(recorded_period)
    FROM layer.parcels_history WHERE id = %s ORDER BY lower(recorded_period), lower(valid_period)
"""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel by id; its address stands for its content."""

    connection: Connection
    id: int

    def insert(self, day: date, content: str) -> datetime:
        """It comes to be on a day; returns when that was recorded."""
        return self._run(_INSERT, day, content)

    def change(self, day: date, content: str) -> datetime:
        """It is otherwise from a day on."""
        return self._run(_CHANGE, day, content)

    def end(self, day: date) -> datetime:
        """It is no more from a day on."""
        return self._run(_END, day, "")

    def at(self, as_of: date, known_at: datetime) -> list[str]:
        """The contents of its versions on a day, as known at a moment."""
        return [row[0] for row in self.connection.execute(_AT, [as_of, known_at, self.id])]

    def history(self) -> list[tuple[Any, ...]]:
        """Its closed versions: content, valid from and to, recorded from and to."""
        return self.connection.execute(_HISTORY, [self.id]).fetchall()

    def _run(self, statement: str, day: date, content: str) -> datetime:
        with self.connection.transaction():
            self.connection.execute("SELECT set_config('gis.valid_from', %s, true)", [day.isoformat()])
            asked = {"id": self.id, "day": day, "content": content}
            row = self.connection.execute(statement.encode(), asked).fetchone()
        assert row is not None
        recorded: datetime = row[0]
        return recorded
