"""Tiles kept in one server process, and forgotten the moment what they show has changed.

A tile is kept only while changes are heard of: without that it could be stale, so it is made anew each time.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b

from gis_platform.serving.changes import Box, tiles_touched

Key = tuple[str, int, int, int]
"""Layer, zoom, column, row."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile's bytes, and the tag that changes with them."""

    content: bytes
    etag: bytes

    @classmethod
    def of(cls, content: bytes) -> "Tile":
        """Tag the bytes."""
        return cls(content, b'"' + blake2b(content, digest_size=12).hexdigest().encode() + b'"')


class _Making:
    """A tile being made: those who ask for it meanwhile wait for the same one."""

    __slots__ = ("_waiting", "stale")

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[Tile | None]] = []
        self.stale = False

    async def wait(self) -> Tile | None:
        """The tile; None where whoever made it was called off, and somebody else has to."""
        turn: asyncio.Future[Tile | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        return await turn

    def made(self, tile: Tile | None) -> None:
        """Tell those who wait."""
        for turn in self._waiting:
            if not turn.done():
                turn.set_result(tile)

    def failed(self, fault: Exception) -> None:
        """It would not go better for those who wait."""
        for turn in self._waiting:
            if not turn.done():
                turn.set_exception(fault)


class TileCache:
    """Keeps the tiles used last, up to a number of bytes; what the public sees, and nothing else."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._held = 0
        self._tiles: OrderedDict[Key, Tile] = OrderedDict()
        self._places: dict[tuple[str, int], set[Key]] = {}
        self._making: dict[Key, _Making] = {}
        self._listening = False

    def get(self, key: Key) -> Tile | None:
        """A kept tile."""
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
        return tile

    async def get_or_make(self, key: Key, make: Callable[[], Awaitable[bytes]]) -> Tile:
        """A kept tile, or a new one; asked for by several at once it is made once."""
        while True:
            kept = self.get(key)
            if kept is not None:
                return kept
            making = self._making.get(key)
            if making is None or making.stale:
                return await self._make(key, make)
            tile = await making.wait()
            if tile is not None:
                return tile

    async def _make(self, key: Key, make: Callable[[], Awaitable[bytes]]) -> Tile:
        making = self._making[key] = _Making()
        try:
            tile = Tile.of(await make())
        except Exception as fault:
            making.failed(fault)
            raise
        except BaseException:
            making.made(None)
            raise
        finally:
            if self._making.get(key) is making:
                del self._making[key]
        if self._listening and not making.stale:
            self._keep(key, tile)
        making.made(tile)
        return tile

    def _keep(self, key: Key, tile: Tile) -> None:
        if len(tile.content) > self._most:
            return
        self._tiles[key] = tile
        self._places.setdefault(key[:2], set()).add(key)
        self._held += _weight(tile)
        while self._held > self._most:
            oldest = next(iter(self._tiles))
            self._drop(oldest)

    def _drop(self, key: Key) -> None:
        tile = self._tiles.pop(key, None)
        if tile is not None:
            self._held -= _weight(tile)
            self._places[key[:2]].discard(key)

    def listening(self, heard: bool) -> None:
        """Changes are heard of from now on, or not any more: either way what was kept may be old."""
        self._listening = heard and self._most > 0
        for key in list(self._tiles):
            self._drop(key)
        for making in self._making.values():
            making.stale = True

    def changed(self, layer: str, boxes: Iterable[Box] | None) -> None:
        """Forget the tiles of a layer that touch the boxes; all of them where ``boxes`` is None."""
        places = list(boxes) if boxes is not None else None
        for (name, zoom), keys in self._places.items():
            if name == layer and keys:
                for key in keys.copy() if places is None else tiles_touched(layer, zoom, places, keys):
                    self._drop(key)
        for key, making in self._making.items():
            if key[0] == layer and (places is None or key in tiles_touched(layer, key[1], places, {key})):
                making.stale = True


def _weight(tile: Tile) -> int:
    # What Python itself needs to hold one.
    return len(tile.content) + 400
