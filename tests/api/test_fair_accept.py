"""Servers on one socket share what comes at once, and take nothing more when they are closed."""

import asyncio
import socket
from functools import partial

from api.fair_accept import FairLoop

MANY = 20


class _Counting(asyncio.Protocol):
    def __init__(self, taken: list[int], which: int) -> None:
        self._taken, self._which = taken, which

    def connection_made(self, transport: asyncio.BaseTransport) -> None:  # noqa: ARG002
        self._taken.append(self._which)


async def _taken_by_two() -> list[int]:
    loop = asyncio.get_running_loop()
    place = socket.create_server(("127.0.0.1", 0), backlog=MANY)
    # They wait already when the servers begin.
    callers = [socket.create_connection(place.getsockname(), timeout=5) for _ in range(MANY)]
    taken: list[int] = []
    servers = [
        await loop.create_server(partial(_Counting, taken, which), sock=place.dup(), backlog=MANY)
        for which in range(2)
    ]
    async with asyncio.timeout(20):
        while len(taken) < MANY:
            await asyncio.sleep(0.005)
    for server in servers:
        server.close()
    callers.append(socket.create_connection(place.getsockname(), timeout=5))
    await asyncio.sleep(0.05)
    for each in (*callers, place, *(server.sockets[0] for server in servers)):
        each.close()
    return taken


def test_none_takes_all_that_come_at_once() -> None:
    with asyncio.Runner(loop_factory=FairLoop) as runner:
        taken = runner.run(_taken_by_two())
    assert len(taken) == MANY
    assert min(taken.count(0), taken.count(1)) > MANY // 4
