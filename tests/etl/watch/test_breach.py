"""A delivery that does not keep its source's contract is told of, and left to the steward."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from shapely.affinity import translate

from etl.delivery.deliver import deliver
from etl.watch.breach import CODE
from etl.watch.contracts import state_contract
from gis_platform.database.server import Logins
from gis_platform.errors import BadParameter, DeliveryRefused
from gis_platform.layer import installed_layers
from gis_platform.settings import Settings
from tests.support.delivered import DAY, Sample, parcels, request, write_sample


def _agree(places: Logins, **said: Any) -> None:
    with psycopg.connect(places.owner) as connection:
        state_contract(connection, installed_layers(), "parcels", "sở", {"valid_from": DAY, **said}, "test")


def _told(
    places: Logins, settings: Settings, folder: Path, sample: Sample, **more: Any
) -> list[tuple[int, str]]:
    file = write_sample(folder / f"{len(list(folder.iterdir()))}.gpkg", sample)
    result = deliver(settings, request(file, source="sở", **more), places.owner)
    assert result.status != "refused"
    assert {finding.severity for finding in result.findings if finding.code == CODE} <= {"warning"}
    return [(finding.count, finding.text) for finding in result.findings if finding.code == CODE]


def test_who_keeps_it_is_told_nothing(database: Logins, settings: Settings, tmp_path: Path) -> None:
    _agree(database, fields=["parcel_no", "address"], area=["28249"], sender="Văn phòng Đăng ký đất đai")
    sample = parcels(3)
    assert _told(database, settings, tmp_path, sample, sender="văn phòng đăng ký đất đai") == []


def test_without_a_contract_nothing_is_asked(database: Logins, settings: Settings, tmp_path: Path) -> None:
    assert _told(database, settings, tmp_path, parcels(3).without("address")) == []


@pytest.mark.parametrize(
    ("agreed", "count", "words"),
    [
        (
            {"fields": ["address", "legal_area_m2", "land_uses"]},
            2,
            "legal_area_m2, land_uses must be delivered",
        ),
        ({"area": ["28252"]}, 3, "3 rows are of unit_code 28249; agreed is 28252"),
        ({"sender": "Văn phòng Đăng ký đất đai"}, 1, "it came from anybody; agreed is Văn phòng"),
    ],
)
def test_each_way_to_break_it_is_named(
    database: Logins, settings: Settings, tmp_path: Path, agreed: dict[str, Any], count: int, words: str
) -> None:
    _agree(database, **agreed)
    ((found, text),) = _told(database, settings, tmp_path, parcels(3), sender="anybody")
    assert found == count
    assert text.startswith("sở does not keep its contract: ")
    assert words in text


@pytest.mark.parametrize(("tolerance", "breaks"), [(0.04, True), (0.06, False)])
def test_a_shift_beyond_what_was_agreed_is_named(
    database: Logins, settings: Settings, tmp_path: Path, tolerance: float, breaks: bool
) -> None:
    _agree(database, tolerance_m=tolerance)
    sample = parcels(40)
    assert _told(database, settings, tmp_path, sample) == []
    moved = replace(sample, shapes=[translate(shape, 0.05, 0) for shape in sample.shapes if shape])
    told = _told(database, settings, tmp_path, moved, day=DAY.replace(month=10))
    assert bool(told) is breaks
    assert all("0.05 m from where they lay; agreed is 0.04 m at most" in text for _, text in told)


def test_a_warning_that_the_contract_makes_an_error_stops_the_delivery(
    database: Logins, settings: Settings, tmp_path: Path
) -> None:
    twice = parcels(3).with_column("parcel_no", ["1", "1", "3"])
    file = write_sample(tmp_path / "twice.gpkg", twice)
    _agree(database, errors=["duplicate_key", "gap"])
    with pytest.raises(DeliveryRefused) as refusal:
        deliver(settings, request(file, source="sở"), database.owner)
    severities = {finding.code: finding.severity for finding in refusal.value.extra["findings"]}
    assert severities["duplicate_key"] == "error"
    number = refusal.value.extra["delivery"]
    with psycopg.connect(database.owner) as connection:
        kept = connection.execute(
            "SELECT DISTINCT severity FROM core.delivery_fault WHERE delivery_id = %s AND code = %s",
            [number, "duplicate_key"],
        ).fetchall()
        open_workspace = connection.execute(f"SELECT to_regclass('delivery_{number}.change')").fetchone()
    assert (kept, open_workspace) == ([("error",)], (None,))
    # Another source has agreed to no such thing.
    assert deliver(settings, request(file, source="khác"), database.owner).status == "applied"
    with pytest.raises(BadParameter, match="no rule 'no_such_rule'"):
        _agree(database, errors=["no_such_rule"])
