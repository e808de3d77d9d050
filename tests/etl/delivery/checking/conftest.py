"""Databases and rows for checks: a sample goes in as a file and is staged and checked, not applied."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.checked import Check, Checked, checked_file
from tests.support.delivered import DAY, Sample, request, write_sample


@pytest.fixture
def work(database: Logins) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the owner to a database of its own."""
    with psycopg.connect(database.owner) as connection:
        yield connection


@pytest.fixture
def check(settings: Settings, work: psycopg.Connection[Any], tmp_path: Path) -> Check:
    """Check a sample as a delivery of a layer."""

    def run(sample: Sample, layer: str = "parcels", day: date = DAY, **more: Any) -> Checked:
        file = write_sample(tmp_path / "checked.gpkg", sample)
        return checked_file(work, settings.city, request(file, layer, day, **more), day)

    return run
