"""The overlay of another day: that of the present where nothing lies between, and else that of the day."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from layers.zoning import LAYER as ZONING
from tests.layers.planning.test_small_ground import _box, _parcel, _zone

LOOKUP = "/api/planning/lookup"
BUCKETS = ("parcels", "affected", "not_affected", "no_data", "slivers", "site", "synthetic")


def _ask(client: TestClient, **asked: str) -> Any:
    answer = client.get(LOOKUP, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_later_day_than_all_data_is_the_present(city_client: TestClient, small_city: Logins) -> None:
    with psycopg.connect(small_city.owner) as connection:
        numbers = connection.execute(
            "SELECT sheet_no, parcel_no, unit_code FROM layer.parcels ORDER BY hashint8(id) LIMIT 25"
        ).fetchall()
    hits = 0
    for sheet, parcel, unit in numbers:
        asked = {"sheet": str(sheet), "parcel": str(parcel), "unit": str(unit)}
        now = _ask(city_client, **asked)
        then = _ask(city_client, **asked, as_of="2990-01-01")
        hits += len(now["affected"])
        for bucket in BUCKETS:
            assert then[bucket] == now[bucket], (asked, bucket)
    assert hits > 25, "hardly anything was compared"


@pytest.fixture
def replanned(database: Logins) -> None:
    """A zone that a later decision took back and put another in the place of."""
    with psycopg.connect(database.owner) as connection:
        _parcel(connection, "12", "1", _box(0, 0, 20, 20))
        _zone(connection, "C1", "land_function", "QHC", "chung", _box(-50, -50, 10, 50))
        _zone(connection, "C2", "land_function", "QHC", "chung", _box(10, -50, 50, 50))
        connection.commit()
        connection.execute("SELECT set_config('gis.valid_from', '2024-01-01', true)")
        connection.execute("DELETE FROM layer.zoning WHERE code = 'C2'")
        connection.execute(
            "INSERT INTO layer.zoning (code, title, theme, plan_code, plan_name, plan_level, plan_themes,"  # noqa: S608
            " decision_no, decision_date, source_date, valid_from, geom) VALUES ('C3', 'Khu C3',"
            " 'land_function', 'QHM', 'QHM', 'chung', '{land_function,road_reserve}', '2/QĐ-UBND',"
            f" '2024-01-01', '2024-01-01', '2024-01-01', {_box(5, -50, 50, 50)})"
        )
        connection.execute(ZONING.sql["after_delivery"].text.encode())


@pytest.mark.usefixtures("replanned")
def test_the_zones_of_the_day_are_told(client: TestClient) -> None:
    def told(**more: str) -> dict[str, float]:
        answer = _ask(client, sheet="12", parcel="1", **more)
        return {hit["title"]: hit["area_m2"] for hit in answer["affected"]}

    assert told() == {"Khu C3": 300.0, "Khu C1": 200.0}
    assert told(as_of="2023-06-01") == {"Khu C1": 200.0, "Khu C2": 200.0}
    assert told(as_of="2024-06-01") == {"Khu C3": 300.0, "Khu C1": 200.0}
    early = _ask(client, sheet="12", parcel="1", as_of="2020-01-01")
    assert (early["affected"], early["as_of"]) == ([], "2020-01-01")
    assert "land_function" in {line["theme"] for line in early["no_data"]}
