"""What happens to every request: an id, a caller, a log line, a count.

Plain ASGI, so that the hot paths keep their speed.
"""

import os
import time

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.auth.caller import HEADERS, resolve_caller
from api.auth.cross_site import refuse_cross_site
from api.problems import problem_response, unexpected_response
from gis_platform.access.caller import Caller
from gis_platform.errors import Problem
from gis_platform.telemetry.access_log import access_line
from gis_platform.telemetry.metrics import Metrics

_NO_SNIFFING = (b"x-content-type-options", b"nosniff")
# What everybody may read without signing in, a page of any host may read: maps elsewhere open our styles.
_ANY_PAGE = (b"access-control-allow-origin", b"*")


class Observe:
    """Gives each request an id, counts it and logs it when it is over."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = os.urandom(16).hex()
        status, answered = 500, False
        headers = [(b"x-request-id", request_id.encode()), _NO_SNIFFING]

        async def sent(message: Message) -> None:
            nonlocal status, answered
            if message["type"] == "http.response.start":
                status, answered = message["status"], True
                message["headers"] = [*message.get("headers", ()), *headers]
                _keep_private(scope, message)
            await send(message)

        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            await self.app(scope, receive, sent)
        except Exception as error:
            # Here and not further out: so the answer has its id, and the log line the same one.
            if answered:
                raise
            await unexpected_response(Request(scope), error)(scope, receive, sent)
        finally:
            seconds = time.perf_counter() - started
            route = str(scope.get("hot_path") or getattr(scope.get("route"), "path", "unmatched"))
            self.metrics.answered(scope["method"], route, status, seconds)
            # The path and no query: a query may hold what somebody looked for.
            access_line(scope["method"], scope["path"], status, round(seconds * 1e3, 1), request_id)
            structlog.contextvars.unbind_contextvars("request_id")


def _keep_private(scope: Scope, message: Message) -> None:
    """What is answered to one caller is kept for no other, unless the route knows that it is for all."""
    caller = scope.get("state", {}).get("caller")
    if isinstance(caller, Caller) and caller.kind == "anonymous":
        if scope["method"] in ("GET", "HEAD"):
            message["headers"].append(_ANY_PAGE)
        return
    headers = MutableHeaders(scope=message)
    headers.setdefault("Cache-Control", "private, no-store")
    if "public" not in headers["Cache-Control"]:
        for name in ("Authorization", "Cookie"):
            if name.lower() not in headers.get("Vary", "").lower():
                headers.add_vary_header(name)


class KnowCaller:
    """Puts the caller on the request: from a bearer token, else the session cookie, else the public."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            caller = Caller.anonymous()
            if any(name in headers for name in HEADERS):
                try:
                    caller = await resolve_caller(headers, scope["app"].state)
                    refuse_cross_site(scope["method"], headers, caller, scope["app"].state.settings)
                except Problem as problem:
                    await problem_response(Request(scope), problem)(scope, receive, send)
                    return
            scope.setdefault("state", {})["caller"] = caller
        await self.app(scope, receive, send)
