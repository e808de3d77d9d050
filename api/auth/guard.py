"""What machine keys may do, in one place ahead of every route: how much, how fast, and which part of the API.

Plain ASGI, within ``KnowCaller``; to a caller without a key it costs one look at the query.
"""

import re

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_response
from gis_platform.access.caller import Caller
from gis_platform.access.quota import Allowance, KeyMeter
from gis_platform.access.scopes import require_scope
from gis_platform.errors import BadParameter, Forbidden, Problem

_SECRET = re.compile(
    rb"(?:^|&)(?P<name>x[-_]api[-_]key|api[-_]?key|access_token)=|(?:^|&)(?P<holder>[^=&]*)=gis_[kbs]_",
    re.IGNORECASE,
)

# What a key may always look at: who it is, and how the API is used.
_FREE = frozenset({"/api/auth/me", "/api/openapi.json", "/api/docs"})
_FOR_PEOPLE = frozenset({"auth", "keys"})


class GuardKeys:
    """Refuses a key that asks too much or what it has no scope for, and tells each key what it has left."""

    def __init__(self, app: ASGIApp, meter: KeyMeter) -> None:
        self.app = app
        self.meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        caller: Caller = scope["state"]["caller"]
        try:
            _refuse_in_query(scope["query_string"])
            if caller.key is not None:
                allowance = self.meter.admit(caller.key)
                send = _telling(send, allowance)
                if allowance.refusal is not None:
                    raise allowance.refusal
                _require_part(caller, scope["path"])
        except Problem as problem:
            await problem_response(Request(scope), problem)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _refuse_in_query(query: bytes) -> None:
    found = _SECRET.search(query) if query else None
    if found is None:
        return
    name = (found["name"] or found["holder"]).decode("ascii", "replace")[:40]
    raise BadParameter(
        "Keys and tokens are taken in a header only, Authorization: Bearer or X-API-Key: addresses are kept "
        "in logs, histories and links. One that was sent like this should be revoked.",
        parameter=name,
    )


def _require_part(caller: Caller, path: str) -> None:
    """A part of ``/api`` needs a scope of its own; layers are looked at where they are found."""
    start, _, rest = path.removeprefix("/").partition("/")
    if start != "api" or path in _FREE:
        return
    part = rest.partition("/")[0][:63]
    if part in _FOR_PEOPLE:
        raise Forbidden("Sign-in and keys are for people; a key cannot be used here.")
    require_scope(caller, "api", part)


def _telling(send: Send, allowance: Allowance) -> Send:
    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["RateLimit-Limit"] = str(allowance.limit)
            headers["RateLimit-Remaining"] = str(allowance.remaining)
            headers["RateLimit-Reset"] = str(allowance.resets_in)
        await send(message)

    return told
