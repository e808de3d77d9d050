"""Zones of two plans may lie on the very same ground; those of one plan are told apart by their ground."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely

from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.compared import Comparer, holds_together
from tests.support.delivered import EAST, NORTH, Sample


@pytest.fixture
def comparer(settings: Settings, database: Logins, tmp_path: Path) -> Comparer:
    """Zones of Mỹ Tho, none in force."""
    return Comparer(settings, database.owner, tmp_path, "zoning")


def _plan(code: str, *zones: str) -> Sample:
    count = len(zones)
    return Sample(
        {
            "code": list(zones),
            "title": [f"Khu {zone}" for zone in zones],
            "theme": ["land_function"] * count,
            "plan_code": [code] * count,
            "plan_name": [f"Đồ án {code}"] * count,
            "plan_level": ["phan_khu"] * count,
            "decision_no": ["1/QĐ-UBND"] * count,
            "decision_date": [date(2020, 1, 1).isoformat()] * count,
        },
        [shapely.box(EAST + 100 * i, NORTH, EAST + 100 * i + 100, NORTH + 80) for i in range(count)],
    )


def test_a_zone_on_the_ground_of_another_plan_is_new(comparer: Comparer) -> None:
    comparer.in_force(_plan("A", "1", "2"))
    found = comparer(_plan("B", "1", "2"))
    holds_together(found)
    assert (found.counts.added, found.counts.touched, found.paired) == (2, 2, {})


def test_a_zone_of_the_same_plan_that_is_called_otherwise_goes_on(comparer: Comparer) -> None:
    comparer.in_force(_plan("A", "1", "2"))
    renamed = _plan("A", "1", "2a")
    found = comparer(replace(renamed, columns=renamed.columns | {"title": ["Khu 1", "Khu 2"]}))
    holds_together(found)
    assert (found.counts.renumbered, found.counts.added, len(found.paired)) == (1, 0, 2)
