"""The notices on the queue: brought up to now every few minutes."""

from typing import Any

import psycopg
from procrastinate import App

from etl.watch.notices import Changed, renew_notices
from gis_platform.city import City
from gis_platform.layer.registry import Registry
from gis_platform.telemetry.logs import get_logger

log = get_logger("watch")


def add_watch(app: App, conninfo: str, city: City, layers: Registry) -> None:
    """Register the periodic job; ``conninfo`` is the application's own login."""

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="renew_notices", queueing_lock="renew_notices", pass_context=False)
    async def renew(timestamp: int) -> None:
        del timestamp
        await watch(conninfo, city, layers)


async def watch(conninfo: str, city: City, layers: Registry) -> Changed:
    """One look at everything that may be overdue, failed or waiting."""
    today = city.today()
    async with await psycopg.AsyncConnection[Any].connect(conninfo) as connection:
        changed = await renew_notices(connection, city, layers, today)
    if changed.raised or changed.cleared:
        log.info("notices", raised=changed.raised, cleared=changed.cleared)
    return changed
