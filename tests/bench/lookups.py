"""Somebody who looks things up all the while: one question after another, a moment between them."""

import time
from collections.abc import Callable, Sequence
from http.client import HTTPConnection
from itertools import cycle
from threading import Event, Thread
from urllib.parse import urlsplit

from tests.bench.load import NoFigure

_PAUSE_SECONDS = 0.02


class LookUps:
    """Asks what is here at places, one after another."""

    def __init__(self, base: str, places: Sequence[tuple[float, float]]) -> None:
        self._host = urlsplit(base).netloc
        self._places = cycle(places)

    def during(self, work: Callable[[], None]) -> list[float]:
        """Seconds of each answer while `work` is done.

        Raises:
            NoFigure: an answer was an error.
        """
        found: list[float] = []
        wrong: list[int] = []
        over = Event()

        def ask() -> None:
            connection = HTTPConnection(self._host, timeout=60)
            while not over.is_set():
                lon, lat = next(self._places)
                began = time.perf_counter()
                connection.request("GET", f"/api/here?point={lon:.8f},{lat:.8f}")
                answer = connection.getresponse()
                answer.read()
                found.append(time.perf_counter() - began)
                if answer.status != 200:
                    wrong.append(answer.status)
                time.sleep(_PAUSE_SECONDS)
            connection.close()

        asking = Thread(target=ask)
        asking.start()
        try:
            work()
        finally:
            over.set()
            asking.join()
        if wrong:
            raise NoFigure(f"{len(wrong)} of {len(found)} look-ups failed: {wrong[0]}")
        return found
