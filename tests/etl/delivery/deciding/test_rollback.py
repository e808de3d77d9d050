"""Undoing a delivery: every day answers as before, what was believed stays on record, later work is safe."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import shapely

from etl.delivery.deliver import deliver
from etl.delivery.request import Counts, DeliveryResult
from etl.delivery.rollback import rollback
from gis_platform.database.server import Logins
from gis_platform.errors import Conflict
from gis_platform.settings import Settings
from tests.support.believed import believed, clashes, cycles
from tests.support.delivered import DAY, EAST, NORTH, Sample, parcels, points, request, write_sample

Connection = psycopg.Connection[Any]
LATER, LAST = date(2021, 3, 1), date(2022, 1, 1)
DAYS = [date(2019, 1, 1) + timedelta(days=60 * n) for n in range(30)]
SCOPE = ("unit_code", "sheet_no")


class City:
    """One database, and what is done to it."""

    def __init__(self, settings: Settings, places: Logins, folder: Path) -> None:
        self.settings, self.places, self._folder, self._number = settings, places, folder, 0

    def deliver(self, sample: Sample, day: date = DAY, layer: str = "parcels", **more: Any) -> DeliveryResult:
        """Deliver and apply."""
        self._number += 1
        file = write_sample(self._folder / f"delivered_{self._number}.gpkg", sample)
        return deliver(self.settings, request(file, layer, day, **more), self.places.owner)

    def roll_back(self, delivery: int | None) -> DeliveryResult:
        """Undo."""
        assert delivery is not None
        return rollback(self.settings, delivery, self.places.owner, by="steward", note="wrong file")


@pytest.fixture
def city(settings: Settings, database: Logins, tmp_path: Path) -> City:
    return City(settings, database, tmp_path)


def _changed(rng: random.Random) -> Sample:
    """Ten parcels and what may happen to them: another address, another shape, gone, new, a date before."""
    sample = parcels(10)
    words = [rng.choice([f"{i + 1} đường Lê Lợi", "đường khác"]) for i in range(10)]
    sample = sample.with_column("address", words)
    for row in rng.sample(range(1, 11), 3):
        west = EAST + 12.0 * (row - 1)
        sample = sample.with_shape(row, shapely.box(west, NORTH, west + 10.5, NORTH + 18 + rng.random()))
    return sample.rows(*sorted(rng.sample(range(1, 11), rng.randint(6, 10))))


@pytest.mark.parametrize("seed", range(8))
def test_what_is_rolled_back_is_as_if_it_had_never_been_said(
    city: City, owner: Connection, seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311  # no secret
    days = [DAY, date(2020, 12, 1), LATER]
    city.deliver(_changed(rng), DAY, scope=SCOPE)
    for day in days[: rng.randint(1, 2)]:
        city.deliver(_changed(rng), day, scope=SCOPE)
    before, at = believed(owner, "parcels", DAYS), datetime.now(UTC)
    wrong = city.deliver(
        _changed(rng), rng.choice([LATER, LAST, date(2020, 10, 1)]), scope=SCOPE, correction=True
    )
    meanwhile = believed(owner, "parcels", DAYS)
    between = datetime.now(UTC)
    if wrong.status == "already applied":
        return
    city.roll_back(wrong.id)
    assert believed(owner, "parcels", DAYS) == before
    # Nothing is deleted: what was believed then is still told of then.
    assert believed(owner, "parcels", DAYS, between) == meanwhile
    assert believed(owner, "parcels", DAYS, at) == before
    assert clashes(owner, "parcels") == []
    assert cycles(owner, "parcels") == []


def test_a_rollback_is_a_delivery_of_its_own_and_is_told_of(city: City, owner: Connection) -> None:
    city.deliver(parcels(3))
    wrong = city.deliver(parcels(4).with_column("address", "sai").rows(1, 2, 4), LATER, scope=SCOPE)
    assert wrong.counts == Counts(read=3, added=1, changed_attributes=2, vanished=1)
    undone = city.roll_back(wrong.id)
    assert undone.counts == Counts(added=1, changed_geometry=2, vanished=1)
    rows = owner.execute(
        "SELECT id, kind, undoes, status, decision_note FROM core.delivery ORDER BY id"
    ).fetchall()
    assert rows[1:] == [
        (wrong.id, "delivery", None, "rolled_back", None),
        (undone.id, "rollback", wrong.id, "applied", "wrong file"),
    ]
    audited = owner.execute("SELECT actor, action FROM core.audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
    assert audited == ("steward", "delivery.rolled-back")
    with pytest.raises(Conflict, match="nothing to roll back"):
        city.roll_back(wrong.id)
    # The same file can be delivered again.
    again = city.deliver(parcels(4).with_column("address", "sai").rows(1, 2, 4), LATER, scope=SCOPE)
    assert again.counts == wrong.counts


def test_what_later_deliveries_rest_on_is_not_undone_under_them(city: City, owner: Connection) -> None:
    first = city.deliver(parcels(3))
    second = city.deliver(parcels(3).with_column("address", "mới"), LATER)
    before = owner.execute("SELECT * FROM layer.parcels ORDER BY id").fetchall()
    with pytest.raises(Conflict, match=f"3 features .* Roll back first: delivery {second.id}"):
        city.roll_back(first.id)
    assert owner.execute("SELECT * FROM layer.parcels ORDER BY id").fetchall() == before
    city.roll_back(second.id)
    city.roll_back(first.id)
    assert owner.execute("SELECT count(*) FROM layer.parcels").fetchone() == (0,)
    assert believed(owner, "parcels", [LATER]) == {LATER: []}


def test_an_edit_by_hand_since_is_not_lost(city: City, owner: Connection) -> None:
    only = city.deliver(parcels(3))
    owner.execute("UPDATE layer.parcels SET address = 'sửa tay' WHERE parcel_no = '2'")
    with pytest.raises(Conflict, match=r"1 features .* edited by hand"):
        city.roll_back(only.id)


def test_a_layer_without_history_says_what_to_do_instead(city: City) -> None:
    only = city.deliver(points(3), layer="hotspots")
    with pytest.raises(Conflict, match=r"keep no history.*hand in the file of before again"):
        city.roll_back(only.id)
