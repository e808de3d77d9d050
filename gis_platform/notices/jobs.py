"""The jobs of the outbox: send each minute, forget what went a month ago."""

from typing import Any

import psycopg
from procrastinate import App

from gis_platform.notices.sending import SQL, send_waiting
from gis_platform.settings import Settings


def add_outbox(app: App, conninfo: str, settings: Settings) -> None:
    """Register them; ``conninfo`` is the application's own login."""

    @app.periodic(cron="* * * * *")
    @app.task(name="send_outbox", queueing_lock="send_outbox", lock="send_outbox", pass_context=False)
    async def send(timestamp: int) -> None:
        del timestamp
        await send_waiting(conninfo, settings)

    @app.periodic(cron="41 3 * * *")
    @app.task(name="forget_outbox", queueing_lock="forget_outbox", pass_context=False)
    async def forget(timestamp: int) -> None:
        del timestamp
        async with await psycopg.AsyncConnection[Any].connect(conninfo) as connection:
            await connection.execute(SQL["forget_old"].text.encode())
