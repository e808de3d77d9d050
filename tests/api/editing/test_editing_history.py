"""Both times of a write by hand: from when it is so, and since when it is known. Nothing is lost."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from gis_platform.access.roles import Role
from tests.api.editing.conftest import Desk

CITY = ZoneInfo("Asia/Ho_Chi_Minh")


def _today() -> date:
    return datetime.now(CITY).date()


def _parcel(desk: Desk, number: int, valid_from: str | None = "2020-01-01") -> tuple[str, str]:
    sent = desk.sample("parcels", number)
    return desk.create("parcels", sent, Role.ADMIN, **({"valid_from": valid_from} if valid_from else {}))


def _address(desk: Desk, path: str, **at: Any) -> str | None:
    key = int(path.rpartition("/")[2])
    page = desk.get("parcels/items", after=key - 1, limit=1, **at).json()["features"]
    return page[0]["properties"]["address"] if page and page[0]["id"] == key else None


def _since(desk: Desk, path: str) -> Any:
    return desk.value("SELECT valid_from FROM layer.parcels WHERE id = %s", path.rpartition("/")[2])


def test_a_write_holds_from_its_day_and_is_known_from_now(desk: Desk) -> None:
    path, tag = _parcel(desk, 60)
    before = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    answer = desk.change(
        "PATCH", path, tag, {"properties": {"address": "12 Lê Lợi"}}, valid_from="2022-06-01"
    )
    assert answer.status_code == 200, answer.text
    assert _address(desk, path) == "12 Lê Lợi"
    assert _address(desk, path, as_of="2022-05-31") == "address 60"
    assert _address(desk, path, as_of="2022-06-01") == "12 Lê Lợi"
    assert _address(desk, path, as_of="2023-01-01", known_at=before) == "address 60"
    assert _address(desk, path, as_of="2019-12-31") is None


def test_without_a_day_it_is_today_in_the_city(desk: Desk) -> None:
    path, _ = _parcel(desk, 61, None)
    assert _since(desk, path) == _today()


def test_a_delete_closes_the_version_and_keeps_it(desk: Desk) -> None:
    path, tag = _parcel(desk, 62)
    assert desk.change("DELETE", path, tag, valid_from="2023-03-01").status_code == 204
    assert desk.get(path).status_code == 404
    assert _address(desk, path, as_of="2023-02-28") == "address 62"
    assert _address(desk, path, as_of="2023-03-01") is None


@pytest.mark.parametrize("day", ["tomorrow", "1799-12-31", "31/12/2020", "2020-02-30", "", "٢٠٢٠-٠١-٠١"])
def test_a_day_that_is_none_or_lies_ahead_is_refused(desk: Desk, day: str) -> None:
    asked = (_today() + timedelta(days=1)).isoformat() if day == "tomorrow" else day
    answer = desk.send("POST", "parcels/items", Role.ADMIN, desk.sample("parcels", 63), valid_from=asked)
    assert (answer.status_code, answer.json()["parameter"]) == (400, "valid_from")


def test_a_layer_without_history_takes_no_day(desk: Desk) -> None:
    sent = desk.sample("hotspots", 64)
    answer = desk.send("POST", "hotspots/items", Role.ADMIN, sent, valid_from="2020-01-01")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "valid_from")


def test_a_day_that_has_a_version_already_is_refused(desk: Desk) -> None:
    path, tag = _parcel(desk, 65)
    tag = desk.change(
        "PATCH", path, tag, {"properties": {"address": "hai"}}, valid_from="2022-01-01"
    ).headers["ETag"]
    answer = desk.change("PATCH", path, tag, {"properties": {"address": "ba"}}, valid_from="2021-01-01")
    assert (answer.status_code, answer.json()["parameter"]) == (409, "valid_from")
    answer = desk.change("DELETE", path, tag, valid_from="2021-01-01")
    assert (answer.status_code, answer.json()["parameter"]) == (409, "valid_from")
    assert _address(desk, path, as_of="2021-06-01") == "address 65"


def test_the_day_alone_can_be_corrected(desk: Desk) -> None:
    path, tag = _parcel(desk, 66)
    answer = desk.change("PATCH", path, tag, {"properties": {}}, valid_from="2019-05-01")
    assert answer.status_code == 200, answer.text
    assert _since(desk, path) == date(2019, 5, 1)
    assert _address(desk, path, as_of="2019-06-01") == "address 66"


def test_a_version_by_hand_comes_from_no_delivery(desk: Desk) -> None:
    path, tag = _parcel(desk, 67)
    key = int(path.rpartition("/")[2])
    _deliver_it(desk, key, synthetic=False)
    tag = (
        desk.get(path) and desk.change("PATCH", path, "*", {"properties": {"address": "tay"}}).headers["ETag"]
    )
    assert tag
    assert desk.value("SELECT delivery_id IS NULL FROM layer.parcels WHERE id = %s", key)
    assert desk.get(path).json()["synthetic"] is False
    assert desk.value("SELECT bool_or(delivery_id IS NOT NULL) FROM layer.parcels_history WHERE id = %s", key)


def test_what_was_made_up_goes_on_saying_so(desk: Desk) -> None:
    """A name mended by hand does not make a made-up parcel real."""
    path, _ = _parcel(desk, 68)
    key = int(path.rpartition("/")[2])
    _deliver_it(desk, key, synthetic=True)
    assert desk.get(path).json()["synthetic"] is True
    answer = desk.change("PATCH", path, "*", {"properties": {"address": "tay"}})
    assert answer.status_code == 200, answer.text
    assert desk.get(path).json()["synthetic"] is True


def _deliver_it(desk: Desk, key: int, *, synthetic: bool) -> None:
    with psycopg.connect(desk.places.owner) as owner:
        row = owner.execute(
            """INSERT INTO core.delivery (layer, source, source_date, file_name, sha256, size_bytes, srid,
                   received_by, status, counts, synthetic)
               VALUES ('parcels', 'test', '2020-01-01', 'f', %s, 1, 9210, 'test', 'applied', '{}', %s)
               RETURNING id""",
            [bytes(32), synthetic],
        ).fetchone()
        assert row is not None
        owner.execute("UPDATE layer.parcels SET delivery_id = %s WHERE id = %s", [row[0], key])
