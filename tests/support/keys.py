"""Machine keys of the tests."""

import asyncio
from datetime import UTC, datetime, timedelta

import psycopg

from gis_platform.access.key_admin import NewKey, add_key
from gis_platform.database.server import Logins
from gis_platform.layer import installed_layers

CITY = "Asia/Ho_Chi_Minh"


def make_key(
    places: Logins,
    name: str = "tax-office",
    *scopes: str,
    account: str = "hoa",
    quota: int = 1_000,
    rate: float = 1_000.0,
) -> str:
    """A key that works for a month, committed; gives its token. Without scopes it may read everything."""
    new = NewKey(
        name=name,
        account=account,
        scopes=scopes or ("read:*",),
        quota_per_day=quota,
        rate_per_second=rate,
        expires=datetime.now(UTC).date() + timedelta(days=30),
    )

    async def made() -> str:
        async with await psycopg.AsyncConnection.connect(places.app) as connection:
            return await add_key(connection, new, timezone=CITY, known=installed_layers(), actor="test")

    return asyncio.run(made())
