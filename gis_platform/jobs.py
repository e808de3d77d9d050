"""Background jobs on procrastinate: the queue is tables of the city's own database, in schema ``jobs``."""

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.schema import SchemaManager
from psycopg import sql

from gis_platform.settings import Settings

SEARCH_PATH = "-c search_path=jobs,public"


def install_jobs(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Make the queue's tables where they are missing, within the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('jobs.procrastinate_jobs')")
        row = cursor.fetchone()
        if row is None or row[0] is None:
            cursor.execute("SET LOCAL search_path = jobs, public")
            cursor.execute(SchemaManager.get_schema().encode())
            cursor.execute("SET LOCAL search_path = DEFAULT")
        # The server process works the queue as the application, not as the owner.
        cursor.execute("GRANT USAGE ON SCHEMA jobs TO gis_app")
        for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
            cursor.execute(sql.SQL("GRANT ALL ON ALL {} IN SCHEMA jobs TO gis_app").format(sql.SQL(kind)))


def make_job_app(settings: Settings, conninfo: str) -> App:
    """The queue as one process works it; tasks are added by the rooms that have them."""
    # Each worker keeps one connection to listen on.
    connector = PsycopgConnector(
        conninfo=conninfo, min_size=1, max_size=max(4, settings.pool_size), kwargs={"options": SEARCH_PATH}
    )
    return App(connector=connector)
