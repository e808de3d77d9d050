"""A correction may lie before what it corrects; anything else older than what is in force is refused."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from etl.delivery.deliver import deliver
from gis_platform.database.server import Logins
from gis_platform.errors import DeliveryRefused
from gis_platform.settings import Settings
from tests.support.believed import clashes
from tests.support.delivered import Sample, parcels, request, write_sample

Connection = psycopg.Connection[Any]
FIRST, SECOND, BETWEEN = date(2020, 1, 1), date(2021, 1, 1), date(2020, 7, 1)


def _address(owner: Connection, day: date, known: datetime | None = None) -> list[str]:
    rows = owner.execute("SELECT address FROM layer.parcels_at(%s, coalesce(%s, now()))", [day, known])
    return [row[0] for row in rows.fetchall()]


def test_a_correction_holds_from_its_date_and_what_was_believed_stays_on_record(
    settings: Settings, database: Logins, owner: Connection, tmp_path: Path
) -> None:
    def handed_in(sample: Sample, day: date, **more: Any) -> None:
        file = write_sample(tmp_path / f"{day}-{len(more)}.gpkg", sample)
        deliver(settings, request(file, day=day, **more), database.owner)

    handed_in(parcels(1).with_column("address", "một"), FIRST)
    handed_in(parcels(1).with_column("address", "hai"), SECOND)
    known = datetime.now(UTC)
    with pytest.raises(DeliveryRefused, match="holds since 2021-01-01, later than the file's date"):
        handed_in(parcels(1).with_column("address", "đúng"), BETWEEN)
    handed_in(parcels(1).with_column("address", "đúng"), BETWEEN, correction=True)
    days = (date(2020, 3, 1), date(2020, 8, 1), date(2021, 6, 1))
    assert [_address(owner, day) for day in days] == [["một"], ["đúng"], ["đúng"]]
    assert [_address(owner, day, known) for day in days] == [["một"], ["một"], ["hai"]]
    assert clashes(owner, "parcels") == []


def test_an_end_backdated_ends_all_that_was_believed_after_it(
    settings: Settings, database: Logins, owner: Connection, tmp_path: Path
) -> None:
    for day, address in ((FIRST, "một"), (SECOND, "hai")):
        file = write_sample(tmp_path / f"{day}.gpkg", parcels(2).with_column("address", address))
        deliver(settings, request(file, day=day), database.owner)
    file = write_sample(tmp_path / "ended.gpkg", parcels(2).with_column("address", "hai").rows(1))
    scope = ("unit_code", "sheet_no")
    deliver(settings, request(file, day=BETWEEN, correction=True, scope=scope), database.owner)
    second = "SELECT address FROM layer.parcels_at(%s, now()) WHERE parcel_no = '2'"
    told = [owner.execute(second, [day]).fetchall() for day in (date(2020, 3, 1), BETWEEN, SECOND)]
    assert told == [[("một",)], [], []]
    assert clashes(owner, "parcels") == []
