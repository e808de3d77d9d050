"""A ward's office, and a citizen before it who has not signed in."""

import pytest

from tests.api.cases.conftest import client, database, office, swept, swept_clone
from tests.support.citizen import Citizen
from tests.support.office import Office

__all__ = ["client", "database", "office", "swept", "swept_clone"]


@pytest.fixture
def citizen(office: Office) -> Citizen:
    """Somebody with a phone."""
    return Citizen(office)
