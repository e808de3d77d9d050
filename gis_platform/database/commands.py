"""Commands on the database itself."""

import typer

from gis_platform.database.migrate import migrate as run_migrations
from gis_platform.database.server import database_server
from gis_platform.settings import Settings

app = typer.Typer()


@app.command()
def migrate() -> None:
    """Bring the database to the newest form; safe to run again."""
    settings = Settings()
    with database_server(settings) as logins:
        run_migrations(settings, logins)
    typer.echo("The database is at the newest version.")
