"""What the platform clears up by itself: uploads nobody goes on with, and copies that were never finished."""

import asyncio
from pathlib import Path

from procrastinate import App

from etl.delivery.intake.keeping import forget_half_kept
from etl.delivery.intake.uploads import forget_uploads
from gis_platform.telemetry.logs import get_logger

log = get_logger("deliveries")


def add_intake(app: App, data_dir: Path) -> None:
    """Register the periodic job."""

    @app.periodic(cron="41 * * * *")
    @app.task(name="forget_uploads", queueing_lock="forget_uploads", pass_context=False)
    async def forget(timestamp: int) -> None:
        del timestamp
        gone = await asyncio.to_thread(forget_uploads, data_dir)
        halves = await asyncio.to_thread(forget_half_kept, data_dir)
        log.info("forgot uploads", uploads=gone, halves=halves)
