"""``gis-platform deliver``: exit code 0 applied, 2 refused by the checks, 1 anything else."""

import getpass
import json
import sys
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from etl.delivery.deliver import deliver as run_delivery
from etl.delivery.progress import for_terminal, plain
from etl.delivery.receive import require_file
from etl.delivery.request import Counts, DeliveryRequest, DeliveryResult
from gis_platform.database.migrate import migrate
from gis_platform.database.server import database_server
from gis_platform.errors import BadParameter, DeliveryRefused
from gis_platform.settings import Settings

app = typer.Typer()
_DATE = "Day of the source's data: 2020-09-01, or 01/09/2020, which is day/month/year."
_EXAMPLE = """Example: gis-platform deliver thua_dat.gpkg --layer parcels --source-date 01/09/2020
--map sheet_no=SoTo --ignore mauSac"""
_REFUSED = 2


class DeliverCommand(TyperCommand):
    """Click leaves a wrong command line with 2, which here means that the checks refused a file."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """The command line, parsed; a fault in it leaves with 1."""
        try:
            return super().make_context(*args, **kwargs)
        except Exception as fault:
            if getattr(fault, "exit_code", None) == _REFUSED:
                vars(fault)["exit_code"] = 1
            raise


@app.command(cls=DeliverCommand, epilog=_EXAMPLE)
def deliver(
    file: Annotated[Path, typer.Argument(help="GeoPackage, GeoJSON, FlatGeobuf, Shapefile or its zip, CSV.")],
    layer: Annotated[str, typer.Option(help="Layer to deliver into, such as parcels.")],
    source_date: Annotated[datetime, typer.Option(formats=["%Y-%m-%d", "%d/%m/%Y"], help=_DATE)],
    source: Annotated[str | None, typer.Option(help="Who delivers; picks the saved mapping.")] = None,
    crs: Annotated[str | None, typer.Option(help="Grid of a file that does not say it: EPSG:9210.")] = None,
    override_crs: Annotated[
        bool, typer.Option("--override-crs", help="Believe --crs and not the file.")
    ] = False,
    encoding: Annotated[str | None, typer.Option(help="Encoding of a Shapefile or CSV: cp1258.")] = None,
    file_layer: Annotated[str | None, typer.Option(help="Layer of the file, where it has several.")] = None,
    where: Annotated[str | None, typer.Option(help="Condition on the file's columns: which rows.")] = None,
    map_: Annotated[list[str] | None, typer.Option("--map", help="property=column, repeatable.")] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", help="property=value for all rows.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Column to leave out, repeatable.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML file with columns, constants, ignore.")] = None,
    scope: Annotated[
        str | None, typer.Option(help="Properties, with commas: their rows not in the file end.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Read a file into a layer: all of it, or, when something is wrong with it, nothing."""
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
        columns=_pairs("--map", map_),
        constants=_pairs("--set", set_),
        ignore=tuple(ignore or ()),
        mapping_file=mapping,
        scope=tuple(name.strip() for name in scope.split(",")) if scope else (),
        received_by=getpass.getuser(),
    )
    require_file(file)  # before a database is started for it
    try:
        result = _run(Settings(), request)
    except DeliveryRefused as refusal:
        typer.echo(refusal.detail, err=True)
        refused = DeliveryResult(None, "refused", Counts(), tuple(refusal.extra.get("findings", ())))
        _show(refused, as_json=as_json)
        sys.exit(_REFUSED)
    _show(result, as_json=as_json)


def _run(settings: Settings, request: DeliveryRequest) -> DeliveryResult:
    with ExitStack() as opened:
        logins = opened.enter_context(database_server(settings))
        # Not anew: that would lock out the readers of every layer, and deadlock with another delivery.
        migrate(settings, logins, anew=False)
        bar = for_terminal()
        progress = plain() if bar is None else opened.enter_context(bar)
        return run_delivery(settings, request, logins.owner, progress)


def _pairs(option: str, given: list[str] | None) -> dict[str, str]:
    pairs = {}
    for text in given or ():
        name, sign, value = text.partition("=")
        if not (name and sign and value):
            raise BadParameter(f"{option} {text!r}: write {option} property=value.", parameter=option[2:])
        pairs[name.strip()] = value.strip()
    return pairs


def _show(result: DeliveryResult, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(result.as_json(), ensure_ascii=False))
        return
    if result.status == "refused":
        return
    if result.status == "already applied":
        typer.echo(f"This file was applied before, as delivery {result.id}. Nothing has changed.")
        return
    told = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in result.counts.as_dict().items())
    typer.echo(f"Delivery {result.id} is applied into {result.into}: {told}.")
    for finding in result.findings:
        typer.echo(f"  {finding.severity}: {finding.text}")
