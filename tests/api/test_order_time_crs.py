"""Features in any order, of any time, in any system offered: against the database, row by row."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from gis_platform.geometry.output_crs import CRS84, offered_crs
from tests.support.blocks import lay_parcels
from tests.support.problems import problem

ITEMS = "/ogc/collections/parcels/items"


def _mark(told: object) -> str:
    text = told if isinstance(told, str) else json.dumps(told)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _walk(client: TestClient, **asked: Any) -> Iterator[dict[str, Any]]:
    answer = client.get(ITEMS, params=asked)
    while True:
        assert answer.status_code == 200, answer.text
        page = answer.json()
        yield from page["features"]
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        if not following:
            return
        assert len(page["features"]) == asked["limit"], "only the last page is short"
        place = urlsplit(following[0])
        answer = client.get(f"{place.path}?{place.query}")


ORDERS = {
    "unit_code,-legal_area_m2": "unit_code, legal_area_m2 DESC NULLS LAST, id",
    "-address": 'address COLLATE "vi-x-icu" DESC NULLS LAST, id',
    "address,sheet_no": 'address COLLATE "vi-x-icu" NULLS LAST, sheet_no, id',
    "old_parcel_no": "old_parcel_no NULLS LAST, id",
    "+source_date,-parcel_no": "source_date, parcel_no DESC, id",
}


@pytest.mark.parametrize("asked", ORDERS)
def test_in_order_every_feature_once(city_client: TestClient, small_city: Logins, asked: str) -> None:
    with psycopg.connect(small_city.public) as connection:
        statement = f"SELECT id FROM layer.parcels ORDER BY {ORDERS[asked]}"  # noqa: S608  # our own words
        expected = [row[0] for row in connection.execute(statement.encode())]
    found = [feature["id"] for feature in _walk(city_client, sortby=asked, limit=301, properties="unit_code")]
    assert found == expected


@pytest.mark.parametrize("limit", [7, 10_000])
def test_names_sort_as_in_a_vietnamese_dictionary(city_client: TestClient, limit: int) -> None:
    path, names = f"/ogc/collections/streets/items?sortby=name&limit={limit}", []
    while path:
        page = city_client.get(path).json()
        names += [feature["properties"]["name"] for feature in page["features"]]
        following = [urlsplit(link["href"]) for link in page["links"] if link["rel"] == "next"]
        path = f"{following[0].path}?{following[0].query}" if following else ""
    first = [name[0] for name in names if name]
    order = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY"
    bare = {"Ấ": "Â", "Ắ": "Ă", "Ố": "Ô", "Ớ": "Ơ"}
    places = [order.index(bare.get(letter, letter)) for letter in first if bare.get(letter, letter) in order]
    assert places == sorted(places)
    assert "Đ" in first
    assert first.index("Đ") < first.index("H")


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"sortby": "nothing"}, "sortby"),
        ({"sortby": "land_uses"}, "sortby"),
        ({"sortby": "address,-address"}, "sortby"),
        ({"sortby": ""}, "sortby"),
        ({"sortby": "address", "after": "12"}, "after"),
        ({"sortby": "address", "after": "WyJ4IiwgIngiLCAxXQ"}, "after"),
        ({"sortby": "legal_area_m2", "after": "WyJ4IiwgMV0"}, "after"),
        ({"after": "WyJ4IiwgMV0"}, "after"),
        ({"sortby": "address", "after": _mark(["x", True])}, "after"),
        ({"sortby": "address", "after": _mark("[" * 5000)}, "after"),
        ({"sortby": "legal_area_m2", "after": _mark(["1e999", 1])}, "after"),
        ({"properties": "holder_name"}, "properties"),
        ({"crs": "EPSG:2154"}, "crs"),
        ({"crs": "9210"}, "crs"),
        ({"bbox": "1,2,3,4", "bbox-crs": "EPSG:32648"}, "bbox-crs"),
        ({"bbox": "568000,1145000,567000,1146000", "bbox-crs": "EPSG:9210"}, "bbox"),
        ({"bbox": "1e999,0,1,1", "bbox-crs": "EPSG:9210"}, "bbox"),
        ({"bbox": "106.3,10.3,106.4,10.4", "bbox-crs": "EPSG:4326"}, "bbox"),
        *[({"datetime": text}, "datetime") for text in ("", "/", "..", "2020", "2020-13-01", "1/2/3", "now")],
        ({"datetime": "2021-01-01/2020-01-01"}, "datetime"),
        ({"datetime": "2020-01-01", "as_of": "2020-01-01"}, "as_of"),
    ],
)
def test_what_cannot_be_read_is_named(city_client: TestClient, asked: dict[str, str], named: str) -> None:
    problem(city_client.get(ITEMS, params=asked), 400, named)


@pytest.mark.parametrize(
    ("key", "loose", "plain"),
    [
        ("legal_area_m2", "1_00", "100"),
        ("legal_area_m2", "1e-400", "0"),
        ("source_date", "2021-W01-1", "2021-01-04"),
    ],
)
def test_a_mark_goes_on_as_it_was_understood(
    city_client: TestClient, key: str, loose: str, plain: str
) -> None:
    pages = [
        city_client.get(ITEMS, params={"sortby": key, "after": _mark([text, 1]), "limit": 5})
        for text in (loose, plain)
    ]
    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].json()["features"] == pages[1].json()["features"]


def test_only_the_properties_asked_for_come(city_client: TestClient) -> None:
    page = city_client.get(ITEMS, params={"limit": 3, "properties": "parcel_no,sheet_no"}).json()
    assert [list(feature["properties"]) for feature in page["features"]] == [["sheet_no", "parcel_no"]] * 3


@pytest.mark.parametrize("crs", offered_crs(9210), ids=lambda crs: crs.uri.rpartition("/")[2])
def test_coordinates_are_those_of_the_pinned_pipeline(
    city_client: TestClient, small_city: Logins, crs: Any
) -> None:
    answer = city_client.get(ITEMS, params={"limit": 5, "crs": crs.uri})
    assert answer.headers["content-crs"] == f"<{crs.uri}>"
    named = answer.json().get("crs", {}).get("properties", {}).get("name")
    assert named == (None if crs.srid == 4326 else f"urn:ogc:def:crs:EPSG::{crs.srid}")
    one = city_client.get(f"{ITEMS}/{answer.json()['features'][0]['id']}", params={"crs": crs.uri})
    assert one.json()["geometry"] == answer.json()["features"][0]["geometry"]
    with psycopg.connect(small_city.public) as connection:
        for feature in answer.json()["features"]:
            row = connection.execute(
                "SELECT ST_AsGeoJSON(ST_Transform(geom, %s), 15, 0) FROM layer.parcels WHERE id = %s",
                [crs.srid, feature["id"]],
            ).fetchone()
            assert row is not None
            exact = json.loads(row[0])["coordinates"][0][0]
            given = [p[::-1] if crs.flip else p for p in feature["geometry"]["coordinates"][0][0]]
            close = 1e-8 if crs.srid == 4326 else 0.001
            assert all(
                abs(a - b) <= close
                for p, q in zip(given, exact, strict=True)
                for a, b in zip(p, q, strict=True)
            )


def test_a_box_in_any_system_finds_the_same(city_client: TestClient, small_city: Logins) -> None:
    with psycopg.connect(small_city.public) as connection:
        row = connection.execute(
            "SELECT ST_XMin(e), ST_YMin(e), ST_XMax(e), ST_YMax(e), id "
            "FROM (SELECT ST_Expand(geom, 30) AS e, id FROM layer.parcels WHERE id = 700) b"
        ).fetchone()
        assert row is not None
        inside = {
            found[0]
            for found in connection.execute(
                "SELECT id FROM layer.parcels WHERE ST_Intersects(geom, "
                "ST_MakeEnvelope(%s, %s, %s, %s, core.working_srid()))",
                row[:4],
            )
        }
    box = ",".join(f"{edge:.3f}" for edge in row[:4])
    page = city_client.get(ITEMS, params={"bbox": box, "bbox-crs": "EPSG:9210", "limit": 1000}).json()
    assert {feature["id"] for feature in page["features"]} == inside
    assert 700 in inside
    default = city_client.get(ITEMS, params={"bbox": "106.36,10.35,106.362,10.352", "limit": 1000}).json()
    flipped = city_client.get(
        ITEMS, params={"bbox": "10.35,106.36,10.352,106.362", "bbox-crs": "EPSG:4326", "limit": 1000}
    ).json()
    assert default["features"] == flipped["features"] != []
    away = city_client.get(
        ITEMS, params={"bbox": "-1e300,-1e300,1e300,1e300", "bbox-crs": "EPSG:3857"}
    ).json()
    assert away["numberMatched"] == 2_000


@pytest.fixture
def renamed(client: TestClient, database: Logins) -> TestClient:
    """Parcel 1 was 'a' from 2020, 'b' from 2022, and ended in 2024; parcel 2 is 'c' since 2023."""
    with psycopg.connect(database.owner, autocommit=True) as connection:
        lay_parcels(connection, 2, 1)
        for day, id_, name in (("2020-01-01", 1, "a"), ("2023-01-01", 2, "c"), ("2022-01-01", 1, "b")):
            connection.execute(
                "UPDATE layer.parcels SET valid_from = %s, address = %s WHERE id = %s", [day, name, id_]
            )
        connection.execute("SELECT set_config('gis.valid_from', '2024-01-01', false)")
        connection.execute("DELETE FROM layer.parcels WHERE id = 1")
    return client


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2021-05-05", {1: "a"}),
        ("2022-01-01", {1: "b"}),
        ("2023-06-01T12:00:00Z", {1: "b", 2: "c"}),
        ("2024-01-01", {2: "c"}),
        ("../2019-01-01", {}),
        ("2020-06-01/2021-06-01", {1: "a"}),
        ("2020-06-01/2022-06-01", {1: "b"}),
        ("2020-06-01/..", {1: "b", 2: "c"}),
        ("../..", {1: "b", 2: "c"}),
        ("2025-01-01/", {2: "c"}),
    ],
)
def test_of_a_time_each_feature_once_as_it_last_was(
    renamed: TestClient, asked: str, expected: dict[int, str]
) -> None:
    page = renamed.get(ITEMS, params={"datetime": asked}).json()
    assert {f["id"]: f["properties"]["address"] for f in page["features"]} == expected
    assert page["numberMatched"] == len(expected)


def test_one_feature_of_a_day_gone_by(renamed: TestClient) -> None:
    assert renamed.get(f"{ITEMS}/1").status_code == 404
    past = renamed.get(f"{ITEMS}/1", params={"as_of": "2021-05-05"}).json()
    assert past["properties"]["address"] == "a"
    same = renamed.get(f"{ITEMS}/1", params={"datetime": "2021-05-05T00:00:00Z"}).json()
    assert same["properties"] == past["properties"]
    problem(renamed.get(f"{ITEMS}/1", params={"datetime": "2021-01-01/2022-01-01"}), 400, "datetime")


def test_what_has_no_time_is_there_at_all_times(city_client: TestClient) -> None:
    path = "/ogc/collections/hotspots/items"
    assert city_client.get(path, params={"datetime": "1990-01-01"}).json()["numberMatched"] == 25
    problem(city_client.get(path, params={"as_of": "1990-01-01"}), 400, "as_of")


def test_the_default_is_crs84(city_client: TestClient) -> None:
    answer = city_client.get(ITEMS, params={"limit": 1})
    assert answer.headers["content-crs"] == f"<{CRS84.uri}>"
