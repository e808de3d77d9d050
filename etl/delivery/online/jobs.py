"""Work on deliveries: each in a process of its own beside the server, taken up again when it was killed."""

import psycopg
from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status

from etl.delivery.online.processes import run_beside
from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries
from gis_platform.telemetry.logs import get_logger

SQL = named_queries(__file__)

log = get_logger("deliveries")

QUEUE = "deliveries"
_TASK = "work_delivery"
_TOLD = 2_000


def add_deliveries(app: App, settings: Settings, conninfo: str) -> None:
    """Register the work, and the periodic job that takes up what nobody works on."""

    @app.task(name=_TASK, queue=QUEUE)
    async def work(delivery: int) -> None:
        await _in_a_process(settings, delivery)

    @app.periodic(cron="* * * * *")
    @app.task(name="take_up_deliveries", queueing_lock="take_up_deliveries", pass_context=False)
    async def take_up(timestamp: int) -> None:
        del timestamp
        await take_up_deliveries(app, conninfo)


async def queue_delivery(app: App, delivery: int) -> None:
    """Ask for a worker; nothing more where one was asked for and has not come yet."""
    task = app.configure_task(_TASK, queue=QUEUE, queueing_lock=f"delivery-{delivery}")
    try:
        await task.defer_async(delivery=delivery)
    except AlreadyEnqueued:
        log.info("delivery already queued", delivery=delivery)


async def take_up_deliveries(app: App, conninfo: str) -> None:
    """Queue what waits and is not worked on."""
    for job in await app.job_manager.get_stalled_jobs(task_name=_TASK):
        if job.id is not None:
            await app.job_manager.finish_job_by_id_async(job.id, status=Status.FAILED, delete_job=True)
    async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as connection:
        cursor = await connection.execute(SQL["waiting"].text.encode())
        waiting = [row[0] for row in await cursor.fetchall()]
    for delivery in waiting:
        await queue_delivery(app, delivery)


async def _in_a_process(settings: Settings, delivery: int) -> None:
    """Half a million rows take none of the server's time, and its end does not end them."""
    code, _, said = await run_beside(settings, "etl.delivery.work", delivery)
    if code:
        log.error("delivery broke off", delivery=delivery, told=said[-_TOLD:])
