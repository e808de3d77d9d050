"""The city that is measured: a cluster of its own, kept between runs, and what the peers read of it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from etl.demo.founding import DEFAULT_SEED
from etl.demo.load import load_demo, loaded_size
from etl.demo.telling import DemoLines
from gis_platform.access.roles import Role
from gis_platform.database.migrate import migrate
from gis_platform.database.server import Logins, database_server
from gis_platform.layer.registry import installed_layers
from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries
from tests.bench.samples import SQL as SAMPLES
from tests.bench.samples import Samples, draw

SQL = named_queries(__file__)

PEER = "bench_peer"
# Peers: connections in all, as many as our two workers hold warm.
WORKERS, CONNECTIONS_PER_WORKER = 2, 4


@dataclass(frozen=True, slots=True)
class BenchCity:
    """A running database with a demo city in it."""

    settings: Settings
    places: Logins
    parcels: int
    samples: Samples

    @property
    def folder(self) -> Path:
        """A folder for configurations and logs of the servers."""
        made = self.settings.data_dir / "servers"
        made.mkdir(exist_ok=True)
        return made

    @property
    def limit_conninfo(self) -> str:
        """The public role's way in, with the settings that the platform's own connections have."""
        options = "-c default_transaction_read_only=on -c jit=off -c TimeZone=UTC"
        return make_conninfo(self.places.public, options=options)

    @property
    def address(self) -> dict[str, str]:
        """How a peer gets in: host (a socket's folder, where no password is asked), port, dbname, user."""
        parts = {**conninfo_to_dict(self.places.owner), "user": PEER}
        return {name: str(parts[name]) for name in ("host", "port", "dbname", "user")}


@contextmanager
def bench_city(folder: Path, parcels: int) -> Iterator[BenchCity]:
    """The city of that many parcels, loaded if it is not there yet."""
    settings = Settings(data_dir=folder / str(parcels), database_url=None, demo_parcels=parcels)
    with database_server(settings) as places:
        migrate(settings, places, anew=False)
        with psycopg.connect(places.owner) as connection:
            if loaded_size(connection) != (parcels, DEFAULT_SEED):
                with DemoLines(parcels) as progress:
                    load_demo(connection, settings, parcels, DEFAULT_SEED, progress)
        with psycopg.connect(places.owner, autocommit=True) as connection:
            give_to_peers(connection)
            for name in ("tidy", "flush"):
                connection.execute(SAMPLES[name].text.encode())
            samples = draw(connection)
        time.sleep(1)  # the checkpoint's last writes
        yield BenchCity(settings, places, parcels, samples)


def give_to_peers(connection: psycopg.Connection[Any]) -> None:
    """Views with the columns that the public sees, and an index on what they make of the geometry."""
    layers = installed_layers()
    for name in ("peer", "schema"):
        connection.execute(SQL[name].text.encode())
    for view, layer in (("parcels", layers["parcels"]), ("zones", layers["zoning"])):
        seen = [p.name for p in layer.properties_for(Role.PUBLIC)]
        columns = sql.SQL(", ").join(map(sql.Identifier, ["id", *seen]))
        parts = {"view": sql.Identifier(view), "table": sql.Identifier(layer.name), "columns": columns}
        _run(connection, "features", index=sql.Identifier(f"bench_{layer.name}_4326"), **parts)
    drawn = [p.name for p in layers["parcels"].properties_for(Role.PUBLIC) if p.in_tile]
    _run(connection, "tiles", columns=sql.SQL(", ").join(map(sql.Identifier, ["id", *drawn])))
    _run(connection, "grants", database=sql.Identifier(connection.info.dbname))


def _run(connection: psycopg.Connection[Any], name: str, **parts: sql.Composable) -> None:
    template: Any = SQL[name].text
    for statement in template.split(";"):
        connection.execute(sql.SQL(statement).format(**parts))
