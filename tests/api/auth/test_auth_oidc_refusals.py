"""Sign-in at an issuer: every answer that does not prove who comes is refused, told and audited."""

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.accounts import audited, execute
from tests.support.oidc_flow import LOGIN, enter, refused, to_provider_and_back
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider


@pytest.mark.parametrize(
    "altered",
    [
        {"nonce": "another"},
        {"iss": "https://evil.example"},
        {"aud": "another client"},
        {"aud": ["another client"], "azp": CLIENT_ID},
        {"exp": 1_000_000_000},
        {"iat": 9_999_999_999},
    ],
)
def test_an_id_token_that_is_not_for_us_is_refused(
    visitor: TestClient, provider: Provider, database: Logins, altered: dict[str, object]
) -> None:
    provider.altered = altered
    refused(visitor, database, enter(visitor))
    assert audited(database)[-1][1:3] == ("sign-in.failed", "account:unknown")


def test_a_forged_signature_is_refused(visitor: TestClient, provider: Provider, database: Logins) -> None:
    for kid in (None, provider.key.kid):
        provider.rotate_key(publish=False, kid=kid)
        refused(visitor, database, enter(visitor))


def test_a_missing_id_token_is_refused(visitor: TestClient, provider: Provider, database: Logins) -> None:
    provider.with_id_token = False
    assert "missing_id_token" in refused(visitor, database, enter(visitor))


def test_a_new_key_of_the_issuer_is_fetched(visitor: TestClient, provider: Provider) -> None:
    enter(visitor)
    provider.rotate_key()
    assert enter(visitor).status_code == 200


def test_another_algorithm_than_announced_is_refused(
    visitor: TestClient, provider: Provider, database: Logins
) -> None:
    provider.algorithm = "PS256"
    refused(visitor, database, enter(visitor))


def test_an_issuer_that_signs_unsafely_is_not_used(
    visitor: TestClient, provider: Provider, database: Logins
) -> None:
    provider.algorithms = ["none", "HS256"]
    assert "no way that is safe" in refused(visitor, database, visitor.get(LOGIN), 503)


def test_a_callback_nobody_started_is_refused(visitor: TestClient, database: Logins) -> None:
    assert "mismatching_state" in refused(
        visitor, database, visitor.get("/api/auth/oidc/callback?code=a&state=b")
    )
    assert refused(visitor, database, visitor.get("/api/auth/oidc/callback"))


def test_a_callback_in_another_browser_is_refused(visitor: TestClient, database: Logins) -> None:
    callback = to_provider_and_back(visitor)
    visitor.cookies.clear()
    refused(visitor, database, visitor.get(callback))


def test_a_changed_flow_cookie_is_refused(visitor: TestClient, database: Logins) -> None:
    callback = to_provider_and_back(visitor)
    value = visitor.cookies["gis_oidc"]
    visitor.cookies.clear()
    answer = visitor.get(callback, headers={"Cookie": f"gis_oidc={value[:-1]}"})
    refused(visitor, database, answer)


def test_a_code_works_once(visitor: TestClient, database: Logins) -> None:
    callback = to_provider_and_back(visitor)
    flow = visitor.cookies["gis_oidc"]
    assert visitor.get(callback).status_code == 200
    visitor.cookies.clear()
    execute(database, "DELETE FROM core.credential")
    refused(visitor, database, visitor.get(callback, headers={"Cookie": f"gis_oidc={flow}"}))


def test_an_answer_in_another_issuer_s_name_is_refused(visitor: TestClient, database: Logins) -> None:
    callback = to_provider_and_back(visitor).split("&iss=")[0] + "&iss=https%3A%2F%2Fevil.example"
    assert "mismatching_issuer" in refused(visitor, database, visitor.get(callback))


def test_what_others_write_into_the_callback_is_not_repeated(visitor: TestClient, database: Logins) -> None:
    answer = visitor.get("/api/auth/oidc/callback?error=%00<b>x</b>&error_description=%00")
    assert "<b>" not in refused(visitor, database, answer)
    assert "access_denied" in refused(
        visitor, database, visitor.get("/api/auth/oidc/callback?error=access_denied")
    )


def test_refusals_do_not_fill_the_audit_trail(visitor: TestClient, database: Logins) -> None:
    answers = [visitor.get("/api/auth/oidc/callback").status_code for _ in range(12)]
    assert answers == [403] * 10 + [429] * 2
    assert len(audited(database)) == 10
    assert enter(visitor).status_code == 200


def test_an_issuer_that_is_away_is_503(visitor: TestClient, provider: Provider, database: Logins) -> None:
    callback = to_provider_and_back(visitor)
    provider.__exit__(None, None, None)
    assert "gave no answer" in refused(visitor, database, visitor.get(callback), 503)


def test_an_issuer_that_calls_itself_otherwise_is_not_used(
    visitor: TestClient, provider: Provider, database: Logins
) -> None:
    provider.announced_issuer = "https://other.example"
    assert "GIS_OIDC_ISSUER" in refused(visitor, database, visitor.get(LOGIN), 503)


def test_without_an_issuer_there_is_no_such_sign_in(client: TestClient) -> None:
    assert client.get(LOGIN).status_code == 404
    assert client.get("/api/auth/oidc/callback").status_code == 404


def test_an_issuer_without_tls_elsewhere_is_not_used(database: Logins, settings: Settings) -> None:
    unsafe = settings.model_copy(
        update={
            "oidc_issuer": "http://sso.example",
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": SecretStr(CLIENT_SECRET),
        }
    )
    with TestClient(create_app(unsafe, database)) as opened:
        answer = opened.get(LOGIN)
    assert answer.status_code == 503
    assert "https" in answer.json()["detail"]
