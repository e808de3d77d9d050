"""Jobs the platform does for itself, whatever its layers: forgetting what need not be kept."""

from typing import Any

import psycopg
from procrastinate import App

from gis_platform.access.credentials import SQL as CREDENTIALS
from gis_platform.access.throttle import SQL as THROTTLE
from gis_platform.sqlfiles import named_queries
from gis_platform.telemetry.logs import get_logger

SQL = named_queries(__file__)

log = get_logger("maintenance")


def add_maintenance(app: App, conninfo: str) -> None:
    """Register the periodic jobs; ``conninfo`` is the application's own login."""

    @app.periodic(cron="17 * * * *")
    @app.task(name="forget_sign_ins", queueing_lock="forget_sign_ins", pass_context=False)
    async def forget_sign_ins(timestamp: int) -> None:
        del timestamp
        await forget_old_sign_ins(conninfo)

    @app.periodic(cron="*/10 * * * *")
    @app.task(name="add_up_row_counts", queueing_lock="add_up_row_counts", pass_context=False)
    async def add_up(timestamp: int) -> None:
        del timestamp
        await add_up_row_counts(conninfo)


async def add_up_row_counts(conninfo: str) -> int:
    """Make one number of what each statement added to a layer's count; tells how many there were."""
    async with await psycopg.AsyncConnection[Any].connect(conninfo) as connection:
        cursor = await connection.execute(SQL["add_up_row_counts"].text.encode())
        return cursor.rowcount


async def forget_old_sign_ins(conninfo: str) -> dict[str, int]:
    """Delete expired credentials and old failed sign-ins; tells how many of each."""
    counts: dict[str, int] = {}
    async with await psycopg.AsyncConnection[Any].connect(conninfo) as connection:
        for name, queries in {"credentials": CREDENTIALS, "failures": THROTTLE}.items():
            cursor = await connection.execute(queries["forget_old"].text.encode())
            counts[name] = cursor.rowcount
    log.info("forgot old sign-ins", **counts)
    return counts
