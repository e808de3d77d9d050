"""What is decided on the command line: approve, reject, rollback, resume, read-anew, report, deliveries."""

import getpass
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer

from etl.delivery import register
from etl.delivery.anew import read_anew as read_kept_anew
from etl.delivery.approve import Word
from etl.delivery.approve import approve as approve_delivery
from etl.delivery.checking import write_report
from etl.delivery.commands import DeliverCommand, pairs
from etl.delivery.deciding import reject as reject_delivery
from etl.delivery.prepare import prepare
from etl.delivery.progress import Progress, for_terminal, plain
from etl.delivery.request import DeliveryResult
from etl.delivery.rollback import rollback as roll_back
from etl.delivery.showing import leave_refused, show_result
from gis_platform.database.migrate import migrate
from gis_platform.database.server import database_server
from gis_platform.errors import DeliveryRefused
from gis_platform.settings import Settings

app = typer.Typer()
_Number = Annotated[int, typer.Argument(metavar="ID", help="Number of the delivery.", min=1)]
_Note = Annotated[str | None, typer.Option(help="Why, for those who read it later.")]
_AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.command()
def approve(
    delivery: _Number,
    part: Annotated[list[str] | None, typer.Option(help="Only this part, as 28249/12; repeatable.")] = None,
    accept_doubtful: Annotated[
        bool, typer.Option("--accept-doubtful", help="Doubtful changes are as proposed.")
    ] = False,
    note: _Note = None,
    as_json: _AsJson = False,
) -> None:
    """Apply a delivery that is ready: all of it, or the parts named."""
    parts = tuple(part) if part else None
    word = Word(by=getpass.getuser(), parts=parts, note=note, accept_doubtful=accept_doubtful)
    with _database() as (settings, owner, progress):
        _show(approve_delivery(settings, delivery, owner, word, progress), as_json=as_json)


@app.command()
def reject(delivery: _Number, note: Annotated[str, typer.Option(help="Why; the sender is told.")]) -> None:
    """Say no to a delivery; its file and report stay."""
    with _database() as (_, owner, _progress):
        reject_delivery(owner, delivery, by=getpass.getuser(), note=note)
    typer.echo(f"Delivery {delivery} is rejected.")


@app.command()
def rollback(delivery: _Number, note: _Note = None, as_json: _AsJson = False) -> None:
    """Undo a delivery as a new version: nothing is deleted, what was believed stays on record."""
    with _database() as (settings, owner, progress):
        result = roll_back(settings, delivery, owner, by=getpass.getuser(), note=note, progress=progress)
        _show(result, as_json=as_json)


@app.command()
def resume(delivery: _Number, as_json: _AsJson = False) -> None:
    """Prepare a delivery anew, from the file that was kept: after a break, or where the layer has changed."""
    with _database() as (settings, owner, progress):
        _show(prepare(settings, delivery, owner, progress), as_json=as_json)


@app.command(cls=DeliverCommand)
def read_anew(
    delivery: _Number,
    accept_grid: Annotated[
        bool, typer.Option("--accept-grid", help="Read it in the grid that its refusal proposes.")
    ] = False,
    crs: Annotated[str | None, typer.Option(help="Believe this grid and not the file: EPSG:9210.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Of its texts: tcvn3, vni, viscii, cp1258.")] = None,
    file_layer: Annotated[str | None, typer.Option(help="Layer of the file, where it has several.")] = None,
    map_: Annotated[list[str] | None, typer.Option("--map", help="property=column, repeatable.")] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", help="property=value for all rows.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Column to leave out, repeatable.")] = None,
    as_json: _AsJson = False,
) -> None:
    """Read the file that was kept in another way: what was refused need not be sent again."""
    said: dict[str, Any] = {"crs": crs, "override_crs": True} if crs else {}
    more: dict[str, Any] = {"encoding": encoding, "file_layer": file_layer, "ignore": ignore}
    more |= {"columns": pairs("--map", map_), "constants": pairs("--set", set_)}
    said |= {name: value for name, value in more.items() if value}
    by = getpass.getuser()
    try:
        with _database() as (settings, owner, progress):
            result = read_kept_anew(
                settings, delivery, owner, said, by=by, accept_grid=accept_grid, progress=progress
            )
    except DeliveryRefused as refusal:
        refusal.extra["delivery"] = delivery
        leave_refused(refusal, as_json=as_json)
    _show(result, as_json=as_json)


@app.command()
def report(
    delivery: _Number,
    file: Annotated[Path, typer.Argument(help="Where to: .gpkg for QGIS, or .csv.")],
) -> None:
    """Write what the checks found, feature by feature."""
    with _database() as (_, owner, _progress), psycopg.connect(owner) as connection:
        register.find(connection, delivery)
        write_report(connection, delivery, file)
    typer.echo(f"Written: {file}")


@app.command()
def deliveries(
    layer: Annotated[str | None, typer.Option(help="Only of this layer.")] = None,
    as_json: _AsJson = False,
) -> None:
    """The deliveries, newest first."""
    with _database() as (_, owner, _progress), psycopg.connect(owner) as connection:
        rows = register.newest(connection, layer)
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, default=str))
        return
    for row in rows:
        typer.echo(
            f"{row['id']:>6}  {row['status']:<16} {row['layer']:<14} {row['source_date']}  {row['source']}"
            f"  {row['file_name']}"
        )


@contextmanager
def _database() -> Iterator[tuple[Settings, str, Progress]]:
    settings = Settings()
    with ExitStack() as opened:
        logins = opened.enter_context(database_server(settings))
        migrate(settings, logins, anew=False)
        bar = for_terminal()
        yield settings, logins.owner, plain() if bar is None else opened.enter_context(bar)


def _show(result: DeliveryResult, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(result.as_json(), ensure_ascii=False))
    else:
        show_result(result)
