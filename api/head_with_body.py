"""Head and body of an answer leave together.

uvicorn writes them one after the other. Each is then a packet of its own, and the client is woken twice: for
a small answer that costs more than making it.
"""

import asyncio


class HeadWithBody:
    """What answers are written to: a head waits for its body, but not beyond the loop's next turn."""

    __slots__ = ("_head", "_loop", "_out", "_waits_for_head")

    def __init__(self, out: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._out = out
        self._loop = loop
        self._head = b""
        self._waits_for_head = False

    def begin(self) -> None:
        """What is written next is the head of an answer."""
        self._waits_for_head = True

    def write(self, data: bytes) -> None:
        """As a transport does."""
        if self._waits_for_head:
            self._waits_for_head = False
            self._head = data
            self._loop.call_soon(self._flush)
        elif self._head:
            head, self._head = self._head, b""
            self._out.writelines((head, data))
        else:
            self._out.write(data)

    def is_closing(self) -> bool:
        """As a transport does."""
        return self._out.is_closing()

    def close(self) -> None:
        """As a transport does."""
        self._flush()
        self._out.close()

    def _flush(self) -> None:
        if self._head:
            head, self._head = self._head, b""
            self._out.write(head)
