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

    __slots__ = ("stale", "tile")

    def __init__(self, tile: "asyncio.Task[Tile]") -> None:
        self.tile = tile
        self.stale = False


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
        kept = self.get(key)
        if kept is not None:
            return kept
        making = self._making.get(key)
        if making is None or making.stale:
            making = _Making(asyncio.ensure_future(self._make(make)))
            self._making[key] = making
            making.tile.add_done_callback(lambda _: self._made(key, making))
        # One who gives up must not take the tile from the others.
        return await asyncio.shield(making.tile)

    @staticmethod
    async def _make(make: Callable[[], Awaitable[bytes]]) -> Tile:
        return Tile.of(await make())

    def _made(self, key: Key, making: _Making) -> None:
        if self._making.get(key) is making:
            del self._making[key]
        failed = making.tile.cancelled() or making.tile.exception() is not None
        if not failed and not making.stale and self._listening:
            self._keep(key, making.tile.result())

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
