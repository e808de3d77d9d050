"""``gis-platform snapshot``: the public map as one file."""

from pathlib import Path
from typing import Annotated

import typer

from gis_platform.city import load_city
from gis_platform.database.connect import connect_to
from gis_platform.database.server import database_server
from gis_platform.layer import installed_layers
from gis_platform.layer.text import Language
from gis_platform.settings import Settings
from web_map.snapshot.box import parse_box
from web_map.snapshot.read import read_features_as_public

app = typer.Typer()


@app.command()
def snapshot(
    out: Annotated[Path, typer.Option(help="The HTML file to write; one that is there is replaced.")],
    bbox: Annotated[
        str | None, typer.Option(help="west,south,east,north in degrees; else the middle.")
    ] = None,
    lang: Annotated[Language, typer.Option(help="Language of the map: vi or en.")] = "vi",
) -> None:
    """Save a part of the public map as one HTML file that needs no network."""
    settings = Settings()
    city = load_city(settings.city)
    box = parse_box(bbox, city)
    # Signed in as the public: a role merely put on could be taken off again.
    with database_server(settings) as logins, connect_to(logins.public) as connection:
        drawn = read_features_as_public(connection, installed_layers().values(), city, box)
    from web_map.snapshot.document import make_snapshot

    page = make_snapshot(city, drawn, lang, box=box)
    out.write_text(page, encoding="utf-8")
    counts = ", ".join(f"{layer.name} {len(content['features'])}" for layer, content in drawn)
    typer.echo(f"{out}: {len(page.encode()) / 1e6:.1f} MB ({counts})")
