"""Overload: what cannot be begun soon is refused at once, and said when to come back; no request piles up."""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_response
from gis_platform.errors import Unavailable

#: Those who look after the server must be answered when it is busiest.
EXEMPT = frozenset({"/healthz", "/readyz", "/metrics"})


class ShedLoad:
    """Lets so many requests be in progress in this process; the surplus is a 503 with ``Retry-After``.

    A request is over when its last bytes are handed to the server: a client that is slow to take them keeps
    nobody else out. Within ``LimitBody``, so that one that is slow to send does not either.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most
        self.in_progress = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in EXEMPT:
            await self.app(scope, receive, send)
            return
        if self.in_progress >= self.most:
            busy = Unavailable("The server is busy; please try again in a few seconds.", retry_after=2)
            await problem_response(Request(scope), busy)(scope, receive, send)
            return
        self.in_progress += 1
        counted = True

        def over() -> None:
            nonlocal counted
            self.in_progress -= counted
            counted = False

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                over()
            await send(message)

        try:
            await self.app(scope, receive, sent)
        finally:
            over()
