"""Background jobs inside the server process, where the settings ask for them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from procrastinate import App
from procrastinate.worker import Worker

from etl.delivery.online.jobs import QUEUE as DELIVERIES
from etl.drafts.jobs import QUEUE as DRAFTS
from etl.exporting.jobs import QUEUE as EXPORTS
from gis_platform.database.server import Logins
from gis_platform.jobs import make_job_app
from gis_platform.maintenance import add_maintenance
from gis_platform.settings import Settings
from gis_platform.stopping import cancelled
from gis_platform.telemetry.logs import get_logger

log = get_logger("jobs")

_QUEUES = (["default"], [EXPORTS], [DELIVERIES], [DRAFTS])
"""Each has a worker of its own: what takes minutes keeps nothing else waiting."""

_BEGIN_AGAIN_AFTER_S = 1.0
_FINISH_WITHIN_S = 5
_STOP_WITHIN_S = 15
"""What a job that is stopped leaves behind is written within it, also to a database that is slow."""


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
        desks = [_Desk(app, queues) for queues in _QUEUES]
        work = [asyncio.create_task(desk.work()) for desk in desks]
        try:
            yield app
        finally:
            for desk in desks:
                desk.close()
            await asyncio.wait(work, timeout=_STOP_WITHIN_S)
            await cancelled(*work)


class _Desk:
    """Where some queues are worked until it is closed, by one worker after another.

    A worker that loses the database gives up, and the next one tries. Closing is a word to the worker and no
    cancellation: one that comes while a worker begins is lost, and the worker would go on for ever.
    """

    def __init__(self, app: App, queues: list[str]) -> None:
        self._app = app
        self._queues = queues
        self._worker: Worker | None = None
        self._closing = asyncio.Event()

    async def work(self) -> None:
        while not self._closing.is_set():
            self._worker = Worker(
                self._app,
                queues=self._queues,
                install_signal_handlers=False,
                shutdown_graceful_timeout=_FINISH_WITHIN_S,
            )
            try:
                await self._worker.run()  # type: ignore[no-untyped-call]
            except Exception as fault:
                log.warning("job worker stopped", error=type(fault).__name__)
            with suppress(TimeoutError):
                async with asyncio.timeout(_BEGIN_AGAIN_AFTER_S):
                    await self._closing.wait()

    def close(self) -> None:
        self._closing.set()
        if self._worker is not None:
            self._worker.stop()  # type: ignore[no-untyped-call]
