"""Steps of a sign-in at an issuer, as a browser takes them."""

from urllib.parse import urlsplit

import httpx2
import psycopg
from httpx2 import Response
from starlette.testclient import TestClient

from gis_platform.database.server import Logins

LOGIN = "/api/auth/oidc/login"


def to_provider_and_back(visitor: TestClient, start: str = LOGIN) -> str:
    """The path of the callback, with what the provider sends along."""
    leaving = visitor.get(start)
    assert leaving.status_code == 302, leaving.text
    returning = httpx2.get(leaving.headers["location"], trust_env=False, timeout=60)
    assert returning.status_code == 302
    back = urlsplit(returning.headers["location"])
    return f"{back.path}?{back.query}"


def enter(visitor: TestClient, start: str = LOGIN) -> Response:
    return visitor.get(to_provider_and_back(visitor, start))


def me(visitor: TestClient) -> dict[str, str]:
    profile: dict[str, str] = visitor.get("/api/auth/me").json()
    return profile


def refused(visitor: TestClient, places: Logins, answer: Response, status: int = 403) -> str:
    """The reason told; makes sure that no session came of it and no account."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert "gis_session" not in visitor.cookies
    with psycopg.connect(places.owner) as owner:
        assert owner.execute("SELECT count(*) FROM core.credential").fetchone() == (0,)
    return str(answer.json()["detail"])
