"""What a delivery changes in a layer: added, changed, unchanged, ended, each with its two times."""

from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
import shapely

from etl.delivery.deliver import deliver
from etl.delivery.request import Counts
from gis_platform.database.server import Logins
from gis_platform.errors import BadParameter, DeliveryRefused
from gis_platform.settings import Settings
from tests.support.delivered import (
    DAY,
    EAST,
    NORTH,
    Sample,
    in_force,
    parcels,
    points,
    request,
    write_sample,
)

Connection = psycopg.Connection[Any]
LATER = date(2021, 3, 1)
LARGER = shapely.box(EAST, NORTH, EAST + 11, NORTH + 18)
#: The same box and number of corners as the first parcel, one corner cut.
CUT = shapely.Polygon([(EAST, NORTH), (EAST + 10, NORTH), (EAST + 10, NORTH + 18), (EAST, NORTH + 17)])


class Deliveries:
    """Delivers samples one after the other into one database."""

    def __init__(self, settings: Settings, conninfo: str, folder: Path) -> None:
        self._settings, self._conninfo, self._folder = settings, conninfo, folder
        self._number = 0

    def __call__(self, sample: Sample, day: date = DAY, layer: str = "parcels", **more: Any) -> Counts:
        self._number += 1
        file = write_sample(self._folder / f"delivered_{self._number}.gpkg", sample)
        return deliver(self._settings, request(file, layer, day, **more), self._conninfo).counts


@pytest.fixture
def delivered(settings: Settings, database: Logins, tmp_path: Path) -> Deliveries:
    return Deliveries(settings, database.owner, tmp_path)


def _addresses(owner: Connection) -> list[tuple[Any, ...]]:
    return owner.execute(
        "SELECT parcel_no, address, source_date, valid_from FROM layer.parcels ORDER BY id"
    ).fetchall()


def test_the_same_rows_in_another_order_change_nothing(delivered: Deliveries, owner: Connection) -> None:
    assert delivered(parcels(50)) == Counts(read=50, added=50)
    before = owner.execute("SELECT * FROM layer.parcels ORDER BY id").fetchall()
    assert delivered(parcels(50).shuffled(), LATER) == Counts(read=50, unchanged=50)
    assert owner.execute("SELECT * FROM layer.parcels ORDER BY id").fetchall() == before
    assert owner.execute("SELECT count(*) FROM layer.parcels_history").fetchone() == (0,)
    # Confirmed: an unchanged row keeps its version, and the newer source is on record for it.
    confirmed = owner.execute("SELECT DISTINCT core.confirmed_on('parcels', id) FROM layer.parcels")
    assert confirmed.fetchall() == [(LATER,)]
    assert owner.execute("SELECT complete FROM core.delivery ORDER BY id").fetchall() == [(True,), (True,)]


def test_each_kind_of_change_is_counted_once_and_leaves_its_history(
    delivered: Deliveries, owner: Connection
) -> None:
    delivered(parcels(4))
    addresses = ["1 đường Lê Lợi", "2 đường Hùng Vương", *(f"{n} đường Lê Lợi" for n in (3, 4, 5))]
    changed = parcels(5).with_column("address", addresses).with_shape(1, LARGER).rows(5, 2, 1, 3)
    assert delivered(changed, LATER) == Counts(
        read=4, added=1, changed_geometry=1, changed_attributes=1, unchanged=1
    )
    assert _addresses(owner) == [
        ("1", "1 đường Lê Lợi", LATER, LATER),
        ("2", "2 đường Hùng Vương", LATER, LATER),
        ("3", "3 đường Lê Lợi", DAY, DAY),
        ("4", "4 đường Lê Lợi", DAY, DAY),  # not in the file, and no scope was given: it stays
        ("5", "5 đường Lê Lợi", LATER, LATER),
    ]
    closed = owner.execute(
        "SELECT parcel_no, address, round(ST_Area(geom)), lower(valid_period), upper(valid_period),"
        " upper_inf(recorded_period) AS known FROM layer.parcels_history ORDER BY parcel_no, known"
    ).fetchall()
    assert closed == [
        ("1", "1 đường Lê Lợi", 180, DAY, None, False),
        ("1", "1 đường Lê Lợi", 180, DAY, LATER, True),
        ("2", "2 đường Lê Lợi", 180, DAY, None, False),
        ("2", "2 đường Lê Lợi", 180, DAY, LATER, True),
    ]
    then = owner.execute(
        "SELECT parcel_no, address FROM layer.parcels_at(%s, now()) ORDER BY parcel_no", [date(2020, 12, 31)]
    ).fetchall()
    assert then == [(str(n), f"{n} đường Lê Lợi") for n in (1, 2, 3, 4)]


def test_a_shape_of_the_same_box_is_seen_as_another(delivered: Deliveries) -> None:
    delivered(parcels(2))
    assert delivered(parcels(2).with_shape(1, CUT), LATER) == Counts(read=2, changed_geometry=1, unchanged=1)


def test_what_the_file_does_not_speak_of_is_left_as_it_is(delivered: Deliveries, owner: Connection) -> None:
    delivered(parcels(2).with_column("status", "disputed").with_column("legal_area_m2", [180.5, 181.5]))
    assert delivered(parcels(2).without("address"), LATER) == Counts(read=2, unchanged=2)
    assert delivered(parcels(2).with_column("address", ["x", "y"]), LATER).changed_attributes == 2
    held = owner.execute("SELECT address, status, legal_area_m2 FROM layer.parcels ORDER BY id").fetchall()
    assert held == [("x", "disputed", 180.5), ("y", "disputed", 181.5)]


def test_an_empty_value_takes_the_default_where_the_column_needs_one(
    delivered: Deliveries, owner: Connection
) -> None:
    delivered(parcels(3).with_column("status", [None, "disputed", ""]).with_column("land_uses", [None] * 3))
    held = owner.execute("SELECT status, land_uses FROM layer.parcels ORDER BY id").fetchall()
    assert held == [("in_force", []), ("disputed", []), ("in_force", [])]


def test_scope_ends_what_the_file_no_longer_holds(delivered: Deliveries, owner: Connection) -> None:
    delivered(parcels(4, sheet="12"))
    delivered(parcels(4, sheet="13"))
    counts = delivered(parcels(4, sheet="12").rows(1, 3), LATER, scope=("unit_code", "sheet_no"))
    assert counts == Counts(read=2, unchanged=2, vanished=2)
    left = owner.execute("SELECT sheet_no, parcel_no FROM layer.parcels ORDER BY 1, 2").fetchall()
    assert left == [("12", "1"), ("12", "3"), *(("13", str(n)) for n in (1, 2, 3, 4))]
    at = "SELECT count(*) FROM layer.parcels_at(%s, now()) WHERE sheet_no = '12'"
    assert owner.execute(at, [LATER]).fetchone() == (2,)
    assert owner.execute(at, [date(2021, 2, 28)]).fetchone() == (4,)


def test_scope_that_the_layer_does_not_allow_is_refused(delivered: Deliveries) -> None:
    with pytest.raises(BadParameter, match="--scope status: parcels can be replaced by unit_code, sheet_no"):
        delivered(parcels(2), scope=("status",))


def test_a_file_older_than_what_is_in_force_is_refused(
    delivered: Deliveries, database: Logins, owner: Connection
) -> None:
    delivered(parcels(3), LATER)
    before = in_force(database.owner)
    changed = parcels(3).with_column("address", ["x", "2 đường Lê Lợi", "3 đường Lê Lợi"])
    with pytest.raises(DeliveryRefused, match=r"row 1 \(fid 1\): the version in force holds since 2021-03"):
        delivered(changed, DAY)
    with pytest.raises(DeliveryRefused, match="1 rows of the scope are not in the file and hold since"):
        delivered(parcels(3).rows(1, 2), DAY, scope=("unit_code", "sheet_no"))
    assert in_force(database.owner) == before
    # An old file that only confirms is no contradiction.
    assert delivered(parcels(3), DAY) == Counts(read=3, unchanged=3)
    assert owner.execute("SELECT DISTINCT valid_from FROM layer.parcels").fetchall() == [(LATER,)]


def test_a_correction_of_the_same_day_replaces_what_was_believed(
    delivered: Deliveries, owner: Connection
) -> None:
    delivered(parcels(1))
    assert delivered(parcels(1).with_column("address", ["đúng"])).changed_attributes == 1
    assert _addresses(owner) == [("1", "đúng", DAY, DAY)]
    history = owner.execute(
        "SELECT address, lower(valid_period), upper(valid_period), upper_inf(recorded_period)"
        " FROM layer.parcels_history"
    ).fetchall()
    assert history == [("1 đường Lê Lợi", DAY, None, False)]


def test_a_number_that_occurs_twice_is_told_and_matched_by_its_geometry(
    delivered: Deliveries, owner: Connection
) -> None:
    twice = parcels(4).with_column("parcel_no", ["1", "2", "2", "2"])
    assert delivered(twice) == Counts(read=4, added=4, duplicates=3)
    assert delivered(twice.shuffled(), LATER) == Counts(read=4, unchanged=4, duplicates=3)
    renamed = twice.with_column("address", ["1 đường Lê Lợi", "x", "3 đường Lê Lợi", "4 đường Lê Lợi"])
    counts = delivered(renamed.shuffled(), LATER)
    assert counts == Counts(read=4, changed_attributes=1, unchanged=3, duplicates=3)
    addresses = owner.execute("SELECT address FROM layer.parcels ORDER BY id").fetchall()
    assert [a for (a,) in addresses] == ["1 đường Lê Lợi", "x", "3 đường Lê Lợi", "4 đường Lê Lợi"]


def test_rows_alike_in_everything_are_kept_apart(delivered: Deliveries) -> None:
    alike = parcels(1).rows(1, 1, 1)
    assert delivered(alike) == Counts(read=3, added=3, duplicates=3)
    assert delivered(alike, LATER) == Counts(read=3, unchanged=3, duplicates=3)


def test_a_parcel_with_its_issued_identifier_is_the_same_under_a_new_number(
    delivered: Deliveries, owner: Connection
) -> None:
    codes = ["w3gdumj11fw2", "w3gdumj144ef"]
    delivered(parcels(2).with_column("identifier", codes))
    before = owner.execute("SELECT identifier, id FROM layer.parcels ORDER BY identifier").fetchall()
    renumbered = parcels(2).with_column("identifier", codes).with_column("parcel_no", ["101", "102"])
    assert delivered(renumbered, LATER) == Counts(read=2, renumbered=2)
    assert owner.execute("SELECT identifier, id FROM layer.parcels ORDER BY identifier").fetchall() == before


def test_a_layer_without_history_is_changed_in_place(delivered: Deliveries, owner: Connection) -> None:
    assert delivered(points(3), layer="hotspots") == Counts(read=3, added=3)
    renamed = points(4).with_column("name", ["Điểm 1", "Chợ", "Điểm 3", "Điểm 4"])
    assert delivered(renamed, layer="hotspots") == Counts(read=4, added=1, changed_attributes=1, unchanged=2)
    held = owner.execute("SELECT name, session_limit_minutes FROM layer.hotspots ORDER BY id")
    assert held.fetchall() == [("Điểm 1", 20), ("Chợ", 20), ("Điểm 3", 20), ("Điểm 4", 20)]


def test_the_same_file_is_recognised_and_another_date_confirms(
    settings: Settings, database: Logins, tmp_path: Path, owner: Connection
) -> None:
    file = write_sample(tmp_path / "delivered.gpkg", parcels(3))
    other = write_sample(tmp_path / "other.gpkg", parcels(3, sheet="13"))
    first = deliver(settings, request(file), database.owner)
    assert deliver(settings, request(file), database.owner).status == "already applied"
    deliver(settings, request(other), database.owner)
    again = deliver(settings, request(file), database.owner)
    assert (again.status, again.id) == ("already applied", first.id)
    statuses = owner.execute("SELECT status FROM core.delivery ORDER BY id").fetchall()
    assert statuses == [("applied",), ("applied",), ("already_applied",)]
    assert deliver(settings, request(file, day=LATER), database.owner).status == "applied"
    audited = owner.execute("SELECT actor, subject FROM core.audit_entry ORDER BY seq").fetchall()
    assert audited == [("test", f"parcels/deliveries/{n}") for n in (1, 2, 4)]


def test_zoning_says_where_its_plans_answer_after_each_delivery(
    delivered: Deliveries, owner: Connection
) -> None:
    zones = Sample(
        {
            "code": ["A1", "A2"],
            "title": ["Khu ở", "Công viên"],
            "theme": ["land_function", "land_function"],
            "plan_code": ["PK1", "PK1"],
            "plan_name": ["Phân khu 1", "Phân khu 1"],
            "plan_level": ["Quy hoạch phân khu", "phan_khu"],
            "decision_no": ["12/QĐ-UBND", "12/QĐ-UBND"],
            "decision_date": ["2019-05-06", "2019-05-06"],
            "floors_max": [5, None],
        },
        [shapely.box(x, NORTH, x + 100, NORTH + 80) for x in (EAST, EAST + 100)],
    )
    assert delivered(zones, layer="zoning") == Counts(read=2, added=2)
    covered = "SELECT plan_code, theme, round(sum(ST_Area(geom))) FROM layer.plan_coverage GROUP BY 1, 2"
    assert owner.execute(covered).fetchall() == [("PK1", "land_function", 16_000)]
    delivered(zones.rows(1), LATER, layer="zoning", scope=("plan_code",))
    assert owner.execute(covered).fetchall() == [("PK1", "land_function", 8_000)]
