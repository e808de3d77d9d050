"""The figures of the newspaper article (Báo Ấp Bắc, 09/2023), as they come back over HTTP."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from tests.support.staff import Headers

LOOKUP = "/api/planning/lookup"
SUMMARY = "/api/violations/summary"


def _count(client: TestClient, layer: str, headers: Headers, **asked: str) -> int:
    answer = client.get(f"/ogc/collections/{layer}/items", params={"limit": 1, **asked}, headers=headers)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["numberMatched"])


def _summary(client: TestClient, stream: str, first: str, last: str) -> dict[str, Any]:
    answer = client.get(SUMMARY, params={"stream": stream, "from": first, "to": last})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_25_hotspots_with_sessions_of_20_minutes(city_client: TestClient) -> None:
    page = city_client.get("/ogc/collections/hotspots/items").json()
    assert page["numberMatched"] == 25
    assert {f["properties"]["session_limit_minutes"] for f in page["features"]} == {20}
    # Whether one may come back at once is not said, so it is not made up.
    assert {f["properties"]["cooldown_s"] for f in page["features"]} == {None}


def test_189_cameras_of_which_48_are_smart(city_client: TestClient, staff: Mapping[Role, Headers]) -> None:
    headers = staff[Role.OPERATOR]
    assert _count(city_client, "cameras", headers) == 189
    assert _count(city_client, "cameras", headers, smart="true") == 48
    assert _count(city_client, "cameras", headers, smart="false") == 141


def test_the_funnel_of_traffic_violations(city_client: TestClient) -> None:
    found = _summary(city_client, "traffic", "2022-05-15", "2023-09-06")
    assert {n: found[n] for n in ("detected", "notified", "recorded", "paid")} == {
        "detected": 7_887,
        "notified": 7_342,
        "recorded": 957,
        "paid": 888,
    }
    assert found["amount_vnd"] == 2_144_600_000
    assert found["amount_hidden"] is False


def test_a_single_fine_is_no_sum(city_client: TestClient, small_city: Logins) -> None:
    with psycopg.connect(small_city.public) as connection:
        row = connection.execute(
            """SELECT CAST(last AS date)
               FROM generate_series(CAST('2022-05-15' AS date), '2023-09-06', interval '1 day') AS last,
                    layer.traffic_summary('2022-05-15', CAST(last AS date)) AS sums
               WHERE sums.paid BETWEEN 1 AND 4 LIMIT 1"""
        ).fetchone()
    assert row is not None
    found = _summary(city_client, "traffic", "2022-05-15", str(row[0]))
    assert 0 < found["paid"] < 5
    assert (found["amount_vnd"], found["amount_hidden"]) == (None, True)


def test_the_period_counts_and_both_days_are_in_it(city_client: TestClient) -> None:
    """One day less on either side is another figure only by what happened on it; halves add up."""
    whole = _summary(city_client, "traffic", "2022-05-15", "2023-09-06")["detected"]
    first = _summary(city_client, "traffic", "2022-05-15", "2022-12-31")["detected"]
    second = _summary(city_client, "traffic", "2023-01-01", "2023-09-06")["detected"]
    assert first + second == whole
    assert 0 < first < whole


def test_60_cases_of_urban_order(city_client: TestClient) -> None:
    found = _summary(city_client, "urban_order", "2022-05-01", "2023-09-10")
    assert (found["received"], found["done"]) == (60, 11)
    assert found["by_office"] == {"tnmt": 56, "qldt": 4}


def test_2_stations_with_a_year_of_readings(city_client: TestClient, small_city: Logins) -> None:
    stations = city_client.get("/ogc/collections/sensors/items").json()["features"]
    assert len(stations) == 2
    for station in stations:
        code = station["properties"]["code"]
        latest = city_client.get(f"/api/sensors/{code}/latest").json()
        assert {"salinity", "ph"} <= {reading["property"] for reading in latest["readings"]}
        for reading in latest["readings"]:
            assert reading["unit"]
            assert reading["flag_title"]
            assert datetime.fromisoformat(reading["observed_at"]).tzinfo is not None
    with psycopg.connect(small_city.public) as connection:
        rows = connection.execute(
            """SELECT max(observed_at) - min(observed_at) >= interval '364 days', min(gap), max(gap)
               FROM (SELECT observed_at, observed_at - lag(observed_at)
                         OVER (PARTITION BY sensor_code, property ORDER BY observed_at) AS gap
                     FROM layer.observations) AS steps"""
        ).fetchone()
    assert rows is not None
    assert rows[0]
    assert rows[1].total_seconds() >= 5 * 60


@pytest.fixture(scope="module")
def a_parcel(city_client: TestClient) -> dict[str, Any]:
    """Some parcel of the city, as items tell of it."""
    page = city_client.get("/ogc/collections/parcels/items", params={"limit": 1}).json()
    parcel: dict[str, Any] = page["features"][0]["properties"]
    return parcel


def test_parcels_are_as_of_2018_in_the_units_of_2018(city_client: TestClient) -> None:
    page = city_client.get("/ogc/collections/parcels/items", params={"limit": 10_000}).json()
    properties = [feature["properties"] for feature in page["features"]]
    assert {p["source_date"][:4] for p in properties} == {"2018"}
    units = city_client.get("/ogc/collections/admin_units/items", params={"generation": 1}).json()
    assert {p["unit_code"] for p in properties} <= {u["properties"]["code"] for u in units["features"]}


def test_a_look_up_warns_that_2018_is_long_past(city_client: TestClient, a_parcel: dict[str, Any]) -> None:
    asked = {"sheet": a_parcel["sheet_no"], "parcel": a_parcel["parcel_no"], "unit": a_parcel["unit_code"]}
    answer = city_client.get(LOOKUP, params=asked).json()
    assert a_parcel["identifier"] in {p["identifier"] for p in answer["parcels"]}
    assert answer["synthetic"] is True
    (source,) = [line for line in answer["sources"] if line["layer"] == "parcels"]
    assert source["source_date"].startswith("2018")
    assert source["overdue"] is True
    assert source["age_days"] > 7 * 365
    assert "2018" in source["warning"]
    assert "quá chu kỳ" in source["warning"]
    (line,) = [line for line in city_client.get("/api/layers").json() if line["id"] == "parcels"]
    assert line["overdue"] is True


def test_the_three_buckets_and_the_answer_by_point_are_the_same(
    city_client: TestClient, a_parcel: dict[str, Any]
) -> None:
    by_identifier = city_client.get(LOOKUP, params={"identifier": a_parcel["identifier"]}).json()
    (found,) = by_identifier["parcels"]
    results = city_client.get(
        "/api/search", params={"q": f"tờ {found['sheet_no']} thửa {found['parcel_no']}", "limit": 50}
    ).json()["results"]
    (result,) = [r for r in results if (r["layer"], r["id"]) == ("parcels", found["id"])]
    by_point = city_client.get(LOOKUP, params={"point": f"{result['lon']},{result['lat']}"}).json()
    assert found["id"] in {p["id"] for p in by_point["parcels"]}
    for bucket in ("affected", "not_affected", "no_data"):
        of_it = [line for line in by_point[bucket] if line["parcel_id"] == found["id"]]
        assert of_it == by_identifier[bucket]
    for hit in by_identifier["affected"]:
        assert hit["area_m2"] > 0
        assert 0 < hit["share"] <= 1
    themes = [
        {line["theme"] for line in by_identifier[bucket]}
        for bucket in ("affected", "not_affected", "no_data")
    ]
    assert set.union(*themes) == {
        "land_function",
        "road_reserve",
        "waterway_corridor",
        "power_corridor",
        "heritage",
    }
