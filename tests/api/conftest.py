"""Staff of the small demo city."""

from collections.abc import Mapping

import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.settings import Settings
from tests.support.staff import Headers, staff_headers


@pytest.fixture(scope="session")
def staff(city_client: TestClient, base_settings: Settings) -> Mapping[Role, Headers]:
    """Headers of each role."""
    return staff_headers(city_client, base_settings.data_dir)
