"""Kept tiles go the moment what they show changes, and none is kept that was begun before."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from gis_platform.serving.changes import Box, read_change, tiles_touched
from gis_platform.serving.tile import WORLD_M
from gis_platform.serving.tile_cache import TileCache

NEAR, FAR = ("streets", 16, 52_100, 30_850), ("streets", 16, 52_110, 30_850)


def _ground(key: tuple[str, int, int, int]) -> Box:
    size = WORLD_M / 2 ** key[1]
    west, north = key[2] * size - WORLD_M / 2, WORLD_M / 2 - key[3] * size
    return Box(west + size / 2, north - size / 2, west + size / 2, north - size / 2)


def _cache(most: int = 1_000_000) -> TileCache:
    cache = TileCache(most)
    cache.listening(True)
    return cache


def _making(content: bytes, made: list[bytes]) -> Callable[[], Awaitable[bytes]]:
    async def make() -> bytes:
        made.append(content)
        await asyncio.sleep(0)
        return content

    return make


async def _ask(cache: TileCache, key: tuple[str, int, int, int], content: bytes, made: list[bytes]) -> bytes:
    tile = await cache.get_or_make(key, _making(content, made))
    return tile.content


def test_it_is_made_once_until_something_in_it_changes() -> None:
    async def run() -> list[bytes]:
        cache, made = _cache(), list[bytes]()
        assert await _ask(cache, NEAR, b"1", made) == b"1"
        assert await _ask(cache, NEAR, b"2", made) == b"1"
        cache.changed("streets", [_ground(FAR)])
        assert await _ask(cache, NEAR, b"3", made) == b"1"
        cache.changed("waters", None)
        assert await _ask(cache, NEAR, b"4", made) == b"1"
        cache.changed("streets", [_ground(NEAR)])
        assert await _ask(cache, NEAR, b"5", made) == b"5"
        cache.changed("streets", None)
        assert await _ask(cache, NEAR, b"6", made) == b"6"
        return made

    assert asyncio.run(run()) == [b"1", b"5", b"6"]


def test_several_who_ask_at_once_wait_for_one() -> None:
    async def run() -> list[bytes]:
        cache, made = _cache(), list[bytes]()
        answers = await asyncio.gather(*(_ask(cache, NEAR, str(n).encode(), made) for n in range(20)))
        assert set(answers) == {b"0"}
        return made

    assert asyncio.run(run()) == [b"0"]


def test_what_was_begun_before_a_change_is_not_kept_nor_given_to_who_comes_after() -> None:
    async def run() -> None:
        cache, gate = _cache(), asyncio.Event()

        async def slow() -> bytes:
            await gate.wait()
            return b"old"

        before = asyncio.ensure_future(cache.get_or_make(NEAR, slow))
        await asyncio.sleep(0)
        cache.changed("streets", [_ground(NEAR)])
        after = asyncio.ensure_future(_ask(cache, NEAR, b"new", []))
        await asyncio.sleep(0)
        gate.set()
        assert (await before).content == b"old"
        assert await after == b"new"
        assert await _ask(cache, NEAR, b"newer", []) == b"new"

    asyncio.run(run())


def test_while_changes_are_not_heard_of_nothing_is_kept() -> None:
    async def run() -> list[bytes]:
        cache, made = _cache(), list[bytes]()
        await _ask(cache, NEAR, b"1", made)
        cache.listening(False)
        await _ask(cache, NEAR, b"2", made)
        await _ask(cache, NEAR, b"3", made)
        cache.listening(True)
        await _ask(cache, NEAR, b"4", made)
        await _ask(cache, NEAR, b"5", made)
        return made

    assert asyncio.run(run()) == [b"1", b"2", b"3", b"4"]


def test_it_holds_no_more_than_it_may_and_drops_what_was_used_longest_ago() -> None:
    async def run() -> None:
        cache = _cache(most=3_000)
        keys = [("streets", 16, 52_100 + n, 30_850) for n in range(3)]
        for key in keys[:2]:
            await _ask(cache, key, b"x" * 1_000, [])
        cache.get(keys[0])
        await _ask(cache, keys[2], b"x" * 1_000, [])
        assert [cache.get(key) is not None for key in keys] == [True, False, True]
        await _ask(cache, ("streets", 1, 0, 0), b"x" * 5_000, [])
        assert cache.get(("streets", 1, 0, 0)) is None

    asyncio.run(run())


def test_a_tile_that_fails_is_asked_for_again() -> None:
    async def run() -> None:
        cache = _cache()

        async def fail() -> bytes:
            raise LookupError("away")

        with pytest.raises(LookupError, match="away"):
            await cache.get_or_make(NEAR, fail)
        assert await _ask(cache, NEAR, b"1", []) == b"1"

    asyncio.run(run())


def test_who_gives_up_takes_the_tile_from_nobody() -> None:
    async def run() -> list[bytes]:
        cache, made, gate = _cache(), list[bytes](), asyncio.Event()

        async def slow() -> bytes:
            made.append(b"begun")
            await gate.wait()
            return b"1"

        asked = [asyncio.ensure_future(cache.get_or_make(NEAR, slow)) for _ in range(3)]
        await asyncio.sleep(0)
        asked[0].cancel()
        await asyncio.sleep(0)
        gate.set()
        assert [tile.content for tile in await asyncio.gather(*asked[1:])] == [b"1", b"1"]
        return made

    assert asyncio.run(run()) == [b"begun", b"begun"]


def test_those_who_wait_learn_of_a_failure_too() -> None:
    async def run() -> list[bytes]:
        cache, made = _cache(), list[bytes]()

        async def fail() -> bytes:
            made.append(b"begun")
            await asyncio.sleep(0)
            raise LookupError("away")

        asked = [cache.get_or_make(NEAR, fail) for _ in range(3)]
        found = await asyncio.gather(*asked, return_exceptions=True)
        assert [type(fault) for fault in found] == [LookupError] * 3
        return made

    assert asyncio.run(run()) == [b"begun"]


def test_a_change_is_read_as_the_database_writes_it() -> None:
    assert read_change("parcels *") == ("parcels", None)
    assert read_change("parcels -1,-2,3,4;5,6,7,8") == ("parcels", [Box(-1, -2, 3, 4), Box(5, 6, 7, 8)])


@pytest.mark.parametrize("zoom", [3, 9, 14, 18])
def test_touched_are_the_tiles_around_the_box_and_no_others(zoom: int) -> None:
    """Whether few tiles are looked up or many gone through: the same ones."""
    at = _ground(("cameras", 18, 208_530, 123_450))
    size = WORLD_M / 2**zoom
    column, row = int((at.west + WORLD_M / 2) // size), int((WORLD_M / 2 - at.north) // size)
    across = [x for x in range(column - 4, column + 5) if 0 <= x < 2**zoom]
    down = [y for y in range(row - 4, row + 5) if 0 <= y < 2**zoom]
    keys = {("cameras", zoom, x, y) for x in across for y in down}
    wide = Box(at.west - size, at.south - size, at.east + size, at.north + size)
    one_by_one = set().union(*(tiles_touched("cameras", zoom, [wide], {key}) for key in keys))
    assert tiles_touched("cameras", zoom, [wide], keys) == one_by_one
    around = {key for key in keys if abs(key[2] - column) <= 1 and abs(key[3] - row) <= 1}
    assert around <= one_by_one
    assert all(abs(key[2] - column) <= 2 and abs(key[3] - row) <= 2 for key in one_by_one)
