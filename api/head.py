"""HEAD is answered as GET is, without the body: for monitors and caches that ask whether and how old."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class AnswerHead:
    """Hands HEAD to the routes as GET; lines and counts outside still say HEAD."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        asked = {**scope, "method": "GET"}
        try:
            await self.app(asked, receive, without_body)
        finally:
            # The route is found further in, and counted further out.
            scope.update({name: asked[name] for name in ("route", "hot_path") if name in asked})
