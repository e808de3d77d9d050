"""An office for each test, as the tests of cases have it."""

from tests.api.cases.conftest import client, database, office, swept, swept_clone

__all__ = ["client", "database", "office", "swept", "swept_clone"]
