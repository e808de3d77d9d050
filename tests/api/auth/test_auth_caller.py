"""Who a request comes from, and which requests a session may make."""

from collections.abc import Iterator

import pytest
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.cookies import SESSION_COOKIE
from api.auth.cross_site import is_own_page
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.accounts import PASSWORD, execute, make_account

ELSEWHERE = "https://evil.example"


@pytest.fixture
def signed_in(client: TestClient, database: Logins) -> TestClient:
    """A browser with a session of ``hoa``."""
    make_account(database)
    answer = client.post("/api/auth/login", json={"username": "hoa", "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    return client


def test_a_header_that_names_nobody_is_never_the_public(signed_in: TestClient) -> None:
    """Not even where a good session cookie comes along."""
    unknown = "Bearer gis_b_" + "x" * 5_000
    for value in ("Bearer", "Bearer ", "Bearer x", "Basic aG9hOmhvYQ==", "x", "", unknown):
        answer = signed_in.get("/api/auth/me", headers={"Authorization": value})
        assert answer.status_code == 401, value
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_bearer_token_wins_over_the_cookie(signed_in: TestClient, database: Logins) -> None:
    make_account(database, "lan", Role.AUDITOR)
    form = {"username": "lan", "password": PASSWORD}
    token = signed_in.post("/api/auth/token", data=form, headers={"Origin": "http://testserver"}).json()[
        "access_token"
    ]
    answer = signed_in.get("/api/auth/me", headers={"Authorization": f"bearer  {token}"})
    assert (answer.json()["username"], answer.json()["kind"]) == ("lan", "bearer")


def test_a_cookie_that_names_nobody_is_the_public(client: TestClient) -> None:
    for value in ("", "x", "gis_s_unknown", '"', "a=b; c", "\u00e9"):
        cookie = f"{SESSION_COOKIE}={value}".encode("latin-1")
        answer = client.get("/api/auth/me", headers=[(b"cookie", cookie)])
        assert answer.json()["kind"] == "anonymous", value


def test_a_session_that_ended_is_the_public(signed_in: TestClient, database: Logins) -> None:
    execute(
        database,
        "UPDATE core.credential SET created_at = now() - interval '2 h', expires_at = now() - interval '1 s'",
    )
    assert signed_in.get("/api/auth/me").json()["kind"] == "anonymous"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver"},
        {"Origin": "HTTP://TestServer"},
    ],
)
def test_a_change_from_our_own_page_is_made(signed_in: TestClient, headers: dict[str, str]) -> None:
    assert signed_in.post("/api/auth/logout", headers=headers).status_code == 204


def test_a_change_from_elsewhere_is_refused(signed_in: TestClient) -> None:
    elsewhere: list[dict[str, str]] = [
        {},
        {"Origin": ELSEWHERE},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver:81"},
        {"Origin": "https://testserver"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ]
    for headers in elsewhere:
        answer = signed_in.post("/api/auth/logout", headers=headers)
        assert answer.status_code == 403, headers
        assert "own pages" in answer.json()["detail"]
        assert signed_in.get("/api/auth/me", headers=headers).json()["kind"] == "session"


def test_programs_are_not_asked_where_they_come_from(client: TestClient, database: Logins) -> None:
    make_account(database)
    form = {"username": "hoa", "password": PASSWORD}
    token = client.post("/api/auth/token", data=form).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}", "Origin": ELSEWHERE}
    assert client.post("/api/auth/logout", headers=headers).status_code == 204


def test_nobody_is_signed_in_from_another_site(client: TestClient, database: Logins) -> None:
    make_account(database)
    body = {"username": "hoa", "password": PASSWORD}
    answer = client.post("/api/auth/login", json=body, headers={"Origin": ELSEWHERE})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.fixture
def behind_a_proxy(database: Logins, settings: Settings) -> Iterator[TestClient]:
    """The application as people reach it over TLS."""
    public = settings.model_copy(update={"public_url": "https://gis.mytho.example"})
    with TestClient(create_app(public, database), base_url="https://gis.mytho.example") as opened:
        yield opened


def test_over_tls_the_cookie_is_secure(behind_a_proxy: TestClient, database: Logins) -> None:
    make_account(database)
    answer = behind_a_proxy.post("/api/auth/login", json={"username": "hoa", "password": PASSWORD})
    assert "secure" in answer.headers["set-cookie"].lower().split("; ")
    own = {"Origin": "https://gis.mytho.example"}
    assert behind_a_proxy.post("/api/auth/logout", headers=own).status_code == 204


def test_with_a_public_address_the_host_header_is_not_believed(settings: Settings) -> None:
    public = settings.model_copy(update={"public_url": "https://gis.mytho.example/"})
    assert not is_own_page(Headers({"Host": "evil.example", "Origin": "http://evil.example"}), public)
    assert is_own_page(Headers({"Host": "10.0.0.5:8000", "Origin": "https://gis.mytho.example"}), public)
