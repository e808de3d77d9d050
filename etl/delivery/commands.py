"""``gis-platform deliver``: exit code 0 applied or ready, 2 refused by the checks, 1 anything else."""

import getpass
import json
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from etl.delivery.deliver import deliver as run_delivery
from etl.delivery.deliver import propose
from etl.delivery.intake.parts import find_parts
from etl.delivery.progress import for_terminal, plain
from etl.delivery.request import DeliveryRequest, DeliveryResult
from etl.delivery.showing import REFUSED, leave_refused, show_result
from gis_platform.database.migrate import migrate
from gis_platform.database.server import database_server
from gis_platform.errors import BadParameter, DeliveryRefused
from gis_platform.settings import Settings

app = typer.Typer()
_DATE = "Day of the source's data: 2020-09-01, or 01/09/2020, which is day/month/year."
_EXAMPLE = """Example: gis-platform deliver thua_dat.gpkg --layer parcels --source-date 01/09/2020
--map sheet_no=SoTo --ignore mauSac"""


class DeliverCommand(TyperCommand):
    """Click leaves a wrong command line with 2, which here means that the checks refused a file."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """The command line, parsed; a fault in it leaves with 1."""
        try:
            return super().make_context(*args, **kwargs)
        except Exception as fault:
            if getattr(fault, "exit_code", None) == REFUSED:
                vars(fault)["exit_code"] = 1
            raise


@app.command(cls=DeliverCommand, epilog=_EXAMPLE)
def deliver(
    file: Annotated[
        Path, typer.Argument(help="GeoPackage, Shapefile, MapInfo, DGN, DXF, CSV or another, or a zip.")
    ],
    layer: Annotated[str, typer.Option(help="Layer to deliver into, such as parcels.")],
    source_date: Annotated[datetime, typer.Option(formats=["%Y-%m-%d", "%d/%m/%Y"], help=_DATE)],
    source: Annotated[str | None, typer.Option(help="Who delivers; picks the saved mapping.")] = None,
    crs: Annotated[str | None, typer.Option(help="Grid of a file that does not say it: EPSG:9210.")] = None,
    override_crs: Annotated[
        bool, typer.Option("--override-crs", help="Believe --crs and not the file.")
    ] = False,
    encoding: Annotated[str | None, typer.Option(help="Of its texts: tcvn3, vni, viscii, cp1258.")] = None,
    file_layer: Annotated[str | None, typer.Option(help="Layer of the file, where it has several.")] = None,
    where: Annotated[str | None, typer.Option(help="Condition on the file's columns: which rows.")] = None,
    map_: Annotated[list[str] | None, typer.Option("--map", help="property=column, repeatable.")] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", help="property=value for all rows.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Column to leave out, repeatable.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML file with columns, constants, ignore.")] = None,
    scope: Annotated[
        str | None, typer.Option(help="Properties, with commas: their rows not in the file end.")
    ] = None,
    correction: Annotated[
        bool, typer.Option("--correction", help="It corrects what was believed from its date on.")
    ] = False,
    sender: Annotated[str | None, typer.Option(help="Who handed the file over.")] = None,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="The data is made up: all that rests on it says so.")
    ] = False,
    approve: Annotated[
        bool, typer.Option("--approve", help="Apply it at once, warnings and doubtful changes included.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Take a file in, check it and compare it with its layer; --approve applies it: all of it, or nothing."""
    request = DeliveryRequest(
        file=file,
        layer=layer,
        source_date=source_date.date(),
        source=source,
        crs=crs,
        override_crs=override_crs,
        encoding=encoding,
        file_layer=file_layer,
        where=where,
        columns=pairs("--map", map_),
        constants=pairs("--set", set_),
        ignore=tuple(ignore or ()),
        mapping_file=mapping,
        scope=tuple(name.strip() for name in scope.split(",")) if scope else (),
        correction=correction,
        sender=sender,
        synthetic=synthetic,
        received_by=getpass.getuser(),
    )
    try:
        find_parts(file)  # before a database is started for it
        result = _run(Settings(), request, approve=approve)
    except DeliveryRefused as refusal:
        leave_refused(refusal, as_json=as_json)
    _show(result, as_json=as_json)


def _run(settings: Settings, request: DeliveryRequest, *, approve: bool) -> DeliveryResult:
    with ExitStack() as opened:
        logins = opened.enter_context(database_server(settings))
        # Not anew: that would lock out the readers of every layer, and deadlock with another delivery.
        migrate(settings, logins, anew=False)
        bar = for_terminal()
        progress = plain() if bar is None else opened.enter_context(bar)
        taken = run_delivery if approve else propose
        return taken(settings, request, logins.owner, progress)


def pairs(option: str, given: list[str] | None) -> dict[str, str]:
    """What such an option says, as name and value. Raises `BadParameter` where it is no pair."""
    said = {}
    for text in given or ():
        name, sign, value = text.partition("=")
        if not (name and sign and value):
            raise BadParameter(f"{option} {text!r}: write {option} property=value.", parameter=option[2:])
        said[name.strip()] = value.strip()
    return said


def _show(result: DeliveryResult, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(result.as_json(), ensure_ascii=False))
        return
    if result.status == "already applied":
        typer.echo(f"This file was applied before, as delivery {result.id}. Nothing has changed.")
        return
    show_result(result)
