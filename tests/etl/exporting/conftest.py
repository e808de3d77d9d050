"""Files written from the small demo city, in a folder of each test's own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from etl.exporting.fields import batch_of, fields_of, schema_of
from etl.exporting.forms import Form
from etl.exporting.rows import rows_statement
from etl.exporting.telling import Content, Facts
from etl.exporting.write import write_file
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins, logins
from gis_platform.geometry.output_crs import epsg_crs
from gis_platform.layer import installed_layers
from gis_platform.serving.selection import Selection
from gis_platform.settings import Settings
from tests.support.acting import connected_as
from tests.support.databases import drop_database, fresh_database

WORKING_SRID = 9210

Written = Callable[[Selection, Form], Path]


def selection_of(layer: str, role: Role = Role.PUBLIC, **more: Any) -> Selection:
    """The rows of a layer in the city's grid."""
    whole = Selection(
        layer=installed_layers()[layer], role=role, working_srid=WORKING_SRID, out=epsg_crs(WORKING_SRID)
    )
    return replace(whole, **more)


@pytest.fixture
def written(small_city: Logins, tmp_path: Path) -> Written:
    """Writes the first hundred rows of a selection as its role."""

    def write(selection: Selection, form: Form) -> Path:
        statement = rows_statement(selection, begun=False, limited=True)
        with connected_as(small_city, selection.role) as connection:
            rows = connection.execute(statement, selection.parameters | {"limit": 100}).fetchall()
        schema = schema_of(fields_of(selection))
        batches = [batch_of(rows[:60], schema), batch_of(rows[60:], schema)]
        path = tmp_path / f"{selection.layer.name}{form.suffix}"
        write_file(Content(selection, Facts.of(batches), None), batches, form, path)
        return path

    return write


@pytest.fixture
def owner(small_city: Logins) -> Any:
    """An owner's connection to the small city, to know what must be in a file."""
    with psycopg.connect(small_city.owner) as connection:
        yield connection


_FILL = """
    INSERT INTO core.delivery (layer, source, source_date, file_name, sha256, size_bytes, srid, received_by,
                               status, counts, synthetic)
    SELECT name, 'test', '2024-01-01', 'test', sha256('test'), 1, 9210, 'test', 'applied', '{}', true
    FROM unnest(ARRAY['parcels', 'streets']) name;
    INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, delivery_id, geom)
    SELECT '28249', '1', n::text, '2024-01-01', '2024-01-01', 1,
           ST_Multi(ST_MakeEnvelope(567000 + n * 10, 1145000, 567010 + n * 10, 1145020, 9210))
    FROM generate_series(1, 2000) n;
    INSERT INTO layer.streets (name, kind, source_date, delivery_id, geom)
    SELECT 'Đường số ' || n, 'duong_pho', '2024-01-01', 2,
           ST_Multi(ST_MakeLine(ST_SetSRID(ST_MakePoint(567000, 1145000 + n), 9210),
                                ST_SetSRID(ST_MakePoint(568000, 1145000 + n), 9210)))
    FROM generate_series(1, 50) n;
    INSERT INTO core.account (username, display_name, role) VALUES ('an', 'An', 'planner');
"""


@pytest.fixture(scope="session")
def small_layers(server: str, template: str, base_settings: Settings) -> Iterator[Logins]:
    """A database of these tests' own, which no server works the queue of."""
    places = logins(base_settings, fresh_database(server, "gis_exports_test", template))
    with psycopg.connect(places.owner) as connection:
        connection.execute(_FILL)
    yield places
    drop_database(server, "gis_exports_test")
