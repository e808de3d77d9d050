"""SQLAlchemy engines over psycopg, from a libpq connection string."""

from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from gis_platform.settings import Settings


def sqlalchemy_url(conninfo: str) -> URL:
    """The same place in SQLAlchemy's words; a socket folder travels as the ``host`` query."""
    parts = {k: str(v) for k, v in conninfo_to_dict(conninfo).items() if v is not None}
    host = parts.pop("host", None)
    user, password = parts.pop("user", None), parts.pop("password", None)
    database, port = parts.pop("dbname", None), parts.pop("port", None)
    if host is not None and host.startswith("/"):
        # A socket folder cannot stand where a URL has its host.
        parts |= {"host": host} | ({"port": port} if port else {})
        host = port = None
    return URL.create(
        "postgresql+psycopg",
        username=user,
        password=password,
        host=host,
        port=int(port) if port else None,
        database=database,
        query=parts,
    )


def make_engine(settings: Settings, conninfo: str) -> AsyncEngine:
    """The engine behind every request that is not a public hot path."""
    return create_async_engine(
        sqlalchemy_url(conninfo),
        pool_size=settings.pool_size,
        max_overflow=settings.pool_size,
        pool_timeout=5,
        pool_pre_ping=True,
        connect_args={"options": f"-c statement_timeout={settings.statement_timeout_ms}"},
    )
