"""Square parcels in rows, as a street block has them, written straight into the layer."""

from typing import Any

import psycopg

Connection = psycopg.Connection[Any]

# A corner in the working grid, EPSG:9210, in the middle of the demo city.
EAST, NORTH, SIDE = 567_000.0, 1_145_000.0, 10.0

_INSERT = """
    INSERT INTO layer.parcels (id, unit_code, sheet_no, parcel_no, source_date, valid_from, geom)
    VALUES (%(id)s, '28261', '1', %(id)s, '2024-01-01', '2024-01-01',
            ST_Multi(ST_MakeEnvelope(%(x)s, %(y)s, %(x)s + 10, %(y)s + 10, core.working_srid())))
"""


def lay_parcels(connection: Connection, across: int, down: int, *, first: int = 1, gap: float = 0.0) -> None:
    """``across`` times ``down`` squares of 10 m, numbered from ``first``, row by row to the north."""
    with connection.cursor() as cursor:
        cursor.executemany(
            _INSERT,
            [
                {
                    "id": first + row * across + column,
                    "x": EAST + column * (SIDE + gap),
                    "y": NORTH + row * (SIDE + gap),
                }
                for row in range(down)
                for column in range(across)
            ],
        )
