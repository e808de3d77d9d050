"""Connections are shared out evenly among server processes that listen on one socket.

libuv takes all that wait in one go: whichever process wakes first gets every connection of a proxy or a page,
and the others stand idle.
"""

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import uvloop

# Whoever has taken one lets the others take the next. It bounds new connections to a thousand a second and
# process, which is as many as it could answer.
_TURN_SECONDS = 0.001


class FairLoop(uvloop.Loop):
    """uvloop, save that one connection is taken at a time."""

    async def create_server(self, protocol_factory: Any, *args: Any, **options: Any) -> Any:
        """A server; one on a socket that was handed over takes its connections fairly."""
        place = options.get("sock")
        if place is None or options.get("ssl") is not None:
            return await super().create_server(protocol_factory, *args, **options)
        place.setblocking(False)
        place.listen(options.get("backlog", 100))
        return FairServer(self, place, protocol_factory)


class FairServer:
    """What uvicorn needs of a server."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, place: socket.socket, factory: Callable[[], asyncio.Protocol]
    ) -> None:
        self.sockets = (place,)
        self._loop = loop
        self._place = place
        self._factory = factory
        self._beginning: set[asyncio.Task[Any]] = set()
        self._closed = False
        self._listen()

    def _take(self) -> None:
        try:
            connection, _ = self._place.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return  # another process was first, or the caller has gone
        except OSError:
            # No more files may be open: what waits is taken when some are closed.
            self._stand_back(1.0)
            return
        self._stand_back(_TURN_SECONDS)
        connection.setblocking(False)
        begun = self._loop.create_task(self._loop.connect_accepted_socket(self._factory, connection))
        self._beginning.add(begun)
        begun.add_done_callback(self._beginning.discard)

    def _stand_back(self, seconds: float) -> None:
        self._loop.remove_reader(self._place)
        self._loop.call_later(seconds, self._listen)

    def _listen(self) -> None:
        if not self._closed and self._place.fileno() >= 0:
            self._loop.add_reader(self._place, self._take)

    def close(self) -> None:
        """Take no more."""
        self._closed = True
        if self._place.fileno() >= 0:
            self._loop.remove_reader(self._place)

    async def wait_closed(self) -> None:
        """Nothing is left to wait for: connections are uvicorn's own to end."""
