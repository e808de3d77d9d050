"""Logins of the shared, migrated and empty database."""

import pytest

from gis_platform.database.server import Logins, logins
from gis_platform.settings import Settings


@pytest.fixture(scope="session")
def places(shared: str, base_settings: Settings) -> Logins:
    """The three logins of the shared database; what is done through them must not stay."""
    return logins(base_settings, shared)
