"""Databases for deliveries: one of the tests' own, one of the French city, one that holds a delivery."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from etl.delivery.deliver import deliver
from gis_platform.database.migrate import migrate
from gis_platform.database.server import Logins, database_name, logins
from gis_platform.errors import DeliveryRefused
from gis_platform.settings import Settings
from tests.support.databases import drop_database, fresh_database
from tests.support.delivered import Refused, in_force, parcels, request, write_sample


@pytest.fixture(scope="module")
def delivered_once(
    server: str, template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logins]:
    """A database with one small delivery, shared by tests whose deliveries are all refused."""
    name = f"gis_delivered_{os.getpid()}_test"
    places = logins(base_settings, fresh_database(server, name, template))
    file = write_sample(tmp_path_factory.mktemp("delivered") / "first.gpkg", parcels(3, sheet="7"))
    deliver(base_settings, request(file), places.owner)
    yield places
    drop_database(server, name)


@pytest.fixture
def refused(settings: Settings, delivered_once: Logins) -> Refused:
    """The refusal names the file, nothing is stored in any table, and the words fit."""

    def deliver_and_expect(file: Path, code: str, words: str, **more: Any) -> DeliveryRefused:
        before = in_force(delivered_once.owner)
        with pytest.raises(DeliveryRefused) as refusal:
            deliver(settings, request(file, **more), delivered_once.owner)
        assert file.name in refusal.value.detail
        assert "Nothing was stored" in refusal.value.detail
        assert re.search(words, refusal.value.detail, re.DOTALL), refusal.value.detail
        assert code in {finding.code for finding in refusal.value.extra["findings"]}
        assert in_force(delivered_once.owner) == before
        return refusal.value

    return deliver_and_expect


@pytest.fixture(scope="session")
def french_settings(base_settings: Settings) -> Settings:
    """The settings of the second city."""
    return base_settings.model_copy(update={"city": "terres_de_bord"})


@pytest.fixture(scope="session")
def french_template(server: str, french_settings: Settings) -> str:
    """Name of a migrated, empty database of the second city to clone."""
    places = logins(french_settings, fresh_database(server, "gis_french_template_test"))
    migrate(french_settings, places)
    return database_name(places.owner)


@pytest.fixture
def french_database(server: str, french_template: str, french_settings: Settings) -> Iterator[Logins]:
    """A migrated, empty database of the second city."""
    name = f"gis_french_{os.getpid()}_test"
    yield logins(french_settings, fresh_database(server, name, french_template))
    drop_database(server, name)


@pytest.fixture
def owner(database: Logins) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection that sees what deliveries have committed."""
    with psycopg.connect(database.owner, autocommit=True) as connection:
        yield connection
