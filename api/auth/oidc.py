"""Sign-in at the OpenID Connect issuer: authorization code with PKCE, state and nonce."""

import re
from collections.abc import Mapping
from datetime import timedelta
from html import escape
from typing import Annotated, Any

import httpx2
from authlib.integrations.starlette_client import OAuthError
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from joserfc.errors import JoseError
from starlette.responses import Response

from api.auth.cookies import set_session_cookie
from api.auth.oidc_client import FLOW_COOKIE, FLOW_PATH, Issuer, issuer_of, keep_flow, restore_flow
from api.auth.password import address_of
from api.dependencies import CurrentDatabase, CurrentSettings
from api.strict import only_known_parameters
from gis_platform.access.issuer_accounts import (
    Identity,
    claimed_roles,
    refused_by_issuer,
    sign_in_from_issuer,
)
from gis_platform.errors import Forbidden, Unavailable
from gis_platform.settings import Settings

router = APIRouter(prefix="/api/auth/oidc")

# Anyone can put anything into the address of the callback; only what looks like a code is repeated.
_ERROR = re.compile(r"[a-z_]{1,40}")

# A redirect would still count as coming from the issuer's site, and the strict cookie would stay behind.
_ARRIVED = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Đã đăng nhập</title>
<meta http-equiv="refresh" content="0;url={target}"></head>
<body><p>Đã đăng nhập. <a href="{target}">Tiếp tục</a></p>
<p lang="en">Signed in. <a href="{target}">Continue</a></p></body></html>"""


@router.get(
    "/login",
    status_code=302,
    response_class=Response,
    dependencies=[Depends(only_known_parameters)],
)
async def oidc_login(
    request: Request,
    settings: CurrentSettings,
    next_page: Annotated[str, Query(max_length=2_000, description="Path of ours to go on to.")] = "/",
) -> Response:
    """Send the browser to the issuer; ``next_page`` is where it goes after sign-in, a path of ours."""
    issuer = await issuer_of(request)
    request.scope["session"] = {"next_page": _own_path(next_page)}
    answer: Response = await issuer.client.authorize_redirect(
        request, f"{settings.address}/api/auth/oidc/callback"
    )
    keep_flow(request, answer, settings)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get("/callback", response_class=HTMLResponse)
async def oidc_callback(
    request: Request, database: CurrentDatabase, settings: CurrentSettings
) -> HTMLResponse:
    """The way back from the issuer: a session, or a clear refusal.

    What else an issuer adds to the address is passed over (RFC 6749, section 4.1.2).
    """
    issuer = await issuer_of(request)
    restore_flow(request)
    target = _own_path(str(request.session.get("next_page", "/")))
    try:
        identity = await _vouched_for(request, issuer, settings)
    except (OAuthError, JoseError) as refusal:
        reason = refusal.error if _ERROR.fullmatch(str(refusal.error)) else "unknown error"
        await refused_by_issuer(database.app_connection, address_of(request), reason)
        raise Forbidden(
            f"Sign-in at {issuer.name} did not succeed ({reason}). "
            f"Start again at {settings.address}/api/auth/oidc/login."
        ) from refusal
    except (httpx2.HTTPError, ValueError, KeyError, TypeError, RuntimeError) as fault:
        raise Unavailable(f"The sign-in service {issuer.name} gave no answer that can be used.") from fault
    lifetime = timedelta(hours=settings.session_hours)
    signed_in = await sign_in_from_issuer(database.app_connection, identity, address_of(request), lifetime)
    page = HTMLResponse(_ARRIVED.format(target=escape(target)))
    set_session_cookie(page, signed_in.credential.token, settings)
    page.delete_cookie(FLOW_COOKIE, path=FLOW_PATH)
    page.headers["Cache-Control"] = "no-store"
    page.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    # The address of this page holds the code.
    page.headers["Referrer-Policy"] = "no-referrer"
    return page


async def _vouched_for(request: Request, issuer: Issuer, settings: Settings) -> Identity:
    """The person, from an id token whose signature, issuer, audience, times and nonce were checked."""
    named = request.query_params.get("iss")
    if named is not None and named != issuer.name:
        raise OAuthError("mismatching_issuer", "the answer names another issuer (RFC 9207)")
    token: Mapping[str, Any] = await issuer.client.authorize_access_token(
        request,
        claims_options={
            "iss": {"essential": True, "value": issuer.name},
            "aud": {"essential": True, "value": settings.oidc_client_id},
        },
    )
    claims: Mapping[str, Any] | None = token.get("userinfo")
    if claims is None:
        raise OAuthError("missing_id_token", "the answer holds no id token")
    username = str(claims.get("preferred_username") or claims.get("email") or "")
    return Identity(
        issuer=issuer.name,
        subject=str(claims["sub"]),
        roles=claimed_roles(claims, settings.oidc_role_claim),
        preferred_username=username,
        display_name=str(claims.get("name") or username),
    )


def _own_path(target: str) -> str:
    """A path on this host, or the start page: never an address that leads away."""
    plain = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if plain and target.isprintable() and "\\" not in target else "/"
