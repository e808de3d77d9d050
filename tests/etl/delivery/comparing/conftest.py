"""A comparer over a database of the test's own, and one over a real cadastre that all tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gis_platform.database.server import Logins, logins
from gis_platform.settings import Settings
from tests.support.compared import Comparer
from tests.support.databases import drop_database, fresh_database
from tests.support.derived import french_parcels


@pytest.fixture
def comparer(settings: Settings, database: Logins, tmp_path: Path) -> Comparer:
    """Parcels of Mỹ Tho, none in force."""
    return Comparer(settings, database.owner, tmp_path)


@pytest.fixture(scope="session")
def cadastre(
    server: str, french_template: str, french_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Comparer]:
    """The French parcels in force; a comparison leaves nothing behind, so one database does for all."""
    before = french_parcels()
    name = f"gis_compared_{os.getpid()}_test"
    places = logins(french_settings, fresh_database(server, name, french_template))
    comparer = Comparer(french_settings, places.owner, tmp_path_factory.mktemp("compared"))
    comparer.in_force(before)
    yield comparer
    drop_database(server, name)
