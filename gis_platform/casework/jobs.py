"""The jobs of casework: due days follow the calendar, notices follow the cases."""

from typing import Any

import psycopg
from procrastinate import App

from gis_platform.casework.recounting import recount
from gis_platform.casework.registry import installed_workflows
from gis_platform.casework.reminding import remind
from gis_platform.city import City
from gis_platform.layer.registry import installed_layers
from gis_platform.telemetry.logs import get_logger

log = get_logger("casework")


def add_casework(app: App, conninfo: str, city: City) -> None:
    """Register them; ``conninfo`` is the application's own login."""

    @app.periodic(cron="*/10 * * * *")
    @app.task(name="look_after_cases", queueing_lock="look_after_cases", pass_context=False)
    async def look_after(timestamp: int) -> None:
        del timestamp
        await look_after_cases(conninfo, city)


async def look_after_cases(conninfo: str, city: City) -> None:
    """Count due days anew where the calendar changed, then renew the notices; each in a transaction."""
    async with await psycopg.AsyncConnection[Any].connect(conninfo) as connection:
        async with connection.transaction():
            counted = await recount(connection)
        async with connection.transaction():
            await remind(connection, installed_workflows(), installed_layers(), city.today())
    if counted.moved:
        log.info("due days counted anew", looked_at=counted.looked_at, moved=counted.moved)
