"""A database with small rasters, and the application over it."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import psycopg
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.access.demo_accounts import ensure_demo_accounts
from gis_platform.access.roles import STAFF, Role
from gis_platform.database.server import Logins, logins
from gis_platform.raster.entry import Kind
from gis_platform.settings import Settings
from tests.support.databases import drop_database, fresh_database
from tests.support.rasters import add, request, salinity, write
from tests.support.staff import Headers, staff_headers


@pytest.fixture(scope="module")
def raster_settings(
    template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """Settings whose data folder is the module's own; the cluster runs already."""
    assert template
    secret = (base_settings.data_dir / "secret.key").read_text(encoding="ascii")
    folder = tmp_path_factory.mktemp("data")
    return base_settings.model_copy(update={"data_dir": folder, "secret_key": SecretStr(secret.strip())})


@pytest.fixture(scope="module")
def raster_places(
    server: str, template: str, base_settings: Settings, raster_settings: Settings
) -> Iterator[Logins]:
    """Three months of salinity, an orthophoto with a hole, classes for staff alone."""
    name = f"gis_rasters_{os.getpid()}_test"
    places = logins(base_settings, fresh_database(server, name, template))
    folder = raster_settings.data_dir
    for month, value in ((1, 3.5), (2, 1.5), (3, 9.25)):
        asked = request(
            salinity(folder / f"{month}.tif", value),
            date=date(2025, month, 28),
            palette="soil_salinity",
            model_output=month == 3,
        )
        add(places, raster_settings, asked)
    _add_orthophoto(places, raster_settings, folder)
    _add_classes(places, raster_settings, folder)
    yield places
    drop_database(server, name)


def _add_orthophoto(places: Logins, settings: Settings, folder: Path) -> None:
    cells = np.zeros((4, 40, 40), dtype=np.uint8)
    cells[:3] = np.array([200, 100, 50], dtype=np.uint8)[:, None, None]
    cells[3, :, 20:] = 255
    file = write(folder / "o.tif", cells, photometric="RGB", ALPHA="YES")
    add(places, settings, request(file, name="orthophoto", kind=Kind.ORTHOPHOTO, unit=None, synthetic=True))


def _add_classes(places: Logins, settings: Settings, folder: Path) -> None:
    cells = np.full((1, 10, 10), 7, dtype=np.uint8)
    file = write(folder / "c.tif", cells, nodata=0)
    asked = request(file, name="land_cover", kind=Kind.CLASS, unit=None, audience=STAFF - {Role.OPERATOR})
    add(places, settings, asked)


@pytest.fixture(scope="module")
def rasters(raster_places: Logins, raster_settings: Settings) -> Iterator[TestClient]:
    """The application; tests only read, save those that break a file and put it back."""
    with TestClient(create_app(raster_settings, raster_places), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def raster_staff(
    raster_places: Logins, raster_settings: Settings, rasters: TestClient
) -> dict[Role, Headers]:
    """Headers of each role."""
    with psycopg.connect(raster_places.owner) as opened:
        ensure_demo_accounts(opened, raster_settings)
    return dict(staff_headers(rasters, raster_settings.data_dir))
