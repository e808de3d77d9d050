"""Tokens for programs and sessions for people, over HTTP."""

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.access.throttle import MOST_PER_USERNAME
from gis_platform.database.server import Logins
from tests.support.accounts import PASSWORD, audited, execute, make_account

OWN = {"Origin": "http://testserver"}
WRONG = "a wrong password"
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def account(database: Logins) -> Logins:
    """A database with the account ``hoa``."""
    make_account(database, unit_code="28270")
    return database


def token(client: TestClient, password: str = PASSWORD, **more: str) -> Response:
    form = {"grant_type": "password", "username": "hoa", "password": password, **more}
    return client.post("/api/auth/token", data=form)


def login(client: TestClient, password: str = PASSWORD, headers: dict[str, str] | None = None) -> Response:
    return client.post("/api/auth/login", json={"username": "hoa", "password": password}, headers=headers)


def bearer(value: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {value}"}


def is_problem(response: Response, status: int) -> bool:
    return (
        response.status_code == status == response.json()["status"]
        and response.headers["content-type"] == "application/problem+json"
    )


def test_without_sign_in_one_is_the_public(client: TestClient) -> None:
    assert client.get("/api/auth/me").json() == {
        "kind": "anonymous",
        "role": "public",
        "username": None,
        "display_name": None,
        "unit_code": None,
    }


def test_a_program_gets_a_token_and_is_known_by_it(client: TestClient, account: Logins) -> None:
    answer = token(client)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert set(body) == {"access_token", "token_type", "expires_in"}
    assert (body["token_type"], body["expires_in"]) == ("bearer", 24 * 3600)
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert client.get("/api/auth/me", headers=bearer(body["access_token"])).json() == {
        "kind": "bearer",
        "role": "steward",
        "username": "hoa",
        "display_name": "Lê Thị Hoa",
        "unit_code": "28270",
    }
    assert audited(account)[-1][1] == "sign-in.succeeded"


def test_a_wrong_password_is_401_counted_and_audited(client: TestClient, account: Logins) -> None:
    answer = token(client, WRONG)
    assert is_problem(answer, 401)
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["error"] == "invalid_grant"
    assert [entry[1] for entry in audited(account)][-1] == "sign-in.failed"
    assert WRONG not in str(audited(account))


def test_too_many_failures_are_429_with_the_seconds_to_wait(client: TestClient, account: Logins) -> None:
    assert account
    for _ in range(MOST_PER_USERNAME):
        assert token(client, WRONG).status_code == 401
    answer = token(client)
    assert is_problem(answer, 429)
    assert 0 < int(answer.headers["retry-after"]) == answer.json()["retry_after"] <= 900


def test_a_form_that_is_not_one_is_400(client: TestClient) -> None:
    whole = {"username": "hoa", "password": "x"}
    faults: list[tuple[dict[str, str], str]] = [
        ({}, "username"),
        ({"username": "hoa"}, "password"),
        (whole | {"grant_type": "client_credentials"}, "grant_type"),
        (whole | {"scope": "admin"}, "scope"),
    ]
    for form, parameter in faults:
        answer = client.post("/api/auth/token", data=form)
        assert is_problem(answer, 400), form
        assert answer.json()["parameter"] == parameter


def test_a_login_that_is_not_one_is_400(client: TestClient) -> None:
    for content in (
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"username": "hoa"}',
        b'{"username": "hoa", "password": 5}',
        b'{"username": "hoa", "password": "x", "role": "admin"}',
        b'{"username": "' + b"x" * 5_000 + b'", "password": "x"}',
        b'{"username": "\\ud800", "password": "x"}',
    ):
        assert is_problem(client.post("/api/auth/login", content=content, headers=JSON), 400), content


def test_odd_characters_are_a_wrong_password(client: TestClient) -> None:
    content = rb'{"username": "h\u0000a", "password": "\u0000"}'
    assert is_problem(client.post("/api/auth/login", content=content, headers=JSON), 401)
    form = b"username=%00%ff&password=%00%ff%f0%9f%98%80"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert is_problem(client.post("/api/auth/token", content=form, headers=headers), 401)


def test_a_person_gets_a_session(client: TestClient, account: Logins) -> None:
    answer = login(client)
    assert answer.status_code == 200, answer.text
    assert answer.json()["kind"] == "session"
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("gis_session=gis_s_")
    for part in ("httponly", "samesite=strict", "path=/", f"max-age={12 * 3600}"):
        assert part in cookie
    assert "secure" not in cookie
    assert client.cookies["gis_session"] not in answer.text
    assert client.get("/api/auth/me").json()["username"] == "hoa"
    assert audited(account)[-1][3]["kind"] == "session"


def test_signing_in_again_ends_the_session_before(client: TestClient, account: Logins) -> None:
    assert account
    login(client)
    first = client.cookies["gis_session"]
    login(client, headers=OWN)
    assert client.cookies["gis_session"] != first
    client.cookies.clear()
    client.cookies.set("gis_session", first)
    assert client.get("/api/auth/me").json()["kind"] == "anonymous"


def test_signing_out_ends_the_session(client: TestClient, account: Logins) -> None:
    login(client)
    stolen = client.cookies["gis_session"]
    assert client.post("/api/auth/logout", headers=OWN).status_code == 204
    assert "gis_session" not in client.cookies
    client.cookies.set("gis_session", stolen)
    assert client.get("/api/auth/me").json()["kind"] == "anonymous"
    assert audited(account)[-1][:3] == ("hoa", "sign-out", "account:hoa")


def test_signing_out_ends_a_bearer_token(client: TestClient, account: Logins) -> None:
    assert account
    headers = bearer(token(client).json()["access_token"])
    assert client.post("/api/auth/logout", headers=headers).status_code == 204
    assert is_problem(client.get("/api/auth/me", headers=headers), 401)


def test_signing_out_without_a_session_is_no_error(client: TestClient) -> None:
    assert client.post("/api/auth/logout").status_code == 204


def test_a_disabled_account_is_403_and_its_session_ends(client: TestClient, account: Logins) -> None:
    login(client)
    execute(account, "UPDATE core.account SET disabled_at = now()")
    assert client.get("/api/auth/me").json()["role"] == Role.PUBLIC
    client.cookies.clear()
    assert is_problem(login(client), 403)
