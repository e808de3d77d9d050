"""Where the city's database is: your own server, or the private cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from gis_platform.access.roles import APP_LOGIN, PUBLIC_LOGIN
from gis_platform.city import load_city
from gis_platform.cluster import check_server, running_cluster
from gis_platform.errors import Unavailable
from gis_platform.secret import derived_password
from gis_platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Logins:
    """libpq connection strings of the three logins of one database."""

    owner: str
    app: str
    public: str


def logins(settings: Settings, owner: str) -> Logins:
    """The logins beside the owner's: same server and database, their own name and password."""
    return Logins(
        owner=owner,
        app=make_conninfo(owner, user=APP_LOGIN, password=derived_password(settings, APP_LOGIN)),
        public=make_conninfo(owner, user=PUBLIC_LOGIN, password=derived_password(settings, PUBLIC_LOGIN)),
    )


@contextmanager
def database_server(settings: Settings) -> Iterator[Logins]:
    """The city's database, ready to be connected to; a cluster started here is stopped at the end.

    Raises:
        Unavailable: the server of ``GIS_DATABASE_URL`` cannot serve; the detail says what is missing.
    """
    if settings.database_url is not None:
        faults = check_server(settings.database_url)
        if faults:
            raise Unavailable("GIS_DATABASE_URL: " + " ".join(faults), parameter="GIS_DATABASE_URL")
        yield logins(settings, make_conninfo(settings.database_url))
        return
    city = load_city(settings.city)
    with running_cluster(settings) as cluster:
        create_database(cluster.url("postgres"), city.database)
        yield logins(settings, make_conninfo(cluster.url(city.database)))


def create_database(maintenance: str, name: str) -> None:
    """Make an empty database where there is none of that name."""
    with psycopg.connect(maintenance, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def database_name(conninfo: str) -> str:
    """The database a connection string leads to."""
    return str(conninfo_to_dict(conninfo).get("dbname", ""))
