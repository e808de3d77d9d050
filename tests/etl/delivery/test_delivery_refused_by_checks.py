"""What the checks of a whole file refuse is kept in the register, told in the trail, and nowhere else."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytest
import shapely

from etl.delivery.deliver import deliver
from gis_platform.database.server import Logins
from gis_platform.errors import DeliveryRefused
from gis_platform.settings import Settings
from tests.support.delivered import DAY, Sample, in_force, parcels, request, write_sample

LATER = date(2021, 3, 1)


def _shifted() -> Sample:
    """As a wrong conversion leaves them: all 0.8 m to the east."""
    held = parcels(60)
    return Sample(
        held.columns, [shapely.transform(s, lambda xy: xy + np.array([0.8, 0.04])) for s in held.shapes]
    )


def test_a_file_that_was_converted_wrongly_is_refused_and_leaves_its_report(
    settings: Settings, database: Logins, tmp_path: Path, owner: psycopg.Connection[Any]
) -> None:
    deliver(settings, request(write_sample(tmp_path / "1.gpkg", parcels(60)), day=DAY), database.owner)
    before = in_force(database.owner)
    file = write_sample(tmp_path / "2.gpkg", _shifted())
    with pytest.raises(DeliveryRefused, match="all alike") as refusal:
        deliver(settings, request(file, day=LATER), database.owner)
    number = refusal.value.extra["delivery"]
    row = owner.execute("SELECT status, findings FROM core.delivery WHERE id = %s", [number]).fetchone()
    assert row is not None
    assert row[0] == "refused"
    assert [f["code"] for f in row[1] if f["severity"] == "error"] == ["systematic_shift"]
    assert in_force(database.owner) == before
    assert owner.execute("SELECT to_regnamespace(%s)", [f"delivery_{number}"]).fetchone() == (None,)
    audited = owner.execute(
        "SELECT actor, action, subject FROM core.audit_entry ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    assert audited == ("test", "delivery.refused", f"parcels/deliveries/{number}")
