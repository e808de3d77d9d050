"""Work on drafts: each in a process of its own beside the server, taken up again when it was killed."""

import asyncio
import time
from pathlib import Path
from typing import Any

import psycopg
from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status

from etl.delivery.intake.room import is_room
from etl.delivery.online.processes import run_beside
from etl.drafts.entering import drafts_folder, forget_folder
from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries
from gis_platform.telemetry.logs import get_logger

SQL = named_queries(__file__)

log = get_logger("drafts")

QUEUE = "drafts"
_TASK = "work_draft"
_TOLD = 2_000
#: A file that is being entered has no draft yet; what is older was left by a process that was killed.
_ABANDONED_S = 24 * 3600


def add_drafts(app: App, settings: Settings, conninfo: str) -> None:
    """Register the work, and the periodic jobs that take up what nobody works on and clear up files."""

    @app.task(name=_TASK, queue=QUEUE)
    async def work(draft: int) -> None:
        code, _, said = await run_beside(settings, "etl.drafts.work", draft)
        if code:
            log.error("draft broke off", draft=draft, told=said[-_TOLD:])

    @app.periodic(cron="* * * * *")
    @app.task(name="take_up_drafts", queueing_lock="take_up_drafts", pass_context=False)
    async def take_up(timestamp: int) -> None:
        del timestamp
        await take_up_drafts(app, conninfo)

    @app.periodic(cron="47 * * * *")
    @app.task(name="forget_drafts", queueing_lock="forget_drafts", pass_context=False)
    async def forget(timestamp: int) -> None:
        del timestamp
        log.info("forgot files of drafts", folders=await forget_files(conninfo, settings.data_dir))


async def queue_draft(app: App, draft: int) -> None:
    """Ask for a worker; nothing more where one was asked for and has not come yet."""
    task = app.configure_task(_TASK, queue=QUEUE, queueing_lock=f"draft-{draft}")
    try:
        await task.defer_async(draft=draft)
    except AlreadyEnqueued:
        log.info("draft already queued", draft=draft)


async def take_up_drafts(app: App, conninfo: str) -> list[int]:
    """Queue what waits and is not worked on; tells which."""
    for job in await app.job_manager.get_stalled_jobs(task_name=_TASK):
        if job.id is not None:
            await app.job_manager.finish_job_by_id_async(job.id, status=Status.FAILED, delete_job=True)
    waiting = await _ids(conninfo, "waiting")
    for draft in waiting:
        await queue_draft(app, draft)
    return waiting


async def forget_files(conninfo: str, data_dir: Path) -> int:
    """Remove files of drafts that are no more, and what killed processes left; tells how many folders."""
    folder = drafts_folder(data_dir)
    before = time.time() - _ABANDONED_S
    held = [entry for entry in folder.iterdir() if entry.stat().st_mtime < before] if folder.is_dir() else []
    known = {str(draft) for draft in await _ids(conninfo, "known")}
    gone = [entry for entry in held if entry.name not in known]
    gone += [room for entry in held if entry.name in known for room in entry.iterdir() if is_room(room)]
    for entry in gone:
        await asyncio.to_thread(forget_folder, entry)
    return len(gone)


async def _ids(conninfo: str, query: str) -> list[int]:
    async with await psycopg.AsyncConnection[Any].connect(conninfo, autocommit=True) as connection:
        cursor = await connection.execute(SQL[query].text.encode())
        return [row[0] for row in await cursor.fetchall()]
