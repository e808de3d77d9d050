"""How much and how fast a key may ask: counted in memory, written together about once a second.

So a request of a key costs no write of its own. The price: server processes learn of each other's counts at
their next writing only, and each may let through what the key's rate allows in that time beyond the quota.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gis_platform.access.caller import KeyTerms
from gis_platform.access.sign_in import Transactions
from gis_platform.errors import TooManyRequests
from gis_platform.sqlfiles import named_queries
from gis_platform.stopping import cancelled
from gis_platform.telemetry.logs import get_logger

SQL = named_queries(__file__)

WRITE_EVERY_S = 1.0
_WAIT_AFTER_FAULT_S = 5.0

log = get_logger("quota")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a key today; ``refusal`` where this request may not pass."""

    limit: int
    remaining: int
    resets_in: int
    refusal: TooManyRequests | None = None


@dataclass(slots=True)
class _Tally:
    """One key on one day: what all processes had written, and what this one let through since."""

    written: int = 0
    waiting: int = 0

    @property
    def used(self) -> int:
        return self.written + self.waiting


@dataclass(slots=True)
class _Bucket:
    """How many requests may come at once, refilled at the key's rate."""

    tokens: float
    at: datetime


class KeyMeter:
    """The counts of one server process; ``timezone`` is the city's, whose midnight begins a quota anew."""

    def __init__(self, timezone: str, now: Callable[[ZoneInfo], datetime] = datetime.now) -> None:
        self._zone = ZoneInfo(timezone)
        self._now = now
        self._tallies: dict[tuple[int, date], _Tally] = {}
        self._buckets: dict[int, _Bucket] = {}
        self._used = asyncio.Event()

    def admit(self, key: KeyTerms) -> Allowance:
        """Count one request of the key, unless it is over its rate or quota: then it is not counted."""
        now = self._now(self._zone)
        tally = self._tallies.setdefault((key.id, now.date()), _Tally())
        midnight = datetime.combine(now.date() + timedelta(days=1), time.min, self._zone)
        # As moments: local clock readings differ by an hour too much on days that are not 24 hours long.
        resets_in = max(1, math.ceil(midnight.timestamp() - now.timestamp()))
        refusal = None
        if tally.used >= key.quota_per_day:
            refusal = TooManyRequests(
                f"The key {key.name} has used its {key.quota_per_day} requests of today.",
                retry_after=resets_in,
                detail_vi=f"Khoá truy cập {key.name} đã dùng hết {key.quota_per_day} lượt của hôm nay. "
                "Hãy đợi sang ngày mai, hoặc đề nghị quản trị hệ thống nâng mức.",
            )
        elif wait := self._wait_for_token(key, now):
            refusal = TooManyRequests(
                f"The key {key.name} may ask {key.rate_per_second:g} times a second.",
                retry_after=wait,
                detail_vi=f"Khoá truy cập {key.name} chỉ được gửi {key.rate_per_second:g} yêu cầu mỗi "
                "giây. Hãy gửi chậm lại.",
            )
        else:
            tally.waiting += 1
            self._used.set()
        return Allowance(key.quota_per_day, max(0, key.quota_per_day - tally.used), resets_in, refusal)

    def _wait_for_token(self, key: KeyTerms, now: datetime) -> int:
        """Take a token; else the whole seconds until there is one."""
        most = max(1.0, key.rate_per_second)
        bucket = self._buckets.setdefault(key.id, _Bucket(most, now))
        passed = max(0.0, now.timestamp() - bucket.at.timestamp())
        bucket.tokens = min(most, bucket.tokens + passed * key.rate_per_second)
        bucket.at = now
        if bucket.tokens < 1:
            return max(1, math.ceil((1 - bucket.tokens) / key.rate_per_second))
        bucket.tokens -= 1
        return 0

    async def write(self, transactions: Transactions) -> None:
        """Add what was counted to the database, and learn what all processes have counted together."""
        batch = {which: tally.waiting for which, tally in self._tallies.items() if tally.waiting}
        today = self._now(self._zone).date()
        for which in [w for w, tally in self._tallies.items() if not tally.waiting and w[1] < today]:
            del self._tallies[which]
        if not batch:
            return
        parameters = {
            "ids": [key for key, _ in batch],
            "days": [day for _, day in batch],
            "requests": list(batch.values()),
        }
        async with transactions() as connection:
            totals = await (await connection.execute(SQL["add"].text.encode(), parameters)).fetchall()
        # Only now, when it is committed: what failed to be written is written the next time.
        for which, count in batch.items():
            self._tallies[which].waiting -= count
        for key, day, requests in totals:
            self._tallies[key, day].written = requests

    @asynccontextmanager
    async def writing(self, transactions: Transactions) -> AsyncIterator[None]:
        """Write about once a second while keys are used, and once more at the end."""
        task = asyncio.create_task(self._write_on(transactions))
        try:
            yield
        finally:
            await cancelled(task)
            await self._write_or_tell(transactions)

    async def _write_on(self, transactions: Transactions) -> None:
        while True:
            await self._used.wait()
            await asyncio.sleep(WRITE_EVERY_S)
            self._used.clear()
            if not await self._write_or_tell(transactions):
                self._used.set()
                await asyncio.sleep(_WAIT_AFTER_FAULT_S)

    async def _write_or_tell(self, transactions: Transactions) -> bool:
        try:
            await self.write(transactions)
        except Exception as fault:
            # Whatever it is: the counts are kept, and a key's requests do not fail for it.
            log.error("key usage not written", error=type(fault).__name__)
            return False
        return True
