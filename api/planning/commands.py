"""``gis-platform planning``: many look-ups from a file, without a server."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from gis_platform.access.caller import Caller
from gis_platform.city import load_city
from gis_platform.database.pools import Database
from gis_platform.database.server import Logins, database_server
from gis_platform.layer.text import Language
from gis_platform.settings import Settings
from layers.planning.batch import Table, answered, read_table

app = typer.Typer(help="Planning answers.", no_args_is_help=True)

_MOST_ROWS = 1_000_000


@app.callback()
def planning() -> None:
    """Planning answers."""


@app.command()
def batch(
    file: Annotated[Path, typer.Argument(help="CSV with a row of heads.", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option(help="The CSV to write; one that is there is replaced.")],
    lang: Annotated[Language, typer.Option(help="Language of the answers: vi or en.")] = "vi",
) -> None:
    """Look up each row of a table of addresses or parcel numbers, as the public sees it."""
    table = read_table(file.read_bytes(), _MOST_ROWS, lang)
    settings = Settings()
    with database_server(settings) as places:
        asyncio.run(_write(settings, places, table, out, lang))
    typer.echo(f"{out}: {len(table.rows)} rows")


async def _write(settings: Settings, places: Logins, table: Table, out: Path, language: Language) -> None:
    async with Database(settings, places) as database:
        with out.open("wb") as file:
            rows = answered(database, Caller.anonymous(), table, load_city(settings.city), language)
            async for some in rows:
                file.write(some)
