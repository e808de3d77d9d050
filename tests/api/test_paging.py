"""Pages keyed by id: every feature once, the exact number said, whatever the size of the page."""

import unicodedata
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from starlette.testclient import TestClient

from api.parameters import parse_limit
from gis_platform.database.server import Logins
from tests.support.layers import LAYERS

PUBLIC = [layer.name for layer in LAYERS if "public" in layer.audience]
WARD = "106.355,10.345,106.375,10.36"


def _walk(client: TestClient, path: str, **asked: Any) -> tuple[list[int], set[int]]:
    """Ids in the order they came, and each number that was said to match."""
    ids: list[int] = []
    matched: set[int] = set()
    answer = client.get(path, params=asked)
    while True:
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert page["numberReturned"] == len(page["features"])
        ids += [feature["id"] for feature in page["features"]]
        matched.add(page["numberMatched"])
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        if not following:
            return ids, matched
        place = urlsplit(following[0])
        answer = client.get(f"{place.path}?{place.query}")


def _ids(places: Logins, layer: str, condition: str = "true") -> list[int]:
    with psycopg.connect(places.public) as connection:
        statement = f"SELECT id FROM layer.{layer} WHERE {condition} ORDER BY id"  # noqa: S608  # our own words
        return [row[0] for row in connection.execute(statement.encode())]


@pytest.mark.parametrize("layer", PUBLIC)
def test_a_walk_sees_every_feature_once(city_client: TestClient, small_city: Logins, layer: str) -> None:
    expected = _ids(small_city, layer)
    limit = max(1, len(expected) // 7)
    ids, matched = _walk(city_client, f"/ogc/collections/{layer}/items", limit=limit)
    assert ids == expected
    assert matched == {len(expected)}


@pytest.mark.parametrize("limit", [1, 7, 25, 26, 10_000])
def test_the_size_of_the_page_changes_nothing(city_client: TestClient, limit: int) -> None:
    ids, matched = _walk(city_client, "/ogc/collections/hotspots/items", limit=limit)
    assert len(ids) == len(set(ids)) == 25
    assert matched == {25}


def test_a_walk_keeps_to_its_box_and_its_filter(city_client: TestClient, small_city: Logins) -> None:
    inside = (
        "geom && ST_Transform(ST_MakeEnvelope(106.355, 10.345, 106.375, 10.36, 4326), core.working_srid()) "
        "AND ST_Intersects(geom, ST_Transform(ST_Segmentize(ST_MakeEnvelope(106.355, 10.345, 106.375, 10.36,"
        " 4326), 0.001), core.working_srid()))"
    )
    boxed, matched = _walk(city_client, "/ogc/collections/parcels/items", limit=100, bbox=WARD)
    assert boxed == _ids(small_city, "parcels", inside)
    assert 0 < len(boxed) < 2_000
    assert matched == {len(boxed)}
    both, matched = _walk(
        city_client, "/ogc/collections/parcels/items", limit=50, bbox=WARD, status="mortgaged"
    )
    assert both == _ids(small_city, "parcels", f"{inside} AND status = 'mortgaged'")
    assert matched == {len(both)}


def test_features_lie_in_the_city_as_longitude_and_latitude(city_client: TestClient) -> None:
    page = city_client.get("/ogc/collections/hotspots/items").json()
    for feature in page["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        assert 106.2 < lon < 106.5
        assert 10.2 < lat < 10.5


def test_links_lead_to_what_they_say(city_client: TestClient) -> None:
    page = city_client.get("/ogc/collections/hotspots/items", params={"limit": 3, "status": "active"}).json()
    links = {link["rel"]: link["href"] for link in page["links"]}
    assert set(links) == {"self", "alternate", "collection", "next"}
    for rel, href in links.items():
        place = urlsplit(href)
        answer = city_client.get(f"{place.path}?{place.query}")
        assert answer.status_code == 200, rel
    item = city_client.get(f"/ogc/collections/hotspots/items/{page['features'][0]['id']}").json()
    assert item["properties"] == page["features"][0]["properties"]
    assert {link["rel"] for link in item["links"]} == {"self", "alternate", "collection"}


def test_what_holds_on_a_day_comes_by_pages_too(city_client: TestClient) -> None:
    now, _ = _walk(city_client, "/ogc/collections/parcels/items", limit=500)
    then, _ = _walk(city_client, "/ogc/collections/parcels/items", limit=500, as_of="2026-11-22")
    assert then == now
    before, matched = _walk(city_client, "/ogc/collections/parcels/items", limit=500, as_of="1990-01-01")
    assert (before, matched) == ([], {0})


def test_a_text_is_found_however_it_is_composed(city_client: TestClient) -> None:
    """Phones and macOS send letters and accents apart; names are stored together."""
    page = city_client.get("/ogc/collections/streets/items", params={"limit": "100"}).json()
    name = next(f["properties"]["name"] for f in page["features"] if not f["properties"]["name"].isascii())
    apart = unicodedata.normalize("NFD", name)
    assert apart != name
    found = city_client.get("/ogc/collections/streets/items", params={"name": apart}).json()
    assert found["numberMatched"] > 0
    assert {f["properties"]["name"] for f in found["features"]} == {name}


@pytest.mark.parametrize("limit", ["10001", "999999", "9" * 20])
def test_more_than_a_page_holds_means_a_whole_page(city_client: TestClient, limit: str) -> None:
    """OGC API Features, part 1: a limit above the greatest is no error."""
    for path in ("/ogc/collections/parcels/items", "/ogc/catalogue/items"):
        page = city_client.get(path, params={"limit": limit}).json()
        assert page["numberReturned"] == page["numberMatched"] <= 10_000
        assert not [link for link in page["links"] if link["rel"] == "next"]
    assert parse_limit(limit) == 10_000
