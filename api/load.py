"""Overload: what cannot be begun soon is refused at once, and said when to come back; no request piles up."""

from typing import Protocol

from gis_platform.errors import Unavailable

#: Those who look after the server must be answered when it is busiest.
EXEMPT = frozenset({"/healthz", "/readyz", "/metrics"})


class Place(Protocol):
    """Held by a request that is in progress."""

    def leave(self) -> None:
        """Give it to the next."""


class Room:
    """Lets so many requests be in progress in this process; the surplus is a 503 with ``Retry-After``."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken = 0

    def enter(self, path: str) -> Place | None:
        """A place, to be left once; None for what needs none.

        Raises:
            Unavailable: all are taken.
        """
        if path in EXEMPT:
            return None
        if self.taken >= self.most:
            raise Unavailable(
                "The server is busy; please try again in a few seconds.",
                retry_after=2,
                detail_vi="Máy chủ đang bận. Hãy thử lại sau vài giây.",
            )
        self.taken += 1
        return self

    def leave(self) -> None:
        """One request less."""
        self.taken -= 1
