"""Background jobs on the real queue: put in, worked, and what they did is there."""

import asyncio

import psycopg

from gis_platform.database.server import Logins
from gis_platform.jobs import make_job_app
from gis_platform.maintenance import add_maintenance
from gis_platform.settings import Settings


def test_the_application_works_its_own_queue(database: Logins, settings: Settings) -> None:
    with psycopg.connect(database.owner) as connection:
        connection.execute(
            "INSERT INTO core.account (username, display_name, role) VALUES ('an', 'An', 'planner')"
        )
        connection.execute(
            "INSERT INTO core.credential (token_hash, kind, account_id, created_at, expires_at) "
            "SELECT sha256(age::text::bytea), 'bearer', id, now() - age, now() - age + interval '1 hour' "
            "FROM core.account, (VALUES (interval '200 days'), (interval '2 hours')) ages (age)"
        )

    async def work() -> None:
        app = make_job_app(settings, database.app)
        add_maintenance(app, database.app)
        async with app.open_async():
            await app.configure_task("forget_sign_ins").defer_async(timestamp=0)
            await app.run_worker_async(wait=False, install_signal_handlers=False)

    asyncio.run(work())
    with psycopg.connect(database.owner) as connection:
        left = connection.execute("SELECT count(*) FROM core.credential").fetchone()
        done = connection.execute(
            "SELECT status FROM jobs.procrastinate_jobs WHERE task_name = 'forget_sign_ins'"
        ).fetchone()
    assert left == (1,)
    assert done == ("succeeded",)
