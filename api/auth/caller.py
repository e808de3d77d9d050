"""Who sent a request: a bearer token wins over the session cookie; nothing at all is the public."""

import psycopg
from sqlalchemy.exc import DBAPIError
from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from api.auth.cookies import SESSION_COOKIE
from gis_platform.access.caller import Caller
from gis_platform.access.credentials import CredentialKind, resolve
from gis_platform.database.pools import Database
from gis_platform.errors import SignInNeeded, Unavailable


async def resolve_caller(headers: Headers, database: Database) -> Caller:
    """The caller of a request with these headers.

    Raises:
        SignInNeeded: there is an ``Authorization`` header and it names nobody. A program whose token ended
            must learn so, not be answered as the public. A session that ended is the public.
        Unavailable: the database cannot be asked.
    """
    presented = presented_credential(headers)
    if presented is None:
        return Caller.anonymous()
    kind, token = presented
    try:
        async with database.app_connection() as connection:
            caller = await resolve(connection, token, kind)
    except (DBAPIError, psycopg.OperationalError) as fault:
        raise Unavailable("The database cannot be reached now.", retry_after=5) from fault
    if caller is not None:
        return caller
    if kind == "bearer":
        raise SignInNeeded(
            "The bearer token is unknown, expired or revoked. Get a new one at POST /api/auth/token.",
            error="invalid_token",
        )
    return Caller.anonymous()


def presented_credential(headers: Headers) -> tuple[CredentialKind, str] | None:
    """The token a request carries and what it claims to be; None where it carries none.

    Raises:
        SignInNeeded: the ``Authorization`` header is not of the form ``Bearer <token>``.
    """
    authorization = headers.get("authorization")
    if authorization is not None:
        scheme, _, token = authorization.strip().partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise SignInNeeded("The Authorization header must be: Bearer <token>.", error="invalid_request")
        return "bearer", token.strip()
    token = cookie_parser(headers.get("cookie", "")).get(SESSION_COOKIE, "")
    return ("session", token) if token else None
