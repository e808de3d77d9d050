"""How fresh the data is: 2018 is an alarm, not a footnote."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from etl.watch.contracts import state_contract
from gis_platform.access.roles import STAFF, Role
from gis_platform.database.server import Logins
from gis_platform.layer import installed_layers
from gis_platform.settings import Settings
from tests.support.rasters import add, request, salinity
from tests.support.staff import Headers


def _lines(client: TestClient, **asked: Any) -> dict[str, dict[str, Any]]:
    document = client.get("/api/freshness", **asked).json()
    return {line["id"]: line for line in document["layers"]}


def test_2018_is_overdue_and_the_due_day_shows_its_working(city_client: TestClient) -> None:
    document = city_client.get("/api/freshness").json()
    (parcels,) = [line for line in document["layers"] if line["id"] == "parcels"]
    assert parcels["source_date"].startswith("2018-")
    assert parcels["overdue"]
    source, due = date.fromisoformat(parcels["source_date"]), date.fromisoformat(parcels["next_due"])
    assert timedelta(31) <= due - source <= timedelta(45)
    assert due.isoweekday() <= 5
    assert f"+ 31 ngày = {source + timedelta(31):%d/%m/%Y}" in parcels["next_due_how"]
    assert parcels["overdue_days"] == (date.fromisoformat(document["checked_on"]) - due).days > 2_800
    assert re.fullmatch(r"[0-9]+ năm( [0-9]+ tháng)?", parcels["age"])
    assert parcels["synthetic"]


def test_what_changes_by_decision_is_never_overdue(city_client: TestClient) -> None:
    units = _lines(city_client)["admin_units"]
    assert (units["next_due"], units["overdue"], units["overdue_for"]) == (None, False, None)
    assert units["cycle"] == "khi có quyết định mới"


def test_the_longest_overdue_comes_first_and_all_are_counted(city_client: TestClient) -> None:
    document = city_client.get("/api/freshness").json()
    days = [line["overdue_days"] for line in document["layers"]]
    assert days == sorted(days, reverse=True)
    assert document["overdue"] == sum(map(bool, days))
    assert document["count"] == len(document["layers"]) + len(document["rasters"])


def test_each_source_is_told(city_client: TestClient) -> None:
    (source,) = _lines(city_client)["parcels"]["sources"]
    assert (source["source"], source["deliveries"], source["synthetic"]) == ("demo", 1, True)
    assert not source["contract"]
    assert source["overdue"]


def test_who_may_not_see_a_layer_is_not_told_of_its_age(
    city_client: TestClient, staff: Mapping[Role, Headers]
) -> None:
    assert not {"cameras", "violations"} & set(_lines(city_client))
    assert {"cameras", "violations"} <= set(_lines(city_client, headers=staff[Role.STEWARD]))


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [
        ("/do-moi-du-lieu", "vi", "bộ dữ liệu đã quá hạn cập nhật"),
        ("/freshness", "en", "data sets are overdue"),
        ("/do-moi-du-lieu?lang=en", "en", "data sets are overdue"),
        ("/freshness?lang=vi", "vi", "bộ dữ liệu đã quá hạn cập nhật"),
    ],
)
def test_the_page_says_it_large_in_both_languages(
    city_client: TestClient, path: str, language: str, words: str
) -> None:
    city_client.cookies.clear()
    answer = city_client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}">' in answer.text
    (said,) = re.findall(r'<h2 id="alarm">([^<]+)</h2>', answer.text)
    assert words in said
    city_client.cookies.clear()


def test_the_page_can_be_had_as_what_it_is_made_of(city_client: TestClient) -> None:
    city_client.cookies.clear()
    assert (
        city_client.get("/do-moi-du-lieu", params={"f": "json"}).json()
        == city_client.get("/api/freshness").json()
    )


def test_a_raster_tells_its_age_and_is_due_by_contract(
    client: TestClient, database: Logins, settings: Settings, tmp_path: Path
) -> None:
    for day in (date(2025, 1, 31), date(2025, 2, 28)):
        add(database, settings, request(salinity(tmp_path / f"{day}.tif", day.month), date=day))
    (raster,) = client.get("/api/freshness").json()["rasters"]
    assert (raster["id"], raster["source_date"], raster["deliveries"]) == ("soil_salinity", "2025-02-28", 2)
    assert (raster["next_due"], raster["overdue"]) == (None, False)
    with psycopg.connect(database.owner) as connection:
        said = {"cycle_days": 31, "valid_from": date(2025, 1, 1)}
        state_contract(connection, installed_layers(), "soil_salinity", "trạm", said, "test")
    (raster,) = client.get("/api/freshness").json()["rasters"]
    assert (raster["next_due"], raster["overdue"]) == ("2025-03-31", True)
    assert "Độ mặn của đất" in client.get("/do-moi-du-lieu").text


def test_a_raster_for_staff_is_told_to_nobody_else(
    client: TestClient, database: Logins, settings: Settings, tmp_path: Path
) -> None:
    add(database, settings, request(salinity(tmp_path / "a.tif"), audience=STAFF))
    assert client.get("/api/freshness").json()["rasters"] == []
