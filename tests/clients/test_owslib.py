"""OWSLib over a running server: what is there, what can be asked, features page by page, and rights.

OWSLib speaks of tiles and styles with no class of its own.
"""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from owslib.ogcapi import REQUEST_HEADERS
from owslib.ogcapi.features import Features
from owslib.ogcapi.records import Records

from tests.clients.conftest import PUBLIC, Stored
from tests.support.server import RunningServer

CONFORMANCE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"


@pytest.fixture(scope="module")
def city(live_city: RunningServer) -> Features:
    """The server as OWSLib sees it."""
    return Features(f"{live_city.url}/ogc")


def walk(city: Features, layer: str, **asked: Any) -> tuple[list[int], set[int]]:
    """Ids in their order along the links to the next page, and each number that was said to match."""
    ids: list[int] = []
    matched: set[int] = set()
    while True:
        page = city.collection_items(layer, **asked)
        ids += [feature["id"] for feature in page["features"]]
        matched.add(page["numberMatched"])
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        if not following:
            return ids, matched
        asked = dict(parse_qsl(urlsplit(following[0]).query))


def test_it_finds_its_way(city: Features) -> None:
    assert CONFORMANCE in city.conformance()["conformsTo"]
    assert set(city.feature_collections()) == set(PUBLIC)
    document = city.api()
    assert document["openapi"].startswith("3.0")
    assert "/collections/{collectionId}/items" in document["paths"]


@pytest.mark.parametrize("layer", PUBLIC)
def test_every_feature_comes_once_over_several_pages(city: Features, stored: Stored, layer: str) -> None:
    expected = stored(layer)
    ids, matched = walk(city, layer, limit=max(1, len(expected) // 6))
    assert sorted(ids) == sorted(expected)
    assert len(ids) == len(expected)
    assert matched == {len(expected)}


def test_it_learns_what_it_may_ask_for(city: Features) -> None:
    asked = city.collection_queryables("parcels")["properties"]
    read = city.collection_schema("parcels")["properties"]
    feature = city.collection_items("parcels", limit=1)["features"][0]
    assert {"sheet_no", "legal_area_m2"} <= set(asked)
    assert set(feature["properties"]) <= set(read)


def test_a_filter_a_box_and_an_order(city: Features, stored: Stored, some_sheet: str) -> None:
    expected = stored("parcels", "sheet_no = %(sheet)s AND legal_area_m2 > 150.5", sheet=some_sheet)
    condition = f"sheet_no = '{some_sheet}' AND legal_area_m2 > 150.5"
    ids, matched = walk(city, "parcels", filter=condition, limit=40)
    assert sorted(ids) == sorted(expected)
    assert matched == {len(expected)}

    west, south, east, north = city.collection("parcels")["extent"]["spatial"]["bbox"][0]
    quarter = [west, south, (west + east) / 2, (south + north) / 2]
    some = city.collection_items("parcels", bbox=quarter, limit=1)["numberMatched"]
    assert 0 < some < len(stored("parcels"))

    largest = city.collection_items("parcels", sortby=("legal_area_m2", "desc"), limit=50)["features"]
    areas = [feature["properties"]["legal_area_m2"] for feature in largest]
    assert areas == sorted(areas, reverse=True)


def test_one_feature_in_the_grid(city: Features, stored: Stored) -> None:
    stations = stored("sensors")
    grid = "http://www.opengis.net/def/crs/EPSG/0/9210"
    for feature in city.collection_items("sensors", crs=grid)["features"]:
        point = stations[feature["id"]]
        assert feature["geometry"]["coordinates"] == pytest.approx([point.x, point.y], abs=0.001)
    number = next(iter(stations))
    assert city.collection_item("sensors", str(number))["id"] == number


def test_a_token_opens_what_is_not_for_everyone(
    live_city: RunningServer, officer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # OWSLib puts the headers of one client into those of all in the process.
    monkeypatch.setattr("owslib.ogcapi.REQUEST_HEADERS", dict(REQUEST_HEADERS))
    signed_in = Features(f"{live_city.url}/ogc", headers={"Authorization": f"Bearer {officer}"})
    assert "cameras" in signed_in.feature_collections()
    assert signed_in.collection_items("cameras", limit=3)["numberReturned"] == 3


def test_a_refusal_says_what_was_wrong(city: Features) -> None:
    with pytest.raises(RuntimeError, match="limit"):
        city.collection_items("parcels", limit=0)
    with pytest.raises(RuntimeError, match='"status":401'):
        city.collection_items("cameras")


def test_records_of_the_catalogue(live_city: RunningServer) -> None:
    catalogue = Records(f"{live_city.url}/ogc")
    assert catalogue.records() == ["catalogue"]
    assert catalogue.collection("catalogue")["itemType"] == "record"
    told = catalogue.collection_items("catalogue", limit=100)
    assert {record["id"] for record in told["features"]} == set(PUBLIC)
    assert told["numberMatched"] == len(PUBLIC)
    found = catalogue.collection_items("catalogue", q="thua dat")
    assert [record["id"] for record in found["features"]] == ["house_numbers", "parcels"]
    one = catalogue.collection_item("catalogue", "parcels")
    assert one["properties"]["title"] == "Thửa đất"
    assert any(link["rel"] == "item" for link in one["links"])
