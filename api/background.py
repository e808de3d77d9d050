"""Background jobs inside the server process, where the settings ask for them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from procrastinate import App

from etl.exporting.jobs import QUEUE as EXPORTS
from gis_platform.database.server import Logins
from gis_platform.jobs import make_job_app
from gis_platform.maintenance import add_maintenance
from gis_platform.settings import Settings
from gis_platform.telemetry.logs import get_logger

log = get_logger("jobs")

_BEGIN_AGAIN_AFTER_S = 1.0

_QUEUES = (["default"], [EXPORTS])
"""Each has a worker of its own: what takes minutes keeps nothing else waiting."""


_PATIENCE_S = 5


@asynccontextmanager
async def background_jobs(
    settings: Settings, places: Logins, add_more: Callable[[App], None]
) -> AsyncIterator[App | None]:
    """Work the queues while the server runs; at the end the jobs under way are finished first, or stopped.

    ``add_more`` registers the jobs of the rooms; the application for putting jobs in is yielded, None where
    this server works none.
    """
    if not settings.run_jobs:
        yield None
        return
    app = make_job_app(settings, places.app)
    add_maintenance(app, places.app)
    add_more(app)
    async with app.open_async():
        workers = [asyncio.create_task(_work(app, queues)) for queues in _QUEUES]
        try:
            yield app
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)


async def _work(app: App, queues: list[str]) -> None:
    """A worker gives up when it loses the database; begin again until that is back."""
    while True:
        try:
            await app.run_worker_async(
                queues=queues, install_signal_handlers=False, shutdown_graceful_timeout=5
            )
        except Exception as fault:
            log.warning("job worker stopped", error=type(fault).__name__)
        await asyncio.sleep(_BEGIN_AGAIN_AFTER_S)
