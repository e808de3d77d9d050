"""Where a map of another day can go: the days on which each layer changed, and the plans of a day."""

import time
from collections.abc import Mapping
from datetime import date
from typing import Any

import httpx2
import psycopg
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.mercator import tile_at
from tests.support.problems import problem
from tests.support.server import RunningServer
from tests.support.staff import Headers
from tests.support.versions import Parcel

DAYS, PLANS = "/api/layers/days", "/api/planning/plans"
HEARD_WITHIN_S = 10.0


def _layers(client: TestClient, **asked: Any) -> dict[str, dict[str, Any]]:
    return {layer["id"]: layer for layer in client.get(DAYS, **asked).json()["layers"]}


def test_each_layer_with_history_tells_its_days(city_client: TestClient) -> None:
    layers = _layers(city_client)
    assert set(layers) == {"parcels", "zoning", "admin_units", "house_numbers", "building_permits"}
    units = layers["admin_units"]
    assert [change["day"] for change in units["days"]] == ["2018-01-01", "2024-11-01", "2025-07-01"]
    assert units["days"][-1]["features"] == 5
    assert units["begins"] == "2018-01-01"
    assert units["title"] == "Đơn vị hành chính"
    assert _layers(city_client, params={"lang": "en"})["admin_units"]["title"] == "Administrative units"


def test_days_are_where_tiles_differ(city_client: TestClient) -> None:
    z, x, y = tile_at(106.3656, 10.3548, 12)
    tile = f"/ogc/collections/admin_units/tiles/WebMercatorQuad/{z}/{y}/{x}"

    def tag(day: str) -> str:
        answer: str = city_client.get(tile, params={"as_of": day}).headers["etag"]
        return answer

    assert tag("2024-11-01") == tag("2025-06-30") != tag("2025-07-01") == tag("2026-01-01")
    assert tag("2024-10-31") != tag("2024-11-01")


def test_it_is_asked_again_and_found_unchanged(city_client: TestClient) -> None:
    first = city_client.get(DAYS)
    assert first.headers["cache-control"] == "public, no-cache"
    again = city_client.get(DAYS, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_staff_are_told_theirs(city_client: TestClient, staff: Mapping[Role, Headers]) -> None:
    answer = city_client.get(DAYS, headers=staff[Role.PLANNER])
    assert answer.headers["cache-control"] == "private, no-cache"
    assert {layer["id"] for layer in answer.json()["layers"]} >= {"parcels", "zoning"}


def test_a_change_is_told_once_it_is_committed(database: Logins, settings: Settings) -> None:
    with (
        psycopg.connect(database.owner, autocommit=True) as connection,
        RunningServer(settings, database) as server,
        httpx2.Client(base_url=server.url, timeout=60) as client,
    ):

        def days() -> list[str]:
            layers = {layer["id"]: layer for layer in client.get(DAYS).json()["layers"]}
            return [change["day"] for change in layers["parcels"]["days"]]

        assert days() == []
        Parcel(connection, 7).insert(date(2019, 2, 3), "Một")
        deadline = time.monotonic() + HEARD_WITHIN_S
        while days() != ["2019-02-03"]:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_the_map_of_today_keeps_its_tiles(city_client: TestClient) -> None:
    """A day of the past has addresses of its own, and leaves the tiles of today as they were."""
    z, x, y = tile_at(106.3656, 10.3548, 12)
    tile = f"/ogc/collections/admin_units/tiles/WebMercatorQuad/{z}/{y}/{x}"
    today = city_client.get(tile)
    past = city_client.get(tile, params={"as_of": "2018-06-01"})
    assert past.headers["etag"] != today.headers["etag"]
    assert past.headers["cache-control"] == "public, no-cache"
    assert city_client.get(tile).content == today.content


def test_the_plans_of_a_day(city_client: TestClient) -> None:
    plans = city_client.get(PLANS).json()["plans"]
    assert [plan["code"] for plan in plans] == ["QHCT-2021", "QHPK-2022", "QHC-2017"]
    general = plans[-1]
    assert general["level_title"] == "Quy hoạch chung"
    assert general["decision_date"] == "2017-04-25"
    assert general["zones"] > 100
    west, south, east, north = general["bbox"]
    assert west < 106.3656 < east
    assert south < 10.3548 < north
    earlier = city_client.get(PLANS, params={"as_of": "2018-01-01", "lang": "en"}).json()
    assert earlier["as_of"] == "2018-01-01"
    assert [plan["level_title"] for plan in earlier["plans"]] == ["General plan"]
    assert city_client.get(PLANS, params={"as_of": "2001-01-01"}).json()["plans"] == []


def test_what_is_no_day_is_told(city_client: TestClient) -> None:
    problem(city_client.get(PLANS, params={"as_of": "30/6/2025"}), 400, "as_of")
    problem(city_client.get(DAYS, params={"as_of": "2025-06-30"}), 400, "as_of")
