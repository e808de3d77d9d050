"""Background jobs inside the server process, where the settings ask for them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from procrastinate import App

from gis_platform.database.server import Logins
from gis_platform.jobs import make_job_app
from gis_platform.maintenance import add_maintenance
from gis_platform.settings import Settings
from gis_platform.telemetry.logs import get_logger

log = get_logger("jobs")

_BEGIN_AGAIN_AFTER_S = 1.0


@asynccontextmanager
async def background_jobs(settings: Settings, places: Logins) -> AsyncIterator[None]:
    """Work the queue while the server runs; at the end the job under way is finished first."""
    if not settings.run_jobs:
        yield
        return
    app = make_job_app(settings, places.app)
    add_maintenance(app, places.app)
    async with app.open_async():
        worker = asyncio.create_task(_work(app))
        try:
            yield
        finally:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker


async def _work(app: App) -> None:
    """The worker gives up when it loses the database; begin again until it is back."""
    while True:
        try:
            await app.run_worker_async(install_signal_handlers=False, shutdown_graceful_timeout=5)
        except Exception as fault:
            log.warning("job worker stopped", error=type(fault).__name__)
        await asyncio.sleep(_BEGIN_AGAIN_AFTER_S)
