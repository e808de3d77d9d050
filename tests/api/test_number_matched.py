"""``numberMatched`` is exact or absent, never the number at which counting ended."""

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from gis_platform.serving import page

ITEMS = "/ogc/collections/parcels/items"
BOX = "106.2,10.2,106.5,10.5"


@pytest.fixture
def counted_to_five(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "COUNTED", 5)
    monkeypatch.setattr(page, "_made", {})


@pytest.mark.usefixtures("counted_to_five")
@pytest.mark.parametrize(
    "asked",
    [
        {"bbox": BOX},
        {"as_of": "2025-01-01"},
        {"datetime": "2025-01-01"},
        {"datetime": "../.."},
        {"filter": "legal_area_m2 > 0"},
        {"as_of": "2025-01-01", "f": "html"},
    ],
)
def test_what_is_not_counted_to_the_end_has_no_number(city_client: TestClient, asked: dict[str, str]) -> None:
    answer = city_client.get(ITEMS, params={"limit": 2, **asked})
    assert answer.status_code == 200
    assert "numberMatched" not in answer.text


@pytest.mark.usefixtures("counted_to_five")
def test_a_whole_layer_has_its_own_count(city_client: TestClient, small_city: Logins) -> None:
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute("SELECT count(*) FROM layer.parcels").fetchone()
    assert row is not None
    assert row[0] > page.COUNTED
    assert city_client.get(ITEMS, params={"limit": 2}).json()["numberMatched"] == row[0]


@pytest.mark.usefixtures("counted_to_five")
def test_few_rows_are_counted(city_client: TestClient) -> None:
    first = city_client.get(ITEMS, params={"limit": 1}).json()["features"][0]
    told = city_client.get(ITEMS, params={"identifier": first["properties"]["identifier"]}).json()
    assert told["numberMatched"] == told["numberReturned"] == 1
