"""What holds for every route: who may keep an answer, how much one may send, HEAD, and no unknown word."""

from collections.abc import Iterator, Mapping

import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from tests.support.problems import MEDIA_TYPE
from tests.support.staff import Headers

ITEMS = "/ogc/collections/parcels/items"
TILE = "/ogc/collections/parcels/tiles/WebMercatorQuad/16/30844/52136"
PAGES = ["/", "/healthz", "/readyz", "/api/docs", "/api/layers", f"{ITEMS}?limit=3", TILE]


@pytest.mark.parametrize(
    "path",
    [f"{ITEMS}?limit=1", "/ogc/collections", "/api/layers", "/api/search?q=a", "/nothing", f"{ITEMS}?x=1"],
)
def test_what_staff_are_answered_is_kept_by_nobody(
    city_client: TestClient, staff: Mapping[Role, Headers], path: str
) -> None:
    answer = city_client.get(path, headers=staff[Role.PERMIT])
    assert answer.headers["cache-control"] == "private, no-store"
    assert {"Authorization", "Cookie"} <= set(answer.headers["vary"].split(", "))
    assert "cache-control" not in city_client.get(path).headers


def test_a_route_that_says_how_long_is_left_to_it(
    city_client: TestClient, staff: Mapping[Role, Headers]
) -> None:
    answer = city_client.get(TILE, headers=staff[Role.PERMIT])
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["vary"] == "Authorization, Cookie, X-API-Key"


def test_who_could_not_be_told_is_not_the_public(city_client: TestClient) -> None:
    answer = city_client.get(ITEMS, headers={"Authorization": "Bearer nobody"})
    assert answer.status_code == 401
    assert answer.headers["cache-control"] == "private, no-store"


def _in_pieces() -> Iterator[bytes]:
    for _ in range(70):
        yield b"x" * 1024


@pytest.mark.parametrize("path", ["/api/auth/login", "/api/auth/token", "/", "/nothing"])
def test_a_body_has_an_end(city_client: TestClient, path: str) -> None:
    for body in (b"x" * (64 * 1024 + 1), _in_pieces()):
        answer = city_client.post(path, content=body)
        assert answer.status_code == 413
        assert answer.headers["content-type"] == MEDIA_TYPE
        assert "64 KiB" in answer.json()["detail"]


def test_a_body_of_that_size_is_still_read(city_client: TestClient) -> None:
    start = b'{"username": "nobody", "password": "'
    body = start + b"x" * (64 * 1024 - len(start) - 2) + b'"}'
    answer = city_client.post("/api/auth/login", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "password"


@pytest.mark.parametrize("path", PAGES)
def test_head_is_get_without_the_body(city_client: TestClient, path: str) -> None:
    got, told = city_client.get(path), city_client.head(path)
    assert told.status_code == got.status_code
    assert told.content == b""
    for name in ("content-type", "content-length", "etag"):
        assert told.headers.get(name) == got.headers.get(name), name


def test_head_is_counted_as_what_it_is(city_client: TestClient) -> None:
    city_client.head("/healthz")
    assert 'method="HEAD",route="/healthz",status="200"' in city_client.get("/metrics").text


def test_the_page_of_the_api_asks_no_other_host(city_client: TestClient) -> None:
    policy = city_client.get("/api/docs").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "path",
    [
        *("/healthz", "/readyz", "/metrics", "/api/docs", "/api/auth/me", "/api/auth/oidc/login"),
        *("/map/style.json", "/map/legend.json", "/map/snapshot.html"),
    ],
)
def test_a_word_that_no_route_knows_is_named(city_client: TestClient, path: str) -> None:
    answer = city_client.get(path, params={"lnag": "en"})
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "lnag"


def test_a_link_to_the_map_may_carry_more(city_client: TestClient) -> None:
    """Its scripts read sheet and parcel from the address; those who pass it on add marks of their own."""
    assert city_client.get("/", params={"sheet": "12", "parcel": "45", "zarsrc": "31"}).status_code == 200
