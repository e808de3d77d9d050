"""Files written from the small demo city, in a folder of each test's own."""

from collections.abc import Callable
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
from gis_platform.database.server import Logins
from gis_platform.geometry.output_crs import epsg_crs
from gis_platform.layer import installed_layers
from gis_platform.serving.selection import Selection
from tests.support.acting import connected_as

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
