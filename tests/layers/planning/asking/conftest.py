"""Databases that the tests of one file share, and applications over them."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.database.server import Logins, database_name, logins
from gis_platform.settings import Settings
from tests.support.databases import drop_database, fresh_database

Copy = Callable[[str, str | None], Logins]


@pytest.fixture(scope="module")
def copy_of(server: str, template: str, base_settings: Settings) -> Iterator[Copy]:
    """Makes a database of a name, migrated and empty or as another; it goes with the file's last test."""
    with ExitStack() as stack:

        def make(name: str, source: str | None = None) -> Logins:
            full = f"gis_{name}_{os.getpid()}_test"
            places = logins(
                base_settings, fresh_database(server, full, database_name(source) if source else template)
            )
            stack.callback(drop_database, server, full)
            return places

        yield make


@pytest.fixture(scope="module")
def opened(base_settings: Settings) -> Iterator[Callable[[Logins], TestClient]]:
    """The application over a database."""
    # Several at once beside those of the session: each is to hold few of the server's connections.
    modest = base_settings.model_copy(update={"run_jobs": False, "pool_size": 1})
    with ExitStack() as stack:

        def open_over(places: Logins) -> TestClient:
            app = create_app(modest, places)
            return stack.enter_context(TestClient(app, raise_server_exceptions=False))

        yield open_over
