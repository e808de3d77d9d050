"""A steward's desk over a database of its own, with two sheets in force."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.settings import Settings
from tests.support.desk import Desk, two_sheets
from tests.support.staff import staff_headers


@pytest.fixture(scope="module")
def desk(
    server: str, template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """The application with its jobs running, sheets 7 and 8 in force since 01/09/2020."""
    folder = tmp_path_factory.mktemp("desk")
    with (
        two_sheets(server, template, base_settings, folder) as (settings, places),
        TestClient(create_app(settings, places), raise_server_exceptions=False) as client,
    ):
        yield Desk(client, staff_headers(client, settings.data_dir), places, settings, folder)
