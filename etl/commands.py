"""The commands of this room, merged into ``gis-platform``."""

import typer

from etl.delivery.commands import app as delivery_app
from etl.delivery.decision_commands import app as decision_app
from etl.demo.commands import app as demo_app
from etl.rasters.commands import app as raster_app
from etl.watch.commands import app as contracts_app

app = typer.Typer()
app.registered_commands += delivery_app.registered_commands
app.registered_commands += decision_app.registered_commands
app.registered_commands += demo_app.registered_commands
app.add_typer(raster_app, name="raster")
app.add_typer(contracts_app, name="contracts")
