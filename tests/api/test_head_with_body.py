"""An answer's head leaves with its body; one whose body is late leaves alone."""

import asyncio
import logging
import socket

import uvicorn
import uvloop
from starlette.types import Receive, Scope, Send

from api.http_bounds import BoundedHttp


class _Pieces:
    """A server on the real protocol; tells what single reads of a client get."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        headers = [(b"content-length", b"4")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if scope["path"] == "/late":
            await self.gate.wait()
        await send({"type": "http.response.body", "body": b"body"})


def test_head_and_body_are_one_piece_unless_the_body_is_late() -> None:
    async def run() -> None:
        pieces = _Pieces()
        config = uvicorn.Config(pieces.answer, http=BoundedHttp, log_config=None, interface="asgi3")
        config.load()
        state = uvicorn.server.ServerState()
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        await loop.connect_accepted_socket(
            lambda: BoundedHttp(config=config, server_state=state, app_state={}), theirs
        )
        await loop.sock_sendall(ours, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        whole = await loop.sock_recv(ours, 10_000)
        assert whole.startswith(b"HTTP/1.1 200 OK\r\n")
        assert whole.endswith(b"\r\n\r\nbody")
        await loop.sock_sendall(ours, b"GET /late HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await loop.sock_recv(ours, 10_000)).endswith(b"\r\n\r\n")
        pieces.gate.set()
        assert await loop.sock_recv(ours, 10_000) == b"body"
        ours.close()

    logging.getLogger("uvicorn.error").setLevel("WARNING")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run())
