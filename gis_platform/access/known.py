"""Credentials this process looked up a moment ago, so that a busy client does not cost a query a request.

A credential that is ended elsewhere, an account that is disabled and a role that is changed act here at the
latest after ``SECONDS``. What this process ends itself it forgets at once.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from gis_platform.access.caller import Caller, CallerKind

SECONDS = 5.0
MOST = 4_096


@dataclass(frozen=True, slots=True)
class Held:
    """A credential that holds: who comes with it, and until when."""

    caller: Caller
    expires_at: datetime


class KnownCredentials:
    """The last few credentials by the hash of their token; those used longest ago go first."""

    def __init__(
        self, seconds: float = SECONDS, most: int = MOST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._most = most
        self._clock = clock
        # None stands for one that was just ended: a look-up begun before that must not bring it back.
        self._known: OrderedDict[bytes, tuple[float, Held | None]] = OrderedDict()

    def caller(self, token_hash: bytes, kind: CallerKind) -> Caller | None:
        """Who comes with that token; None where the database must be asked."""
        held = self._fresh(token_hash)
        if held is None or held.caller.kind != kind or held.expires_at <= datetime.now(UTC):
            return None
        self._known.move_to_end(token_hash)
        return held.caller

    def keep(self, token_hash: bytes, held: Held) -> None:
        """Remember what the database just said."""
        ended = token_hash in self._known and self._known[token_hash][1] is None
        if ended and self._known[token_hash][0] > self._clock():
            return
        self._put(token_hash, held)

    def forget(self, token_hash: bytes) -> None:
        """This credential was ended, and that is committed."""
        self._put(token_hash, None)

    def _fresh(self, token_hash: bytes) -> Held | None:
        until, held = self._known.get(token_hash, (0.0, None))
        return held if until > self._clock() else None

    def _put(self, token_hash: bytes, held: Held | None) -> None:
        self._known[token_hash] = (self._clock() + self._seconds, held)
        self._known.move_to_end(token_hash)
        while len(self._known) > self._most:
            self._known.popitem(last=False)
