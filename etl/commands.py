"""The commands of this room, merged into ``gis-platform``."""

import typer

from etl.delivery.commands import app as delivery_app

app = typer.Typer()
app.registered_commands += delivery_app.registered_commands
