"""``gis-platform raster``: add, list and remove dated rasters."""

import getpass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from gis_platform.access.roles import EVERYONE, STAFF, Audience, Role
from gis_platform.city import load_city
from gis_platform.database.connect import connect_to
from gis_platform.database.migrate import migrate
from gis_platform.database.server import database_server
from gis_platform.layer.registry import installed_layers
from gis_platform.raster.entry import Kind
from gis_platform.settings import Settings

app = typer.Typer(name="raster", help="Orthophotos, elevation and other rasters.", no_args_is_help=True)

_DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
Day = Annotated[
    datetime, typer.Option("--date", formats=_DAYS, help="Day the raster shows: 2025-01-31, or 31/01/2025.")
]


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="A GeoTIFF.")],
    name: Annotated[str, typer.Option(help="Name in addresses, the same for all its dates: soil_salinity.")],
    title: Annotated[str, typer.Option(help="Title in Vietnamese.")],
    date: Day,
    kind: Annotated[Kind, typer.Option(help="What its values are.")],
    source: Annotated[str, typer.Option(help="Who made it, and where it was published.")],
    licence: Annotated[str, typer.Option(help="Terms it may be used under.")],
    title_en: Annotated[str | None, typer.Option(help="Title in English.")] = None,
    unit: Annotated[str | None, typer.Option(help="Unit of the values: dS/m.")] = None,
    note: Annotated[str | None, typer.Option(help="What a reader should know.")] = None,
    crs: Annotated[str | None, typer.Option(help="Grid of a file that does not say it: EPSG:9210.")] = None,
    nodata: Annotated[
        float | None, typer.Option(help="Value that means no data, if the file is silent.")
    ] = None,
    palette: Annotated[
        str | None, typer.Option(help="soil_salinity, delta_elevation, or a JSON file of colours.")
    ] = None,
    model_output: Annotated[bool, typer.Option("--model-output", help="Computed, not measured.")] = False,
    synthetic: Annotated[bool, typer.Option("--synthetic", help="Made up, for trying things.")] = False,
    public: Annotated[
        bool, typer.Option("--public/--staff", help="For everyone, or for staff alone.")
    ] = True,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the version of that day.")
    ] = False,
    role: Annotated[list[Role] | None, typer.Option(help="For this role alone; repeatable.")] = None,
) -> None:
    """Check a file, prepare it and enter it in the catalogue: all of that, or nothing."""
    from etl.rasters.checking import require_file
    from etl.rasters.register import add_raster
    from etl.rasters.request import RasterRequest

    require_file(file)  # before a database is started for it
    request = RasterRequest(
        file=file,
        name=name,
        date=date.date(),
        kind=kind,
        title=title,
        title_en=title_en or title,
        source=source,
        licence=licence,
        unit=unit,
        note=note,
        crs=crs,
        nodata=nodata,
        palette=palette,
        model_output=model_output,
        synthetic=synthetic,
        replace=replace,
        audience=_audience(role, public=public),
        registered_by=getpass.getuser(),
    )
    settings = Settings()
    with database_server(settings) as logins:
        migrate(settings, logins, anew=False)
        with connect_to(logins.owner) as connection:
            city = load_city(settings.city)
            added = add_raster(connection, settings.data_dir, city, installed_layers(), request)
    if added.warning:
        typer.echo(f"Warning: {added.warning}", err=True)
    if added.file is None:
        typer.echo(f"This file is {name} of {request.date} already. Nothing has changed.")
    else:
        how = "is in the catalogue" if added.status == "added" else "takes the place of the one before"
        typer.echo(f"{name} of {request.date} {how} (file {added.file}).")


@app.command("list")
def list_() -> None:
    """Show the rasters of the catalogue and whether their files are there."""
    from etl.rasters.register import listed

    settings = Settings()
    with database_server(settings) as logins:
        migrate(settings, logins, anew=False)
        with connect_to(logins.owner) as connection:
            found = listed(connection, settings.data_dir, load_city(settings.city))
    for line in found:
        typer.echo(line)
    if not found:
        typer.echo("There are no rasters. `gis-platform raster add` brings one.")


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="Name of the raster.")],
    date: Day,
) -> None:
    """Take one version away, its file too."""
    from etl.rasters.register import remove_raster

    settings = Settings()
    with database_server(settings) as logins:
        migrate(settings, logins, anew=False)
        with connect_to(logins.owner) as connection:
            city = load_city(settings.city)
            remove_raster(connection, settings.data_dir, city, name, date.date(), getpass.getuser())
    typer.echo(f"{name} of {date.date()} is removed.")


def _audience(roles: list[Role] | None, *, public: bool) -> Audience:
    if roles:
        return frozenset(roles)
    return EVERYONE if public else STAFF
