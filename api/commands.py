"""``gis-platform run``: database, migrations, demo city, server, in one command."""

import signal
import sys
from contextlib import closing
from types import FrameType

import typer

from api.planning.commands import app as planning_app
from api.serving import serve, take_port
from etl.demo.founding import DEFAULT_SEED
from etl.demo.load import load_demo_once
from etl.demo.rasters import load_demo_rasters
from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE, ensure_demo_accounts
from gis_platform.city import load_city
from gis_platform.database.connect import connect_to
from gis_platform.database.migrate import migrate
from gis_platform.database.readiness import wants_demo
from gis_platform.database.server import database_server
from gis_platform.settings import Settings
from gis_platform.telemetry.logs import configure_logs

app = typer.Typer()
app.add_typer(planning_app, name="planning")


def _leave(_signal: int, _frame: FrameType | None) -> None:
    # A signal must unwind the context managers, so that a cluster started here is stopped.
    sys.exit(0)


@app.command()
def run() -> None:
    """Bring the city up and serve it until Ctrl-C."""
    settings = Settings()
    configure_logs(settings)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _leave)
    city = load_city(settings.city)
    with closing(take_port(settings)) as place, database_server(settings) as places:
        migrate(settings, places, anew=False)
        if wants_demo(settings, city):
            with connect_to(places.owner) as connection:
                loaded = load_demo_once(connection, settings)
                ensure_demo_accounts(connection, settings)
            if loaded:
                with connect_to(places.owner) as connection:
                    load_demo_rasters(connection, settings.data_dir, city, DEFAULT_SEED)
            typer.echo(f"Demo accounts: {settings.data_dir / DEMO_ACCOUNTS_FILE}")
        typer.echo(f"{city.title_vi}: {settings.address}  (Ctrl-C stops it)")
        serve(settings, places, place)
