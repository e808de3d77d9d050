"""One table at a time: the place is free before the last byte has left, and when the caller is gone."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.requests import ClientDisconnect

from api.planning import batch


async def _rows() -> AsyncIterator[bytes]:
    yield b"head\r\n"
    await asyncio.sleep(0)
    yield b"row\r\n"


def _is_free() -> bool:
    free = batch._place.acquire(blocking=False)
    if free:
        batch._place.release()
    return free


async def _connected() -> dict[str, Any]:
    await asyncio.Event().wait()
    raise AssertionError("nobody leaves")


_SCOPE: dict[str, Any] = {"type": "http", "asgi": {"spec_version": "2.4"}}


def test_whoever_reads_the_end_finds_it_free() -> None:
    told: list[tuple[bool, bool]] = []

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body":
            told.append((message.get("more_body", False), _is_free()))

    assert batch._place.acquire(blocking=False)
    asyncio.run(batch.Answer(_rows(), {})(_SCOPE, _connected, send))
    assert told == [(True, False), (True, False), (False, True)]
    assert _is_free()


def test_a_caller_who_is_gone_leaves_it_free() -> None:
    async def send(message: Any) -> None:
        if message["type"] == "http.response.body":
            raise OSError

    assert batch._place.acquire(blocking=False)
    with pytest.raises(ClientDisconnect):
        asyncio.run(batch.Answer(_rows(), {})(_SCOPE, _connected, send))
    assert _is_free()
