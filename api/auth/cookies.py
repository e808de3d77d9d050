"""The session cookie: unreadable to scripts, and never sent along from another site."""

from starlette.responses import Response

from gis_platform.settings import Settings

SESSION_COOKIE = "gis_session"


def is_https(settings: Settings) -> bool:
    """True where people reach the platform over TLS."""
    return settings.address.startswith("https://")


def set_session_cookie(response: Response, token: str, settings: Settings) -> None:
    """Give the browser its session."""
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=settings.session_hours * 3600,
        path="/",
        httponly=True,
        samesite="strict",
        secure=is_https(settings),
    )


def drop_session_cookie(response: Response, settings: Settings) -> None:
    """Take the session from the browser."""
    response.delete_cookie(
        SESSION_COOKIE, path="/", httponly=True, samesite="strict", secure=is_https(settings)
    )
