"""Sign-in at an OpenID Connect issuer, against a provider that really runs."""

from urllib.parse import parse_qs, urlsplit

import httpx2
import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.access.issuer_accounts import claimed_roles
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from tests.support.accounts import audited, execute, make_account
from tests.support.oidc_flow import LOGIN, enter, me, refused
from tests.support.oidc_provider import Provider


def test_a_person_signs_in_and_has_an_account_from_then_on(visitor: TestClient, database: Logins) -> None:
    answer = enter(visitor)
    assert answer.status_code == 200, answer.text
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert 'url=/"' in answer.text
    assert me(visitor) == {
        "kind": "session",
        "role": "steward",
        "username": "hoa",
        "display_name": "Lê Thị Hoa",
        "unit_code": None,
    }
    visitor.cookies.clear()
    assert enter(visitor).status_code == 200
    done = [(actor, action, subject) for actor, action, subject, _ in audited(database)]
    assert done == [
        ("hoa", "account.added", "account:hoa"),
        ("hoa", "sign-in.succeeded", "account:hoa"),
        ("hoa", "sign-in.succeeded", "account:hoa"),
    ]


def test_the_request_uses_pkce_state_and_nonce(visitor: TestClient, provider: Provider) -> None:
    leaving = visitor.get(LOGIN)
    place = urlsplit(leaving.headers["location"])
    asked = {name: values[0] for name, values in parse_qs(place.query).items()}
    assert leaving.headers["location"].startswith(f"{provider.issuer}/authorize?")
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20
    assert asked["response_type"] == "code"
    assert asked["redirect_uri"] == "http://127.0.0.1:8000/api/auth/oidc/callback"
    cookie = leaving.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/api/auth/oidc" in cookie


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/console?a=1", "/console?a=1"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil", "/"),
    ],
)
def test_after_sign_in_one_stays_on_this_host(visitor: TestClient, wanted: str, reached: str) -> None:
    start = f"{LOGIN}?{httpx2.QueryParams({'next_page': wanted})}"
    assert f'url={reached}"' in enter(visitor, start).text


@pytest.mark.parametrize("claimed", [None, "", "king", "public", "STEWARD", 5, [], ["king"], {"steward": 1}])
def test_without_one_of_our_roles_there_is_no_account(
    visitor: TestClient, provider: Provider, database: Logins, claimed: object
) -> None:
    provider.person.claims["role"] = claimed
    assert "none of the roles" in refused(visitor, database, enter(visitor))
    with psycopg.connect(database.owner) as owner:
        assert owner.execute("SELECT count(*) FROM core.account").fetchone() == (0,)
    assert audited(database)[-1][1] == "sign-in.failed"


def test_several_of_our_roles_are_refused(visitor: TestClient, provider: Provider, database: Logins) -> None:
    provider.person.claims["role"] = ["steward", "admin"]
    assert "several roles (admin, steward)" in refused(visitor, database, enter(visitor))


def test_the_role_follows_the_issuer(visitor: TestClient, provider: Provider, database: Logins) -> None:
    enter(visitor)
    provider.person.claims["role"] = ["staff", "auditor"]
    enter(visitor)
    assert me(visitor)["role"] == "auditor"
    assert ("hoa", "account.role-changed", "account:hoa") in [entry[:3] for entry in audited(database)]
    del provider.person.claims["role"]
    assert enter(visitor).status_code == 403


def test_an_account_made_by_an_administrator_keeps_its_role(
    visitor: TestClient, provider: Provider, database: Logins
) -> None:
    make_account(database, "lan", Role.PERMIT)
    execute(
        database,
        f"UPDATE core.account SET oidc_issuer = '{provider.issuer}', oidc_subject = 'subject-1'",  # noqa: S608
    )
    provider.person.claims["role"] = "admin"
    assert enter(visitor).status_code == 200
    assert (me(visitor)["username"], me(visitor)["role"]) == ("lan", "permit")


def test_a_name_that_is_taken_is_not_taken_over(visitor: TestClient, database: Logins) -> None:
    make_account(database, "hoa", Role.ADMIN)
    assert enter(visitor).status_code == 200
    assert me(visitor)["username"].startswith("oidc-")
    assert me(visitor)["role"] == "steward"


def test_the_same_subject_of_another_issuer_is_someone_else(visitor: TestClient, database: Logins) -> None:
    make_account(database, "lan", Role.ADMIN)
    execute(
        database, "UPDATE core.account SET oidc_issuer = 'https://old.example', oidc_subject = 'subject-1'"
    )
    enter(visitor)
    assert me(visitor)["username"] == "hoa"


def test_odd_names_still_make_an_account(visitor: TestClient, provider: Provider) -> None:
    provider.person.claims |= {"preferred_username": "lê hoa\0", "name": "Hoa\0\n" + "a" * 500}
    assert enter(visitor).status_code == 200
    assert me(visitor)["username"].startswith("oidc-")
    assert me(visitor)["display_name"] == "Hoa" + "a" * 197


@pytest.mark.parametrize("subject", ["", "x" * 256, "a\0b"])
def test_a_subject_that_cannot_be_kept_is_refused(
    visitor: TestClient, provider: Provider, database: Logins, subject: str
) -> None:
    provider.person.subject = subject
    refused(visitor, database, enter(visitor))


def test_a_disabled_account_is_refused(visitor: TestClient, database: Logins) -> None:
    enter(visitor)
    visitor.cookies.clear()
    execute(database, "UPDATE core.account SET disabled_at = now(); DELETE FROM core.credential")
    assert "disabled" in refused(visitor, database, enter(visitor))


def test_role_claims_can_lie_deep() -> None:
    claims = {"realm_access": {"roles": ["offline_access", "auditor"]}, "https://city.vn/role": "admin"}
    assert claimed_roles(claims, "realm_access.roles") == (Role.AUDITOR,)
    assert claimed_roles(claims, "https://city.vn/role") == (Role.ADMIN,)
    assert claimed_roles(claims, "realm_access.roles.deeper") == ()
    assert claimed_roles(claims, "role") == ()
