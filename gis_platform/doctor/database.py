"""The database: programs or server, the cluster's state, the schema."""

import psycopg

from gis_platform.city import load_city
from gis_platform.cluster import ClusterProblem, check_server
from gis_platform.cluster.home import find
from gis_platform.cluster.installation import installations, usable
from gis_platform.cluster.lifecycle import running_now
from gis_platform.database.migrate import migration_heads
from gis_platform.doctor.finding import Finding
from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def database_findings(settings: Settings) -> list[Finding]:
    """Your own server when GIS_DATABASE_URL is set, else the private cluster; then the schema in it."""
    if settings.database_url is not None:
        faults = check_server(settings.database_url)
        server = Finding("Database server", not faults, " ".join(faults) or "has all it needs")
        return [server] if faults else [server, _schema(settings.database_url)]
    return [_programs(), *_cluster(settings)]


def _programs() -> Finding:
    found = usable()
    if found:
        return Finding("PostgreSQL, PostGIS, pgRouting", ok=True, detail=f"PostgreSQL {found[0].major}")
    there = "; ".join(f"PostgreSQL {each.major} lacks {', '.join(each.missing)}" for each in installations())
    return Finding(
        "PostgreSQL, PostGIS, pgRouting",
        ok=False,
        detail=there or "not installed",
        remedy="As root or with sudo `make run` installs them; without, it says what to ask for. "
        "Or set GIS_DATABASE_URL to a server of your own.",
    )


def _cluster(settings: Settings) -> list[Finding]:
    try:
        home = find(settings.data_dir)
        cluster = running_now(settings)
    except ClusterProblem as problem:
        return [Finding("Private database", ok=False, detail=problem.detail)]
    if home is None or not home.exists:
        return [Finding("Private database", ok=True, detail="made at the first `make run`")]
    if cluster is None:
        return [Finding("Private database", ok=True, detail=f"in {home.folder}, not running now")]
    running = Finding("Private database", ok=True, detail=f"in {home.folder}, running as {home.account.name}")
    return [running, _schema(cluster.url(load_city(settings.city).database))]


def _schema(url: str) -> Finding:
    remedy = "`gis-platform migrate` brings it up to date; `make run` does it by itself."
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            there = {row[0] for row in connection.execute(SQL["schema_versions"].text)}
    except psycopg.errors.UndefinedTable:
        there = set()
    except psycopg.Error as error:
        return Finding("Schema", ok=False, detail=str(error).strip(), remedy=remedy)
    behind = migration_heads() - there
    detail = f"behind by: {', '.join(sorted(behind))}" if behind else f"up to date ({len(there)} branches)"
    return Finding("Schema", not behind, detail, remedy)
