"""Cross-site request forgery: what a browser changes on a session's behalf must come from our own pages."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

from gis_platform.access.caller import Caller
from gis_platform.errors import Forbidden
from gis_platform.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def refuse_cross_site(method: str, headers: Headers, caller: Caller, settings: Settings) -> None:
    """Refuse a change asked for with a session cookie from a page that is not ours.

    Bearer tokens are not sent by browsers on their own, so programs are not asked where they come from.

    Raises:
        Forbidden: the request says that it comes from elsewhere, or does not say where it comes from.
    """
    if caller.kind == "session" and method not in SAFE_METHODS and is_own_page(headers, settings) is not True:
        raise Forbidden(
            "Changes with a session are taken from this platform's own pages only. "
            f"Open {settings.address}, or send a bearer token instead of the cookie."
        )


def is_own_page(headers: Headers, settings: Settings) -> bool | None:
    """Whether a browser says that one of our pages asks; None where it says nothing.

    ``Sec-Fetch-Site`` cannot be set by scripts, but is only sent over TLS and to this very machine;
    ``Origin`` is sent with every unsafe request.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    if origin is None:
        return None
    return origin.lower() in own_origins(headers, settings)


def own_origins(headers: Headers, settings: Settings) -> frozenset[str]:
    """Where our pages are: the public address, or, without one, whatever name the request reached us by."""
    address = urlsplit(settings.address)
    own = {f"{address.scheme}://{address.netloc}".lower()}
    if settings.public_url is None and (host := headers.get("host")):
        own.add(f"http://{host}".lower())
    return frozenset(own)
