"""Small made-up towns to number: streets, alleys and lots, in metres from a place of the working grid."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import psycopg
import shapely

from layers.references.house_path import checked_path, members_of

Place = tuple[float, float]

# In the envelope of the city; easting and northing of EPSG:9210.
EAST, NORTH = 567_000.0, 1_145_000.0
UNIT, UNIT_NAME = "28261", "Phường Mỹ Tho"


class Town:
    """A place on the map to build at; everything is committed by whoever opened the connection."""

    def __init__(self, connection: psycopg.Connection[Any], east: float = EAST, north: float = NORTH) -> None:
        self.connection = connection
        self.east, self.north = east, north

    def _one(self, statement: str, *values: object) -> int:
        row = self.connection.execute(statement.encode(), values).fetchone()
        assert row is not None
        return int(row[0])

    def wkt(self, shape: shapely.Geometry) -> str:
        """The shape where the town is."""
        return str(shapely.to_wkt(self.at(shape), rounding_precision=6))

    def at(self, shape: shapely.Geometry) -> Any:
        """The shape in the working grid."""
        return shapely.transform(shape, lambda places: places + np.array([self.east, self.north]))

    def unit(self, code: str, name: str, box: tuple[float, float, float, float], generation: int = 3) -> None:
        """An administrative unit; one of an older generation has ended."""
        self.connection.execute(
            b"""INSERT INTO layer.admin_units (code, name, full_name, kind, generation, existed_from,
                    existed_to, predecessors, geom, source_date, valid_from)
                VALUES (%s, %s, %s, 'phuong', %s, '2000-01-01', %s, '{}',
                        ST_Multi(ST_GeomFromText(%s, core.working_srid())), '2020-01-01', '2000-01-01')""",
            [
                code,
                name.removeprefix("Phường "),
                name,
                generation,
                None if generation == 3 else "2024-10-31",
                self.wkt(shapely.box(*box)),
            ],
        )

    def line(
        self, name: str | None, places: Sequence[Place], width: float | None = 10.0, kind: str = "duong_pho"
    ) -> int:
        """A street or alley by its centre line; its id."""
        return self._one(
            """INSERT INTO layer.streets (name, kind, width_m, geom, source_date)
               VALUES (%s, %s, %s, ST_Multi(ST_GeomFromText(%s, core.working_srid())), '2020-01-01')
               RETURNING id""",
            name,
            kind,
            width,
            self.wkt(shapely.LineString(places)),
        )

    def axis(self, line: int, places: Sequence[Place], street: int | None = None, path: str = "") -> int:
        """The direction of a line: along the places as they are given."""
        return self._one(
            """INSERT INTO numbering.axis (street_id, alley_path, line_id, basis, stated_by, geom)
               VALUES (%s, %s, %s, 'decided', 'test', ST_GeomFromText(%s, core.working_srid()))
               RETURNING id""",
            line if street is None else street,
            json.dumps(members_of(checked_path(path)) if path else []),
            line,
            self.wkt(shapely.LineString(places)),
        )

    def lot(self, shape: shapely.Geometry, address: str | None = None) -> int:
        """A parcel; its id."""
        return self._one(
            """INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, address, geom, source_date,
                   valid_from)
               VALUES (%s, '1', CAST(nextval('layer.parcels_id_seq') AS text), %s,
                       ST_Multi(ST_GeomFromText(%s, core.working_srid())), '2020-01-01', '2020-01-01')
               RETURNING id""",
            UNIT,
            address,
            self.wkt(shape),
        )

    def house(
        self,
        street: int,
        number: str,
        place: Place,
        *,
        lot: int | None = None,
        state: str = "issued",
        address: str | None = None,
        since: str = "2020-01-01",
    ) -> int:
        """A house number with its gate at a place."""
        path = checked_path(number)
        return self._one(
            """INSERT INTO layer.house_numbers (street_id, alley_path, number, suffix, state, address,
                   parcel_id, unit_code, geom, source_date, valid_from)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, ST_GeomFromText(%s, core.working_srid()), %s, %s)
               RETURNING id""",
            street,
            json.dumps(members_of(path[:-1])),
            *path[-1],
            state,
            address or number,
            lot,
            UNIT,
            self.wkt(shapely.Point(place)),
            since,
            since,
        )

    def lon_lat(self, place: Place) -> str:
        """A place as the API takes it."""
        row = self.connection.execute(
            b"""SELECT ST_X(p), ST_Y(p)
                FROM ST_Transform(ST_GeomFromText(%s, core.working_srid()), 4326) AS p""",
            [self.wkt(shapely.Point(place))],
        ).fetchone()
        assert row is not None
        return f"{row[0]:.9f},{row[1]:.9f}"
