"""The connections of one server process: a small warm pool for the public, an engine for everyone else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from sqlalchemy.exc import TimeoutError as EngineTimeout

from gis_platform.access.caller import Caller
from gis_platform.database.engine import make_engine
from gis_platform.database.line_work import LineWork
from gis_platform.database.lines import Lines
from gis_platform.database.server import Logins
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import Unavailable
from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_BUSY = "The server is busy; please try again in a few seconds."


class Database:
    """Pools over one database; open it with ``async with``."""

    def __init__(self, settings: Settings, logins: Logins) -> None:
        self.settings = settings
        self.logins = logins
        self.engine = make_engine(settings, logins.app)
        # Connects as the public role: changing role for each tiny query costs two thirds of its throughput.
        self.public: AsyncConnectionPool[psycopg.AsyncConnection[Any]] = AsyncConnectionPool(
            logins.public,
            min_size=1,
            max_size=settings.pool_size,
            open=False,
            timeout=5,
            kwargs={
                "autocommit": True,
                "prepare_threshold": 1,
                "options": _options(settings),
            },
        )
        # The hot paths: a page, a feature, a tile, what is here.
        self.hot = Lines(
            logins.public, settings.pool_size, _options(settings), waiting=16 * settings.pool_size
        )
        # The public's planning questions, whose answers are kept.
        self.asking = Lines(
            logins.public, settings.pool_size, _asking(settings), waiting=16 * settings.pool_size
        )

    async def __aenter__(self) -> "Database":
        await self.public.open()
        await self.hot.open()
        await self.asking.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.asking.close()
        await self.hot.close()
        await self.public.close()
        await self.engine.dispose()

    @asynccontextmanager
    async def public_connection(self) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        """A read-only connection as the public role."""
        try:
            async with self.public.connection() as connection:
                yield connection
        except PoolTimeout as full:
            raise Unavailable(_BUSY, retry_after=5) from full

    @asynccontextmanager
    async def unit_of_work(self, caller: Caller) -> AsyncIterator[UnitOfWork]:
        """A transaction as the caller; committed at the end, rolled back on any error."""
        try:
            async with self.engine.begin() as connection:
                raw = await _raw(connection)
                await raw.execute(
                    SQL["act_as"].text.encode(),
                    {
                        "role": caller.role.database_role,
                        "actor": caller.actor if caller.signed_in else "",
                        "unit": caller.unit_code or "",
                    },
                )
                yield UnitOfWork(connection, raw, caller)
        except EngineTimeout as full:
            raise Unavailable(_BUSY, retry_after=5) from full

    @asynccontextmanager
    async def question(self, caller: Caller) -> AsyncIterator[UnitOfWork]:
        """What a question by named queries needs, of which one at most writes; a transaction where the caller
        is not the public.
        """
        if caller.kind == "anonymous":
            yield LineWork(self.asking, caller)
        else:
            async with self.unit_of_work(caller) as work:
                yield work

    @asynccontextmanager
    async def app_connection(self) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        """A transaction as the application itself: accounts and credentials, nothing of the layers."""
        try:
            async with self.engine.begin() as connection:
                yield await _raw(connection)
        except EngineTimeout as full:
            raise Unavailable(_BUSY, retry_after=5) from full


def _options(settings: Settings) -> str:
    return (
        f"-c statement_timeout={settings.statement_timeout_ms} "
        "-c default_transaction_read_only=on -c jit=off -c TimeZone=UTC"
    )


def _asking(settings: Settings) -> str:
    """Each statement is planned once: for the few rows these read, planning costs as much as reading."""
    return f"{_options(settings)} -c default_transaction_read_only=off -c plan_cache_mode=force_generic_plan"


async def _raw(connection: Any) -> psycopg.AsyncConnection[Any]:
    fairy = await connection.get_raw_connection()
    raw = fairy.driver_connection
    if not isinstance(raw, psycopg.AsyncConnection):
        raise TypeError("the engine's connection is not psycopg's")
    return raw
