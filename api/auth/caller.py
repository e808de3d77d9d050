"""Who sent a request: a key or bearer token wins over the session cookie; nothing at all is the public."""

import psycopg
from sqlalchemy.exc import DBAPIError
from starlette.datastructures import Headers, State
from starlette.requests import cookie_parser
from starlette.types import Scope

from api.auth.cookies import SESSION_COOKIE
from api.auth.cross_site import refuse_cross_site
from gis_platform.access.caller import Caller
from gis_platform.access.credentials import PREFIXES, CredentialKind, resolve, token_hash
from gis_platform.access.keys import resolve_key
from gis_platform.access.known import KnownCredentials
from gis_platform.database.pools import Database
from gis_platform.errors import SignInNeeded, Unavailable

# Headers a caller may be told by; without any of them nobody need be looked for.
_TELLING = frozenset({b"authorization", b"x-api-key", b"cookie"})
_NOBODY = Caller.anonymous()


async def caller_of(scope: Scope) -> Caller:
    """The caller of a request: by bearer token or key, else by the session cookie, else the public.

    Raises:
        Problem: as ``resolve_caller``; Forbidden where a page of another site asks in a session's name.
    """
    if not any(name in _TELLING for name, _ in scope["headers"]):
        return _NOBODY
    headers, state = Headers(scope=scope), scope["app"].state
    caller = await resolve_caller(headers, state)
    refuse_cross_site(scope["method"], headers, caller, state.settings)
    return caller


async def resolve_caller(headers: Headers, state: State) -> Caller:
    """The caller of a request with these headers; ``state`` is the application's.

    Raises:
        SignInNeeded: there is an ``Authorization`` or ``X-API-Key`` header and it names nobody. A program
            whose token ended must learn so, and is not the public. A session that ended is the public.
        Unavailable: the database cannot be asked.
    """
    presented = presented_credential(headers)
    if presented is None:
        return Caller.anonymous()
    kind, token = presented
    known: KnownCredentials = state.credentials
    digest = token_hash(token)
    caller = known.caller(digest, kind)
    if caller is not None:
        return caller
    database: Database = state.database
    try:
        async with database.app_connection() as connection:
            held = await (
                resolve_key(connection, token) if kind == "key" else resolve(connection, token, kind)
            )
    except (DBAPIError, psycopg.OperationalError) as fault:
        raise Unavailable("The database cannot be reached now.", retry_after=5) from fault
    if held is not None:
        known.keep(digest, held)
        return held.caller
    if kind == "bearer":
        raise SignInNeeded(
            "The bearer token is unknown, expired or revoked. Get a new one at POST /api/auth/token.",
            error="invalid_token",
            detail_vi="Mã truy cập không đúng, đã hết hạn hoặc bị thu hồi. Hãy đăng nhập lại.",
        )
    return Caller.anonymous()


def presented_credential(headers: Headers) -> tuple[CredentialKind, str] | None:
    """The token a request carries and what it claims to be; None where it carries none.

    Raises:
        SignInNeeded: a header is not of the form it should have, or two name different callers.
    """
    authorization, key = headers.get("authorization"), headers.get("x-api-key")
    if authorization is not None:
        scheme, _, token = authorization.strip().partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise SignInNeeded("The Authorization header must be: Bearer <token>.", error="invalid_request")
        if key is not None and key.strip() != token:
            raise SignInNeeded(
                "Authorization and X-API-Key name different callers; send one.", error="invalid_request"
            )
        return "key" if token.startswith(PREFIXES["key"]) else "bearer", token
    if key is not None:
        if not key.strip().startswith(PREFIXES["key"]):
            raise SignInNeeded(
                f"The X-API-Key header must be a key: {PREFIXES['key']}...", error="invalid_request"
            )
        return "key", key.strip()
    token = cookie_parser(headers.get("cookie", "")).get(SESSION_COOKIE, "")
    return ("session", token) if token else None
