"""Bring a database to the newest form: migrations first, then what follows from the layers.

Core migrations form one line; each layer has its own branch beside them, in the ``migrations`` folder of
its room, so that adding a layer edits no list and meets no one else's migration.
"""

from importlib import import_module
from importlib.resources import files
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import to_tuple
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from gis_platform.casework.derived import apply_workflows
from gis_platform.casework.registry import installed_workflows
from gis_platform.city import City, load_city
from gis_platform.clock.seed import seed_calendar
from gis_platform.database.engine import sqlalchemy_url
from gis_platform.database.passwords import close_to_others, refuse_foreign_logins, set_login_passwords
from gis_platform.database.server import Logins
from gis_platform.errors import Conflict
from gis_platform.geometry.pinned_grids import pin_grids
from gis_platform.jobs import install_jobs
from gis_platform.layer.derived import apply_derived
from gis_platform.layer.registry import installed_layers, layer_packages
from gis_platform.rules.seed import seed_rules
from gis_platform.settings import Settings

_HERE = Path(__file__).parent

# One migration at a time on one database, whoever starts it.
_LOCK = 7_815_001


def _config() -> Config:
    folders = [str(_HERE / "migrations")]
    for package in layer_packages():
        folders += [str(f / "migrations") for f in [Path(str(files(import_module(package))))]]
    config = Config()
    config.set_main_option("script_location", str(_HERE / "alembic"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(folders))
    return config


def migration_heads() -> frozenset[str]:
    """The revisions of the code: what a database must be at.

    A head on which another branch depends is held by that one: the database does not name it again.
    """
    scripts = ScriptDirectory.from_config(_config())
    held = {name for script in scripts.walk_revisions() for name in to_tuple(script.dependencies, ())}
    return frozenset(scripts.get_heads()) - held


def migrate(settings: Settings, logins: Logins, *, anew: bool = True) -> None:
    """Run what is missing, then grants, policies, calendar and rules; safe to run again at any time.

    With ``anew`` false grants and policies are left alone where nothing they follow from has changed.

    Raises:
        Conflict: the database belongs to another city, or the server's logins do.
    """
    city = load_city(settings.city)
    engine = create_engine(sqlalchemy_url(logins.owner), poolclass=NullPool)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            _refuse_other_city(connection, city)
            raw = _psycopg(connection)
            refuse_foreign_logins(raw, logins)
            config = _config()
            config.attributes.update(connection=connection, city=city)
            command.upgrade(config, "heads")
            install_jobs(raw)
            pin_grids(raw)
            apply_derived(raw, installed_layers(), migration_heads(), anew=anew)
            apply_workflows(raw, installed_workflows())
            seed_calendar(raw)
            seed_rules(raw, city.rule_sets, layer_packages())
            set_login_passwords(raw, settings)
            close_to_others(raw)
            raw.execute("UPDATE core.city SET timezone = %s WHERE timezone <> %s", [city.timezone] * 2)
    finally:
        engine.dispose()


def _psycopg(connection: Connection) -> psycopg.Connection[tuple[object, ...]]:
    raw = connection.connection.driver_connection
    if not isinstance(raw, psycopg.Connection):
        raise TypeError("the owner's connection is not psycopg's")
    return raw


def _refuse_other_city(connection: Connection, city: City) -> None:
    known = connection.exec_driver_sql("SELECT to_regclass('core.city')").scalar()
    if known is None:
        return
    row = connection.exec_driver_sql("SELECT name, working_srid FROM core.city").one_or_none()
    if row is not None and tuple(row) != (city.name, city.working_srid):
        raise Conflict(
            f"This database holds the city {row[0]!r} in EPSG:{row[1]}, the settings ask for {city.name!r} "
            f"in EPSG:{city.working_srid}. Set GIS_CITY, or use another database.",
            parameter="GIS_CITY",
        )
