"""Exports on the queue: taken up again when a worker was killed, forgotten in time."""

import asyncio
import shutil
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status

from etl.exporting.working import SQL as WORKING
from etl.exporting.working import Stopped, Understand, make_export
from gis_platform.database.server import Logins
from gis_platform.sqlfiles import named_queries
from gis_platform.telemetry.logs import get_logger

SQL = named_queries(__file__)

log = get_logger("exports")

QUEUE = "exports"
_TASK = "make_export"


def exports_folder(data_dir: Path) -> Path:
    """Where the files lie; one folder for each export."""
    return data_dir / "exports"


def add_exports(app: App, places: Logins, folder: Path, understand: Understand) -> None:
    """Register the making of exports, and the periodic jobs that look after them."""

    @app.task(name=_TASK, queue=QUEUE)
    async def make(export_id: str) -> None:
        stop = Event()
        work = asyncio.create_task(
            asyncio.to_thread(make_export, places, folder, export_id, understand, stop=stop)
        )
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            # The server goes down: what is done stays on disk, and whoever comes next goes on from there.
            stop.set()
            await asyncio.gather(work, return_exceptions=True)
            raise
        except Stopped:
            log.info("export stopped", export=export_id[:6])

    @app.periodic(cron="* * * * *")
    @app.task(name="take_up_exports", queueing_lock="take_up_exports", pass_context=False)
    async def take_up(timestamp: int) -> None:
        del timestamp
        await take_up_exports(app, places.app)

    @app.periodic(cron="23 * * * *")
    @app.task(name="forget_exports", queueing_lock="forget_exports", pass_context=False)
    async def forget(timestamp: int) -> None:
        del timestamp
        await forget_exports(places.app, folder)


async def queue_export(app: App, export_id: str) -> None:
    """Ask for a worker; nothing more where one was asked for and has not come yet."""
    task = app.configure_task(_TASK, queue=QUEUE, queueing_lock=f"export-{export_id}")
    try:
        await task.defer_async(export_id=export_id)
    except AlreadyEnqueued:
        log.info("export already queued", export=export_id[:6])


async def take_up_exports(app: App, conninfo: str) -> list[str]:
    """Queue again what nobody works on; tells which."""
    taken: list[str] = []
    for job in await app.job_manager.get_stalled_jobs(task_name=_TASK):
        if job.id is not None:
            await app.job_manager.finish_job_by_id_async(job.id, status=Status.FAILED, delete_job=True)
    async with await psycopg.AsyncConnection[Any].connect(conninfo, autocommit=True) as connection:
        cursor = await connection.execute(SQL["open"].text.encode())
        for (export_id,) in await cursor.fetchall():
            held = await connection.execute(WORKING["hold"].text.encode(), {"id": export_id})
            row = await held.fetchone()
            if row is not None and row[0]:
                await connection.execute(WORKING["release"].text.encode(), {"id": export_id})
                taken.append(export_id)
    for export_id in taken:
        await queue_export(app, export_id)
    return taken


async def forget_exports(conninfo: str, folder: Path) -> int:
    """Remove what has expired, and files nobody knows of any more; tells how many folders went."""
    async with await psycopg.AsyncConnection[Any].connect(conninfo) as connection:
        await connection.execute(SQL["forget"].text.encode())
        cursor = await connection.execute(SQL["known"].text.encode())
        known = {row[0] for row in await cursor.fetchall()}
    gone = [entry for entry in folder.iterdir() if entry.name not in known] if folder.is_dir() else []
    for entry in gone:
        await asyncio.to_thread(shutil.rmtree, entry, ignore_errors=True)
    log.info("forgot exports", folders=len(gone))
    return len(gone)
