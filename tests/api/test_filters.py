"""Filters over HTTP: text and JSON, systems, sorting; a bad one is a 400 that names its parameter."""

import json
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from tests.support.problems import problem
from tests.support.server import RunningServer
from tests.support.staff import Headers

PARCELS = "/ogc/collections/parcels/items"


def _items(client: TestClient, path: str = PARCELS, headers: Headers | None = None, **asked: str) -> Any:
    parameters = {name.replace("_", "-") if name != "sortby" else name: text for name, text in asked.items()}
    answer = client.get(path, params={"limit": "10000"} | parameters, headers=headers or {})
    assert answer.status_code == 200, answer.text
    return answer.json()


def _ids(document: Any) -> set[int]:
    return {feature["id"] for feature in document["features"]}


@pytest.fixture(scope="module")
def parcels(city_client: TestClient) -> list[Any]:
    """Every parcel of the city."""
    features: list[Any] = _items(city_client)["features"]
    return features


def test_text_and_json_find_the_same_and_count_it(city_client: TestClient, parcels: list[Any]) -> None:
    expected = {
        f["id"]
        for f in parcels
        if f["properties"]["status"] == "in_force" and (f["properties"]["legal_area_m2"] or 0) > 150
    }
    text = _items(city_client, filter="status = 'in_force' AND legal_area_m2 > 150")
    tree = {
        "op": "and",
        "args": [
            {"op": "=", "args": [{"property": "status"}, "in_force"]},
            {"op": ">", "args": [{"property": "legal_area_m2"}, 150]},
        ],
    }
    from_json = _items(city_client, filter=json.dumps(tree), filter_lang="cql2-json")
    assert _ids(text) == _ids(from_json) == expected
    assert text["numberMatched"] == text["numberReturned"] == len(expected)
    assert 0 < len(expected) < len(parcels)


def test_a_filter_goes_with_boxes_values_pages_and_order(city_client: TestClient, parcels: list[Any]) -> None:
    some = parcels[0]["properties"]
    asked = {"filter": "id > 0 OR status = 'x'", "sheet_no": some["sheet_no"]}
    answer = city_client.get(PARCELS, params=asked | {"limit": "2", "sortby": "-parcel_no"})
    expected = {f["id"] for f in parcels if f["properties"]["sheet_no"] == some["sheet_no"]}
    found: list[Any] = []
    for _ in range(len(expected) + 1):
        page = answer.json()
        assert page["numberMatched"] == len(expected)
        found += page["features"]
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        if not following:
            break
        answer = city_client.get(following[0])
    assert {f["id"] for f in found} == expected
    assert len(found) == len(expected)
    numbers = [f["properties"]["parcel_no"] for f in found]
    assert numbers == sorted(numbers, reverse=True)


def test_the_axes_are_those_of_the_system(city_client: TestClient, parcels: list[Any]) -> None:
    lon, lat = parcels[0]["geometry"]["coordinates"][0][0][0]
    around = "S_INTERSECTS(geom, BBOX({}, {}, {}, {}))"
    d = 0.0005
    lon_first = _items(city_client, filter=around.format(lon - d, lat - d, lon + d, lat + d))
    lat_first = _items(
        city_client,
        filter=around.format(lat - d, lon - d, lat + d, lon + d),
        filter_crs="http://www.opengis.net/def/crs/EPSG/0/4326",
    )
    assert _ids(lon_first) == _ids(lat_first)
    assert parcels[0]["id"] in _ids(lon_first)


def test_staff_filter_by_what_they_may_see_and_others_may_not(
    city_client: TestClient, staff: Mapping[Role, Headers]
) -> None:
    path = "/ogc/collections/violations/items"
    seen = _items(city_client, path, staff[Role.ENFORCEMENT], filter="plate IS NOT NULL")["features"]
    assert seen
    assert all(feature["properties"]["plate"] for feature in seen)
    refused = city_client.get(path, params={"filter": "plate IS NOT NULL"}, headers=staff[Role.OPERATOR])
    unknown = city_client.get(path, params={"filter": "plato IS NOT NULL"}, headers=staff[Role.OPERATOR])
    told = problem(refused, 400, "filter")["detail"], problem(unknown, 400, "filter")["detail"]
    assert told[0].replace("plate", "plato") == told[1]


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"filter": "status ="}, "filter"),
        ({"filter": ""}, "filter"),
        ({"filter": "(" * 3000}, "filter"),
        ({"filter": "[" * 3000, "filter-lang": "cql2-json"}, "filter"),
        ({"filter": "owner = 'x'"}, "filter"),
        ({"filter": "id = 1'; DROP TABLE layer.parcels; --"}, "filter"),
        ({"filter": "S_INTERSECTS(geom, POINT(10.3 106.3))"}, "filter"),
        ({"filter": "id = 1", "filter-lang": "cql"}, "filter-lang"),
        ({"filter": "id = 1", "filter-crs": "EPSG:1"}, "filter-crs"),
    ],
)
def test_what_cannot_be_asked_is_told(city_client: TestClient, asked: dict[str, str], parameter: str) -> None:
    problem(city_client.get(PARCELS, params=asked), 400, parameter)


def test_a_filter_of_a_megabyte_is_refused_and_the_next_answered(live_city: RunningServer) -> None:
    """Written to the socket: no client library sends an address that long."""
    place = urlsplit(live_city.url)
    asked = f"GET {PARCELS}?filter={'id=1%20OR%20' * 100_000}id=1 HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n"
    with socket.create_connection((place.hostname, place.port), timeout=30) as line:
        with suppress(ConnectionError):  # it may hang up before it has read all
            line.sendall(asked.encode())
        assert line.recv(12) in (b"HTTP/1.1 400", b"HTTP/1.1 414", b"HTTP/1.1 431")
    with urlopen(f"{live_city.url}{PARCELS}?filter=id%3D1&limit=1") as answer:  # noqa: S310
        assert answer.status == 200


@pytest.mark.parametrize(
    "text",
    [
        "sheet_no = '1'' OR ''1''=''1'",
        "address LIKE '%''; DELETE FROM layer.parcels; --%'",
        "address = '%(f_1)s' AND parcel_no = '$1'",
        "address = '\\'",
    ],
)
def test_what_looks_like_sql_is_a_text(city_client: TestClient, parcels: list[Any], text: str) -> None:
    assert _items(city_client, filter=text)["features"] == []
    assert len(_items(city_client)["features"]) == len(parcels)


def test_every_sortable_sorts(city_client: TestClient) -> None:
    told = city_client.get("/ogc/collections/parcels/sortables").json()["properties"]
    for name in told:
        assert len(_items(city_client, limit="3", sortby=f"-{name}")["features"]) == 3, name


def test_where_it_is_told_is_linked(city_client: TestClient) -> None:
    links = city_client.get("/ogc/collections/parcels").json()["links"]
    by_rel = {link["rel"].rpartition("/")[2]: link for link in links}
    for rel in ("queryables", "sortables", "schema"):
        assert by_rel[rel]["type"] == "application/schema+json"
        assert city_client.get(by_rel[rel]["href"]).json()["$id"] == by_rel[rel]["href"]
