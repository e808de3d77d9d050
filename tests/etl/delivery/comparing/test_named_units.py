"""Codes of administrative units in a proposal come with the name the unit had on the source's day."""

from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from etl.delivery.deliver import propose
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.delivered import parcels, request, write_sample

UNITS = """
    INSERT INTO layer.admin_units (code, name, full_name, kind, generation, existed_from, existed_to,
                                   source_date, valid_from, geom)
    SELECT '28249', name, 'Phường ' || name, 'phuong', generation, CAST(since AS date), CAST(until AS date),
           '2018-01-01', '2018-01-01',
           ST_Multi(ST_MakeEnvelope(566900, 1144900, 567200, 1145100, core.working_srid()))
    FROM (VALUES ('5', 1, '2018-01-01', '2025-06-30'), ('Đạo Thạnh', 3, '2025-07-01', NULL))
         AS u (name, generation, since, until)
"""


@pytest.mark.parametrize(
    ("day", "name"), [(date(2020, 9, 1), "Phường 5"), (date(2026, 6, 30), "Phường Đạo Thạnh")]
)
def test_a_part_is_told_by_the_name_of_its_day(
    settings: Settings,
    database: Logins,
    owner: psycopg.Connection[Any],
    tmp_path: Path,
    day: date,
    name: str,
) -> None:
    owner.execute(UNITS.encode())
    sample = parcels(3).with_column("unit_code", ["28249", "28249", "99999"])
    proposed = propose(settings, request(write_sample(tmp_path / "a.gpkg", sample), day=day), database.owner)
    row = owner.execute(
        "SELECT summary -> 'names' FROM core.delivery WHERE id = %s", [proposed.id]
    ).fetchone()
    assert row == ({"unit_code": {"28249": name}},)
