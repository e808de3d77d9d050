"""An office for each test, over one clone for all of them that is emptied in between."""

from collections.abc import Iterator

import psycopg
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.office import SWEEP, Office
from tests.support.swept import database as swept
from tests.support.swept import swept_clone
from tests.support.trials import trial_workflow

__all__ = ["database", "swept", "swept_clone"]


@pytest.fixture
def database(swept: Logins) -> Logins:
    """The clone without cases and parcels."""
    with psycopg.connect(swept.owner) as owner:
        owner.execute(SWEEP)
    return swept


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


@pytest.fixture
def trial(office: Office) -> Iterator[Office]:
    """The same with the small workflow of ``tests.support.trial_room``."""
    with trial_workflow(office.places):
        yield office
