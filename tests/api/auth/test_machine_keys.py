"""A key at the door: which headers, which parts of the API, how much, and until when."""

import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from tests.support.accounts import PASSWORD, audited, make_account
from tests.support.keys import make_key
from tests.support.problems import problem

ITEMS = "/ogc/collections/parcels/items"
Headers = dict[str, str]


@pytest.fixture
def places(database: Logins) -> Logins:
    """A database with the steward ``hoa`` and the administrator ``quan``."""
    make_account(database)
    make_account(database, "quan", Role.ADMIN)
    return database


def sent(token: str) -> Headers:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def admin(client: TestClient, places: Logins) -> Headers:
    """Headers of the administrator."""
    assert places
    answer = client.post("/api/auth/token", data={"username": "quan", "password": PASSWORD})
    return sent(answer.json()["access_token"])


@pytest.fixture
def wanted() -> dict[str, object]:
    """A key as an administrator asks for it."""
    return {"name": "fire", "account": "hoa", "scopes": ["read:parcels"], "expires": "2027-01-01"}


def test_both_headers_are_taken(client: TestClient, places: Logins) -> None:
    token = make_key(places, "tax-office", "read:parcels", "api:search")
    for headers in (sent(token), {"X-API-Key": token}, {**sent(token), "X-API-Key": token}):
        told = client.get("/api/auth/me", headers=headers)
        assert told.status_code == 200, told.text
        assert told.json()["kind"] == "key"
        assert told.json()["key"] == "tax-office"
        assert told.json()["scopes"] == ["api:search", "read:parcels"]


def test_a_header_that_is_no_key_is_never_the_public(client: TestClient, places: Logins) -> None:
    token = make_key(places)
    wrong: list[Headers] = [
        {"X-API-Key": ""},
        {"X-API-Key": "x"},
        {"X-API-Key": "gis_k_unknown"},
        {"X-API-Key": "gis_k_" + "x" * 5_000},
        {"X-API-Key": token[:-1]},
        {**sent("gis_b_other"), "X-API-Key": token},
    ]
    for headers in wrong:
        problem(client.get("/api/auth/me", headers=headers), 401)
    assert problem(client.get(ITEMS, headers=sent("gis_k_x")), 401)["reason"] == "unknown"


@pytest.mark.parametrize("name", ["api_key", "apikey", "x-api-key", "access_token", "API_KEY", "f", "q"])
@pytest.mark.parametrize("path", [ITEMS, "/", "/api/search", "/healthz", "/nothing"])
def test_in_an_address_it_is_refused(client: TestClient, places: Logins, name: str, path: str) -> None:
    token = make_key(places)
    body = problem(client.get(path, params={name: token}), 400, name)
    assert "kept in logs" in body["detail"]
    assert token not in body["detail"]


def test_it_reads_what_its_scopes_name_and_no_more(client: TestClient, places: Logins) -> None:
    headers = sent(make_key(places, "tax-office", "read:parcels"))
    assert client.get(f"{ITEMS}?limit=1", headers=headers).status_code == 200
    assert client.get(f"{ITEMS.replace('/items', '')}", headers=headers).status_code == 200
    for path in (
        "/ogc/collections/zoning/items",
        "/ogc/collections/zoning/items/1",
        "/ogc/collections/zoning/tiles/WebMercatorQuad/16/30844/52136",
        "/ogc/collections/zoning",
    ):
        refused = problem(client.get(path, headers=headers), 403)
        assert refused["error"] == "insufficient_scope"
        assert refused["scope"] == "read:zoning"
    for path in ("/ogc", "/ogc/conformance", "/ogc/collections", "/healthz", "/api/openapi.json"):
        assert client.get(path, headers=headers).status_code == 200
    styles = client.get("/ogc/styles", headers=headers).json()["styles"]
    assert {style["id"] for style in styles} == {"city", "parcels"}


def test_a_scope_gives_nothing_the_role_has_not(client: TestClient, places: Logins) -> None:
    headers = sent(make_key(places, "tax-office", "read:*", "api"))
    assert problem(client.get("/api/parcels/1/owners?reason=case+17", headers=headers), 404)
    make_account(places, "lan", Role.OPERATOR)
    headers = sent(make_key(places, "operator", "read:*", "api", account="lan"))
    refused = problem(client.get("/api/parcels/1/owners?reason=case+17", headers=headers), 403)
    assert "scope" not in refused


def test_each_part_of_the_api_needs_its_scope(client: TestClient, places: Logins) -> None:
    headers = sent(make_key(places, "tax-office", "read:*", "api:search"))
    assert client.get("/api/search?q=a", headers=headers).status_code == 200
    for path in ("/api/layers", "/api/violations/summary", "/api/parcels/1/owners", "/api/nothing"):
        refused = problem(client.get(path, headers=headers), 403)
        assert refused["scope"] == f"api:{path.split('/')[2]}"
    whole = sent(make_key(places, "all", "api"))
    assert client.get("/api/layers", headers=whole).status_code == 200


@pytest.mark.parametrize(
    ("verb", "path"),
    [("POST", "/api/auth/logout"), ("POST", "/api/auth/token"), ("GET", "/api/keys"), ("POST", "/api/keys")],
)
def test_keys_and_sign_in_are_for_people(client: TestClient, places: Logins, verb: str, path: str) -> None:
    headers = sent(make_key(places, "admin", "read:*", "api", account="quan"))
    assert "for people" in problem(client.request(verb, path, headers=headers), 403)["detail"]
    assert client.get("/api/auth/me", headers=headers).status_code == 200


def test_each_answer_says_what_is_left_and_429_when_nothing_is(client: TestClient, places: Logins) -> None:
    headers = sent(make_key(places, quota=3))
    for left in ("2", "1", "0"):
        answer = client.get("/ogc", headers=headers)
        assert answer.headers["ratelimit-limit"] == "3"
        assert answer.headers["ratelimit-remaining"] == left
        assert 0 < int(answer.headers["ratelimit-reset"]) <= 86_400
    answer = client.get("/ogc", headers=headers)
    assert "3 requests of today" in problem(answer, 429)["detail"]
    assert int(answer.headers["retry-after"]) <= 86_400
    assert answer.headers["ratelimit-remaining"] == "0"
    other = client.get("/ogc", headers=sent(make_key(places, "other", quota=3)))
    assert other.status_code == 200
    assert "ratelimit-limit" not in client.get("/ogc").headers


def test_too_fast_is_a_429_that_says_how_long(client: TestClient, places: Logins) -> None:
    headers = sent(make_key(places, rate=0.01))
    assert client.get("/ogc", headers=headers).status_code == 200
    answer = client.get("/ogc", headers=headers)
    assert "0.01 times a second" in problem(answer, 429)["detail"]
    assert 1 <= int(answer.headers["retry-after"]) <= 100
    assert answer.headers["ratelimit-remaining"] == "999"


def test_an_administrator_makes_lists_and_ends_one(
    client: TestClient, admin: Headers, wanted: dict[str, object]
) -> None:
    made = client.post("/api/keys", json=wanted, headers=admin)
    assert made.status_code == 201, made.text
    assert made.headers["cache-control"] == "no-store"
    token = made.json()["token"]
    assert client.get(f"{ITEMS}?limit=1", headers=sent(token)).status_code == 200
    listed = client.get("/api/keys", headers=admin)
    assert [key["name"] for key in listed.json()] == ["fire"]
    assert token not in listed.text
    assert client.delete("/api/keys/FIRE", headers=admin).status_code == 204
    # At once in this process, although it was used a moment ago.
    assert problem(client.get(f"{ITEMS}?limit=1", headers=sent(token)), 401)["reason"] == "revoked"
    problem(client.delete("/api/keys/fire", headers=admin), 404, "name")


def test_who_made_it_is_in_the_trail(
    client: TestClient, places: Logins, admin: Headers, wanted: dict[str, object]
) -> None:
    client.post("/api/keys", json=wanted, headers=admin)
    client.delete("/api/keys/fire", headers=admin)
    told = [(actor, action, subject) for actor, action, subject, _ in audited(places) if "key" in action]
    assert told == [("quan", "key.added", "key:fire"), ("quan", "key.revoked", "key:fire")]


@pytest.mark.parametrize(
    ("change", "parameter"),
    [
        ({"name": "thuế"}, "name"),
        ({"scopes": []}, "scope"),
        ({"scopes": ["write:nothing"]}, "scope"),
        ({"scopes": "read:*"}, "scopes"),
        ({"quota_per_day": 0}, "quota"),
        ({"rate_per_second": "x"}, "rate_per_second"),
        ({"expires": "2020-01-01"}, "expires"),
        ({"expires": "x"}, "expires"),
        ({"note": "x" * 501}, "note"),
        ({"more": 1}, "more"),
    ],
)
def test_what_cannot_be_agreed_is_named(
    client: TestClient, admin: Headers, wanted: dict[str, object], change: dict[str, object], parameter: str
) -> None:
    problem(client.post("/api/keys", json=wanted | change, headers=admin), 400, parameter)
    assert client.get("/api/keys", headers=admin).json() == []


def test_others_may_not(client: TestClient, places: Logins, wanted: dict[str, object]) -> None:
    assert places
    form = {"username": "hoa", "password": PASSWORD}
    steward = sent(client.post("/api/auth/token", data=form).json()["access_token"])
    for headers, status in (({}, 401), (steward, 403)):
        problem(client.get("/api/keys", headers=headers), status)
        problem(client.post("/api/keys", json=wanted, headers=headers), status)
        problem(client.delete("/api/keys/fire", headers=headers), status)


def test_its_looks_at_personal_data_are_audited_by_its_name(client: TestClient, places: Logins) -> None:
    make_account(places, "lan", Role.ENFORCEMENT)
    headers = sent(make_key(places, "police", "read:violations", account="lan"))
    assert client.get("/ogc/collections/violations/items?limit=1", headers=headers).status_code == 200
    actor, action, subject, detail = audited(places)[-1]
    assert (actor, action, subject) == ("lan (key police)", "personal-data.read", "violations/items")
    assert "plate" in detail["properties"]


def test_sign_out_acts_at_once_although_the_session_was_just_used(client: TestClient, places: Logins) -> None:
    assert places
    client.post("/api/auth/login", json={"username": "hoa", "password": PASSWORD})
    cookie = {"Cookie": f"gis_session={client.cookies['gis_session']}", "Sec-Fetch-Site": "same-origin"}
    client.cookies.clear()
    assert client.get("/api/auth/me", headers=cookie).json()["kind"] == "session"
    assert client.post("/api/auth/logout", headers=cookie).status_code == 204
    assert client.get("/api/auth/me", headers=cookie).json()["kind"] == "anonymous"


def test_writing_needs_its_own_scope_and_a_role_that_may(client: TestClient, places: Logins) -> None:
    make_account(places, "lan", Role.OPERATOR)
    path = "/ogc/collections/hotspots/items"
    body: dict[str, object] = {"type": "Feature", "geometry": None, "properties": {}}
    reader = sent(make_key(places, "reader", "read:*", "api", account="lan"))
    refused = problem(client.post(path, json=body, headers=reader), 403)
    assert refused["scope"] == "write:hotspots"
    writer = sent(make_key(places, "writer", "read:hotspots", "write:hotspots", account="lan"))
    # Let in: what is wrong now is the feature.
    assert client.post(path, json=body, headers=writer).status_code in (400, 415, 422)
    steward = sent(make_key(places, "steward", "read:*", "write:*"))
    refused = problem(client.post(path, json=body, headers=steward), 403)
    assert "scope" not in refused


def test_the_list_of_collections_is_what_the_key_may_read(client: TestClient, places: Logins) -> None:
    headers = sent(make_key(places, "tax-office", "read:parcels"))
    told = client.get("/ogc/collections?f=json", headers=headers).json()
    assert [one["id"] for one in told["collections"]] == ["parcels", "catalogue"]
    paths = client.get("/ogc/api", headers=headers).json()["paths"]
    own = {path for path in paths if path.endswith("/items") and "{" not in path}
    assert own == {"/collections/parcels/items", "/collections/catalogue/items", "/catalogue/items"}
