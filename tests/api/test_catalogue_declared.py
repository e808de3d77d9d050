"""What the declared classes of OGC API Records demand, requirement by requirement."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

PARTS = "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ADDRESSES = ("/ogc/catalogue", "/ogc/collections/catalogue")


def _links(document: Any, rel: str) -> list[dict[str, Any]]:
    return [one for one in document["links"] if one["rel"] == rel]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_collection_has_what_a_record_collection_must(city_client: TestClient, address: str) -> None:
    answer = city_client.get(address)
    told = answer.json()
    assert answer.headers["content-type"] == "application/ogc-catalog+json", "default-mediatype"
    assert told["id"], "mandatory-properties-collection"
    assert told["type"] == "Collection", "mandatory-properties-collection"
    assert told["itemType"] == "record", "itemType"
    assert told["title"]
    assert told["description"]
    assert told["conformsTo"] == [f"{PARTS}/record-collection"]
    assert (told["language"]["code"], {one["code"] for one in told["languages"]}) == ("vi", {"vi", "en"})
    assert all(one.get("name") or one.get("organization") for one in told["contacts"]), "contact"
    (here,) = _links(told, "self")
    assert here["href"].endswith(address), "links"
    forms = {one["type"] for one in _links(told, "alternate")}
    assert "text/html" in forms, "links: one for each other representation"
    (items,) = _links(told, "items")
    assert city_client.get(items["href"]).json()["type"] == "FeatureCollection", "links-records"
    assert "records" not in told, "records-array-name: none stands within it"


def test_it_is_there_in_the_other_language(city_client: TestClient) -> None:
    told = city_client.get(ADDRESSES[0], params={"lang": "en"}).json()
    assert (told["language"]["code"], told["title"]) == ("en", "Catalogue of the data")


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_record_has_what_a_record_must(city_client: TestClient, address: str) -> None:
    page = city_client.get(f"{address}/items")
    assert page.headers["content-type"] == "application/geo+json"
    for listed in page.json()["features"]:
        for told in (listed, city_client.get(f"{address}/items/{listed['id']}").json()):
            about = told["properties"]
            assert isinstance(told["id"], str)
            assert told["id"]
            assert told["type"] == "Feature"
            assert {"geometry", "time", "properties", "links"} <= told.keys()
            assert told["conformsTo"] == [f"{PARTS}/record-core"]
            assert about["type"] == "dataset"
            assert about["title"]
            (collection,) = _links(told, "collection")
            assert collection["href"].endswith(address), "links: just one, to its catalogue"
            (here,) = _links(told, "self")
            assert here["href"].endswith(f"{address}/items/{told['id']}")
            assert all(one["code"] for one in (about["language"], *about["languages"]))
            assert all(one.get("name") or one.get("mediaType") for one in about["formats"])
            if told["time"] is not None:
                first, last = told["time"]["interval"]
                assert DAY.fullmatch(first), "time-interval"
                assert last == ".." or DAY.fullmatch(last), "time-interval: a day where the start is one"
            if about.get("license") == "other":
                assert _links(told, "license"), "license"


def test_predicates_are_joined_by_and(city_client: TestClient) -> None:
    def found(**asked: str) -> set[str]:
        told = city_client.get(f"{ADDRESSES[1]}/items", params=asked).json()
        return {one["id"] for one in told["features"]}

    words, kinds = found(q="đất"), found(ids="parcels,streets")
    assert words
    assert kinds == {"parcels", "streets"}
    assert found(q="đất", ids="parcels,streets") == words & kinds
