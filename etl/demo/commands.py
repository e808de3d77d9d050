"""``gis-platform demo``: a synthetic city of any size, for a look and for benchmarks."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from etl.demo.founding import DEFAULT_SEED
from etl.demo.load import load_demo, loaded_size
from etl.demo.next_state import write_next_state
from etl.demo.rasters import load_demo_rasters
from etl.demo.telling import DemoLines
from gis_platform.city import load_city
from gis_platform.database.connect import connect_to
from gis_platform.database.migrate import migrate
from gis_platform.database.server import database_server
from gis_platform.errors import BadParameter
from gis_platform.settings import Settings

app = typer.Typer()


@app.command()
def demo(
    parcels: Annotated[
        int | None, typer.Option(min=1_000, max=5_000_000, help="Parcels; default GIS_DEMO_PARCELS.")
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, help="Another seed is another city.")
    ] = DEFAULT_SEED,
) -> None:
    """Load the synthetic demo city, in the place of another demo city; real deliveries are never replaced."""
    settings = Settings()
    wanted = settings.demo_parcels if parcels is None else parcels
    if not load_city(settings.city).demo:
        raise BadParameter(f"The city profile {settings.city!r} has no demo city.", parameter="GIS_CITY")
    with database_server(settings) as places:
        migrate(settings, places, anew=False)
        with connect_to(places.owner) as connection:
            if loaded_size(connection) == (wanted, seed):
                typer.echo(f"The demo city of {wanted:,} parcels is already loaded.")
                return
            began = time.monotonic()
            with DemoLines(wanted) as progress:
                load_demo(connection, settings, wanted, seed, progress)
        with connect_to(places.owner) as connection:
            load_demo_rasters(connection, settings.data_dir, load_city(settings.city), seed)
        typer.echo(f"Demo city of {wanted:,} parcels loaded in {time.monotonic() - began:.0f} s.")


@app.command()
def demo_delivery(
    file: Annotated[Path, typer.Argument(help="GeoPackage to write; one that is there is not overwritten.")],
    seed: Annotated[int, typer.Option(min=0, help="Another seed, other changes.")] = DEFAULT_SEED,
) -> None:
    """Write a made-up cadastre of a later month: the parcels in force, about one in a hundred changed."""
    settings = Settings()
    if file.suffix != ".gpkg" or file.exists():
        raise BadParameter(f"{file}: name a file ending in .gpkg that is not there yet.", parameter="file")
    with database_server(settings) as places, connect_to(places.owner) as connection:
        done = write_next_state(connection, load_city(settings.city), file, seed)
    told = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in done.items())
    typer.echo(f"{file}: {told}. Deliver it: gis-platform deliver {file} --layer parcels --source-date DATE")
