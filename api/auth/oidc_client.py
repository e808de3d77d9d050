"""Our side of OpenID Connect: the client of the configured issuer, and the cookie of a sign-in under way."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.starlette_client import OAuth
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from api.auth.cookies import is_https
from gis_platform.errors import NotFound, Unavailable
from gis_platform.settings import Settings

FLOW_COOKIE = "gis_oidc"
FLOW_PATH = "/api/auth/oidc"
FLOW_SECONDS = 600

#: Signatures an id token may carry: those that need the issuer's private key.
_ALGORITHMS = frozenset(
    ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
)
_OFFERED = "id_token_signing_alg_values_supported"


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuer, and the client that talks to it."""

    name: str
    client: Any


async def issuer_of(request: Request) -> Issuer:
    """The configured issuer, its metadata loaded and checked; kept for the life of the process.

    Raises:
        NotFound: no issuer is configured.
        Unavailable: the issuer cannot be reached, or is not the one that was configured.
    """
    settings: Settings = request.app.state.settings
    if settings.oidc_issuer is None or settings.oidc_client_secret is None:
        raise NotFound(
            "Sign-in by OpenID Connect is not set up here; set GIS_OIDC_ISSUER.",
            detail_vi="Hệ thống này chưa thiết lập đăng nhập bằng OpenID Connect. Hãy đăng nhập bằng "
            "tên và mật khẩu, hoặc báo cho quản trị hệ thống.",
        )
    known: Issuer | None = getattr(request.app.state, "oidc_issuer", None)
    if known is None:
        known = request.app.state.oidc_issuer = await _discover(settings, settings.oidc_issuer)
    return known


async def _discover(settings: Settings, name: str) -> Issuer:
    place = urlsplit(name)
    if place.scheme != "https" and place.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise Unavailable(f"GIS_OIDC_ISSUER {name} must be an https address.", parameter="GIS_OIDC_ISSUER")
    secret = settings.oidc_client_secret
    client = OAuth().register(
        "issuer",
        client_id=settings.oidc_client_id,
        client_secret=secret.get_secret_value() if secret else None,
        server_metadata_url=f"{name.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10},
    )
    try:
        metadata = await client.load_server_metadata()
    except (httpx2.HTTPError, ValueError) as fault:
        raise Unavailable(f"The sign-in service {name} cannot be reached now: {fault}.") from fault
    if metadata.get("issuer") != name:
        raise Unavailable(
            f"{name} says that it is the issuer {metadata.get('issuer')!r}; "
            "set GIS_OIDC_ISSUER to exactly that.",
            parameter="GIS_OIDC_ISSUER",
        )
    usable = _ALGORITHMS.intersection(metadata.get(_OFFERED) or ["RS256"])
    if not usable:
        raise Unavailable(f"{name} signs id tokens in no way that is safe to accept: {metadata[_OFFERED]}.")
    metadata[_OFFERED] = sorted(usable)
    return Issuer(name, client)


def keep_flow(request: Request, response: Response, settings: Settings) -> None:
    """Send state, nonce and PKCE verifier of a sign-in along with the browser, signed.

    Lax, not strict: the way back comes from the issuer's site.
    """
    response.set_cookie(
        FLOW_COOKIE,
        _serializer(request).dumps(request.session),
        max_age=FLOW_SECONDS,
        path=FLOW_PATH,
        httponly=True,
        samesite="lax",
        secure=is_https(settings),
    )


def restore_flow(request: Request) -> None:
    """Put what ``keep_flow`` sent back on the request; empty where it is absent, old or not ours."""
    try:
        flow = _serializer(request).loads(request.cookies.get(FLOW_COOKIE, ""), max_age=FLOW_SECONDS)
    except BadSignature:
        flow = {}
    request.scope["session"] = flow if isinstance(flow, dict) else {}


def _serializer(request: Request) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(request.app.state.secret, salt="oidc-flow")
