"""Loading the demo city into a migrated database: streamed, by COPY, in one transaction of the caller."""

from __future__ import annotations

from typing import Any

import psycopg

from etl.delivery.progress import Progress
from etl.demo.founding import DEFAULT_SEED, make_city
from etl.demo.numbering import empty_numbers
from etl.demo.permits import empty_permits
from etl.demo.sources import sources
from etl.demo.tables import Loader
from etl.demo.telling import DemoLines
from gis_platform.audit.record import record_sync
from gis_platform.city import load_city
from gis_platform.errors import Conflict
from gis_platform.layer import installed_layers
from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def load_demo_once(connection: psycopg.Connection[Any], settings: Settings) -> bool:
    """Load the city of the settings unless one is there; True where it was loaded. Commits nothing."""
    if loaded_size(connection) is not None:
        return False
    with DemoLines(settings.demo_parcels) as progress:
        load_demo(connection, settings, settings.demo_parcels, DEFAULT_SEED, progress)
    return True


def loaded_size(connection: psycopg.Connection[Any]) -> tuple[int, int] | None:
    """Parcels and seed of the demo city that is there; waits for one that is being loaded."""
    connection.execute(SQL["take_turn"].text.encode())
    row = connection.execute(SQL["loaded"].text.encode()).fetchone()
    return None if row is None else (int(row[0]), int(row[1]))


def load_demo(
    connection: psycopg.Connection[Any], settings: Settings, parcels: int, seed: int, progress: Progress
) -> None:
    """Put a demo city in the place of the one that is there, if any. Commits nothing.

    Raises:
        Conflict: real deliveries were applied here; a demo city never takes their place.
    """
    connection.execute(SQL["take_turn"].text.encode())
    found = connection.execute(SQL["delivered"].text.encode()).fetchone()
    if found is not None and found[0]:
        raise Conflict(
            "This database holds real deliveries, which a demo city would replace. Load it into one of "
            "its own: another GIS_DATA_DIR or GIS_DATABASE_URL."
        )
    progress.step("laying out streets, blocks and zones")
    city = make_city(seed, parcels)
    layers = installed_layers()
    loader = Loader(connection, city, load_city(settings.city).working_srid, progress)
    parts = sources(city)
    loader.empty(layers[source.layer] for source in parts)
    empty_numbers(connection)
    empty_permits(connection)
    for source in parts:
        loader.fill(source, layers[source.layer])
    loader.fill_holders()
    loader.fill_house_numbers()
    loader.fill_permits()
    loader.fill_observations(layers["sensors"])
    for source in parts:
        if "after_delivery" in layers[source.layer].sql:
            progress.step(f"working out what follows from {source.layer.replace('_', ' ')}")
            connection.execute(layers[source.layer].sql["after_delivery"].text.encode())
    connection.execute(SQL["remember"].text.encode(), {"parcels": parcels, "seed": seed})
    # Last before the commit, for it locks the trail.
    record_sync(connection, "demo.loaded", "demo", {"parcels": parcels, "seed": seed}, actor="demo")
