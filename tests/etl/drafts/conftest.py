"""A small demo city of these tests' own: drafts are entered in it, and nothing in force may change."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gis_platform.database.server import Logins, logins
from gis_platform.settings import Settings
from tests.support.databases import drop_database, fresh_database


@pytest.fixture(scope="module")
def draft_city(server: str, demo_template: str, base_settings: Settings) -> Iterator[Logins]:
    name = f"gis_drafts_{os.getpid()}_test"
    yield logins(base_settings, fresh_database(server, name, demo_template))
    drop_database(server, name)


@pytest.fixture(scope="module")
def draft_settings(base_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """With a folder of their own for the files."""
    return base_settings.model_copy(update={"data_dir": tmp_path_factory.mktemp("data")})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where senders keep their files."""
    return tmp_path
