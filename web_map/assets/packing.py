"""Texts packed for the way: Brotli where the browser takes it, gzip where it takes that."""

import gzip
import hashlib
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock

import brotli

#: By the name that stands in Accept-Encoding and Content-Encoding, the best first.
PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    # One step below the best, which takes three times as long for two per cent less; once a process.
    "br": lambda body: bytes(brotli.compress(body, quality=10)),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}

_made: dict[tuple[str, bytes], Future[bytes]] = {}
_looking = Lock()


def packed_once(packing: str, body: bytes) -> bytes:
    """A file packed as well as can be: once a process, however many ask at once.

    MapLibre takes a core for two and a half seconds: two first visitors would wait for each other.
    """
    key = (packing, hashlib.sha256(body).digest())
    with _looking:
        waiting = _made.get(key)
        mine = waiting is None
        if waiting is None:
            waiting = _made[key] = Future()
    if mine:
        try:
            waiting.set_result(PACKINGS[packing](body))
        except BaseException as fault:
            # Whoever waits is told, and the next one tries again.
            waiting.set_exception(fault)
            del _made[key]
    return waiting.result()


def packing_for(accepted: str) -> str | None:
    """The best of the packings that an Accept-Encoding takes; None for none."""
    taken = {}
    for part in accepted[:1000].lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        taken[name] = weight not in ("0", "0.0", "0.00", "0.000")
    return next((name for name in PACKINGS if taken.get(name, taken.get("*", False))), None)


def packed(body: bytes, accepted: str) -> tuple[bytes, dict[str, str]]:
    """A text of now, packed quickly, and the header that says so; that it varies the route tells."""
    packing = packing_for(accepted)
    if packing is None:
        return body, {}
    quick = brotli.compress(body, quality=4) if packing == "br" else gzip.compress(body, 4, mtime=0)
    return bytes(quick), {"Content-Encoding": packing}
