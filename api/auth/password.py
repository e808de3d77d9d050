"""Sign-in with a local account, and the end of a session."""

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import OAuth2PasswordRequestForm
from pydantic import BaseModel, ConfigDict, Field

from api.auth.caller import presented_credential
from api.auth.cookies import drop_session_cookie, set_session_cookie
from api.auth.cross_site import is_own_page
from api.auth.profile import KeyProfile, Profile, profile_of
from api.dependencies import CurrentCaller, CurrentDatabase, CurrentSettings
from gis_platform.access.credentials import revoke, token_hash
from gis_platform.access.sign_in import Attempt, sign_in
from gis_platform.audit.record import record_on
from gis_platform.errors import BadParameter, Forbidden

router = APIRouter(prefix="/api/auth")


class Token(BaseModel):
    """A bearer token, in the words of OAuth 2 (RFC 6749, section 5.1)."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105  # the kind of token, not a token
    expires_in: int = Field(description="Seconds until it expires.")


class Login(BaseModel):
    """What the sign-in page sends."""

    model_config = ConfigDict(extra="forbid")
    username: str = Field(max_length=200)
    password: str = Field(max_length=2_000)


@router.post("/token")
async def token(
    request: Request,
    response: Response,
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
    database: CurrentDatabase,
    settings: CurrentSettings,
) -> Token:
    """A bearer token for a program, by the OAuth 2 password form."""
    if form.scopes:
        raise BadParameter(
            "Tokens carry the whole role of their account; leave scope out.",
            parameter="scope",
            error="invalid_scope",
            detail_vi="Mã truy cập mang toàn bộ vai trò của tài khoản. Hãy bỏ tham số scope.",
        )
    lifetime = timedelta(hours=settings.token_hours)
    attempt = Attempt(form.username, form.password, address_of(request), "bearer")
    signed_in = await sign_in(database.app_connection, attempt, lifetime)
    response.headers["Cache-Control"] = "no-store"
    return Token(access_token=signed_in.credential.token, expires_in=int(lifetime.total_seconds()))


@router.post("/login")
async def login(
    request: Request, response: Response, body: Login, database: CurrentDatabase, settings: CurrentSettings
) -> Profile:
    """A session for a person: sets the cookie, and ends the session the browser had."""
    if is_own_page(request.headers, settings) is False:
        raise Forbidden(f"Sign in on this platform's own page: {settings.address}.")
    lifetime = timedelta(hours=settings.session_hours)
    attempt = Attempt(body.username, body.password, address_of(request), "session")
    signed_in = await sign_in(database.app_connection, attempt, lifetime)
    before = presented_credential(request.headers)
    if before is not None:
        async with database.app_connection() as connection:
            await revoke(connection, before[1])
        request.app.state.credentials.forget(token_hash(before[1]))
    set_session_cookie(response, signed_in.credential.token, settings)
    response.headers["Cache-Control"] = "no-store"
    return Profile.of(signed_in.caller)


@router.post("/logout", status_code=204)
async def logout(
    request: Request,
    response: Response,
    caller: CurrentCaller,
    database: CurrentDatabase,
    settings: CurrentSettings,
) -> None:
    """End the session or the bearer token that this request carries; without one, nothing happens."""
    presented = presented_credential(request.headers)
    if presented is not None:
        async with database.app_connection() as connection:
            if await revoke(connection, presented[1]):
                await record_on(
                    connection,
                    "sign-out",
                    f"account:{caller.username}",
                    {"kind": presented[0]},
                    actor=caller.actor,
                )
        request.app.state.credentials.forget(token_hash(presented[1]))
    drop_session_cookie(response, settings)


@router.get("/me")
async def me(response: Response, caller: CurrentCaller) -> KeyProfile | Profile:
    """Who the caller is here."""
    response.headers["Cache-Control"] = "no-store"
    return profile_of(caller)


def address_of(request: Request) -> str:
    """Where a request comes from, as the server saw it; proxies are the server's business."""
    return request.client.host if request.client else "unknown"
