"""The value at a point: the cell's own, over all dates, never invented."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import rasterio
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.raster.entry import Kind
from gis_platform.settings import Settings
from tests.support.problems import MEDIA_TYPE as PROBLEM
from tests.support.rasters import add, real, request
from tests.support.staff import Headers

VALUE = "/api/rasters/soil_salinity/value"
POSITION = "/ogc/collections/soil_salinity/position"


def _values(client: TestClient, point: str, **more: str) -> list[dict[str, Any]]:
    answer = client.get(VALUE, params={"point": point} | more)
    assert answer.status_code == 200, answer.text
    values: list[dict[str, Any]] = answer.json()["values"]
    return values


def test_a_series_over_all_dates_oldest_first(rasters: TestClient) -> None:
    values = _values(rasters, "106.37,10.345")
    assert [(one["date"], one["value"]) for one in values] == [
        ("2025-01-28", 3.5),
        ("2025-02-28", 1.5),
        ("2025-03-28", 9.25),
    ]
    assert {one["unit"] for one in values} == {"dS/m"}
    assert [one["model_output"] for one in values] == [False, False, True]
    assert values[0]["caution"] is None
    assert "mô hình" in values[2]["caution"]


def test_no_data_and_outside_are_told_apart(rasters: TestClient) -> None:
    for point, state in (("106.35,10.365", "nodata"), ("107,10.345", "outside"), ("0,-89.9", "outside")):
        values = _values(rasters, point)
        assert {(one["state"], one["value"]) for one in values} == {(state, None)}


def test_a_day_picks_the_newest_not_after_it_and_an_interval_those_within(rasters: TestClient) -> None:
    assert [one["date"] for one in _values(rasters, "106.37,10.345", datetime="2025-03-01")] == ["2025-02-28"]
    within = _values(rasters, "106.37,10.345", datetime="2025-02-01/..")
    assert [one["date"] for one in within] == ["2025-02-28", "2025-03-28"]


def test_the_bands_of_a_photo_and_the_class_of_a_code(
    rasters: TestClient, raster_staff: Mapping[Role, Headers]
) -> None:
    photo = rasters.get("/api/rasters/orthophoto/value", params={"point": "106.37,10.345"}).json()
    assert photo["values"][0]["value"] == [200, 100, 50, 255]
    assert photo["values"][0]["synthetic"]
    hole = rasters.get("/api/rasters/orthophoto/value", params={"point": "106.35,10.345"}).json()
    assert hole["values"][0]["state"] == "nodata"
    asked = {"point": "106.37,10.345", "lang": "en"}
    cover = rasters.get("/api/rasters/land_cover/value", params=asked, headers=raster_staff[Role.PLANNER])
    assert (cover.json()["values"][0]["value"], cover.json()["values"][0]["label"]) == (7, "Code 7")
    assert rasters.get("/api/rasters/land_cover/value", params=asked).status_code == 404


def test_a_position_as_coveragejson(rasters: TestClient) -> None:
    answer = rasters.get(POSITION, params={"coords": "POINT(106.37 10.345)"})
    assert answer.headers["content-type"] == "application/prs.coverage+json"
    coverage = answer.json()
    assert coverage["domain"]["domainType"] == "PointSeries"
    assert coverage["domain"]["axes"]["t"]["values"] == [f"2025-0{month}-28T00:00:00Z" for month in (1, 2, 3)]
    series = coverage["ranges"]["soil_salinity"]
    assert (series["values"], series["shape"]) == ([3.5, 1.5, 9.25], [3])
    assert coverage["parameters"]["soil_salinity"]["unit"]["symbol"] == "dS/m"
    one = rasters.get(POSITION, params={"coords": "point( 106.35  10.365 )", "datetime": "2025-02-01"}).json()
    assert one["ranges"]["soil_salinity"]["values"] == [None]


def test_the_legend_says_what_its_colours_mean(rasters: TestClient) -> None:
    legend = rasters.get("/api/rasters/soil_salinity/legend").json()
    assert [entry["value"] for entry in legend["entries"]] == [0, 2, 4, 8, 16]
    assert legend["entries"][2]["label"] == "Mặn ít (4–8)"
    assert "Handbook 60" in legend["reference"]
    assert legend["statistics"]["max"] == 9.25
    english = rasters.get("/api/rasters/soil_salinity/legend", params={"lang": "en"}).json()
    assert english["entries"][2]["label"] == "Slightly saline (4–8)"
    assert rasters.get("/api/rasters/orthophoto/legend").json()["entries"] == []


@pytest.mark.parametrize(
    ("path", "asked", "status", "parameter"),
    [
        (VALUE, {}, 400, "point"),
        (VALUE, {"point": "nan,10"}, 400, "point"),
        (VALUE, {"point": "10.35,106.36"}, 400, "point"),
        (VALUE, {"point": "106.36"}, 400, "point"),
        (VALUE, {"point": "106.36,10.35", "datetime": "2010-01-01/2011-01-01"}, 404, "datetime"),
        (VALUE, {"point": "106.36,10.35", "datetime": "2010-01-01"}, 404, "datetime"),
        ("/api/rasters/nothing/value", {"point": "106.36,10.35"}, 404, "collection"),
        ("/api/rasters/nothing/legend", {}, 404, "collection"),
        (POSITION, {}, 400, "coords"),
        (POSITION, {"coords": "POINT(NaN 10)"}, 400, "coords"),
        (POSITION, {"coords": "POINT(106.36,10.35)"}, 400, "coords"),
        (POSITION, {"coords": "POINT(10.35 106.36)"}, 400, "coords"),
        (POSITION, {"coords": "POLYGON((0 0,1 0,1 1,0 0))"}, 400, "coords"),
        (POSITION, {"coords": "POINT(1 " + "1" * 200}, 400, "coords"),
        ("/ogc/collections/nothing/position", {"coords": "POINT(106.36 10.35)"}, 404, "collection"),
    ],
)
def test_what_cannot_be_read_is_named(
    rasters: TestClient, path: str, asked: dict[str, str], status: int, parameter: str
) -> None:
    answer = rasters.get(path, params=asked)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["parameter"] == parameter


def test_five_real_months_of_salinity(database: Logins, settings: Settings) -> None:
    """Model output for the delta, with nan for no data: the cell of Mỹ Tho's middle, month by month."""
    expected: list[float] = []
    for month, day in ((1, 31), (2, 28), (3, 31), (4, 30), (5, 31)):
        file = real(f"mekong_soil_salinity_ece_2025_{month:02}.tif")
        when = date(2025, month, day)
        with rasterio.open(file) as delivered:
            expected.append(float(next(delivered.sample([(106.365, 10.36)]))[0]))
        add(database, settings, request(file, date=when, palette="soil_salinity", model_output=True))
    dem = request(real("mekong_dem_1km.tif"), name="elevation", kind=Kind.ELEVATION, unit="m")
    add(database, settings, dem)
    with TestClient(create_app(settings, database)) as client:
        values = _values(client, "106.365,10.36")
        assert [one["value"] for one in values] == pytest.approx(expected, rel=1e-6)
        assert [round(value, 1) for value in expected] == [3.7, 2.0, 2.3, 1.6, 2.6]
        heights = client.get("/api/rasters/elevation/value", params={"point": "106.79,9.71"}).json()
        assert heights["values"][0]["state"] == "nodata"
