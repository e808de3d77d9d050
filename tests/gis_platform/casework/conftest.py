"""An office whose calendar may be changed: a clone of its own for each test."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.office import Office


@pytest.fixture
def client(database: Logins, settings: Settings) -> Iterator[TestClient]:
    """The application without its jobs: what they do the tests ask for themselves."""
    quiet = settings.model_copy(update={"run_jobs": False})
    with TestClient(create_app(quiet, database), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def office(client: TestClient, database: Logins) -> Office:
    """Parcels and officers over an empty city."""
    return Office(client, database)
