"""``gis-platform contracts``: what each source owes, and how well it keeps to it."""

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated, Any

import psycopg
import typer

from etl.watch.contracts import Contract, contracts_in_force, end_contract, state_contract
from etl.watch.scorecard import Scorecard, scorecards
from gis_platform.city import City, load_city
from gis_platform.database.connect import connect_to
from gis_platform.database.migrate import migrate
from gis_platform.database.server import database_server
from gis_platform.layer.registry import installed_layers
from gis_platform.settings import Settings

app = typer.Typer(name="contracts", help="What each source of data owes, and when.", no_args_is_help=True)

_DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
LayerName = Annotated[str, typer.Argument(metavar="LAYER", help="Layer or raster: parcels.")]
SourceName = Annotated[str, typer.Argument(metavar="SOURCE", help="Who delivers, as with deliver --source.")]


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False) -> None:
    """Show the contracts in force and a scorecard of every source that ever delivered."""
    with _database() as (connection, city, today):
        contracts = contracts_in_force(connection, city, today)
        cards = scorecards(connection, city, installed_layers(), today)
    if as_json:
        told = {
            "contracts": [_as_json(one) for one in contracts],
            "sources": [one.as_json() for one in cards],
        }
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for contract in contracts:
        typer.echo(_contract_line(contract))
    for card in cards:
        typer.echo(_card_line(card))
    if not contracts:
        typer.echo("No contract is stated: the cycle of each layer holds.")


@app.command("set")
def set_(
    layer: LayerName,
    source: SourceName,
    cycle_days: Annotated[
        int | None, typer.Option(help="Days from one state to the next; else the layer's.")
    ] = None,
    grace_days: Annotated[int, typer.Option(help="Days it may come later.")] = 0,
    sender: Annotated[str | None, typer.Option(help="Person or office that sends it.")] = None,
    area: Annotated[str | None, typer.Option(help="Parts it may hold, with commas: 28249,28252.")] = None,
    fields: Annotated[str | None, typer.Option(help="Properties it must hold, with commas.")] = None,
    errors: Annotated[
        str | None, typer.Option(help="Warnings that stop its deliveries, with commas: duplicate_key,gap.")
    ] = None,
    tolerance_m: Annotated[float | None, typer.Option(help="Metres its features may be shifted by.")] = None,
    valid_from: Annotated[
        datetime | None, typer.Option("--from", formats=_DAYS, help="First day; today if not given.")
    ] = None,
    note: Annotated[str | None, typer.Option(help="What else was agreed.")] = None,
) -> None:
    """State what a source owes, in the place of what was stated before."""
    with _database() as (connection, _, today):
        said: dict[str, Any] = {
            "cycle_days": cycle_days,
            "grace_days": grace_days,
            "sender": sender,
            "area": _parts(area),
            "fields": _parts(fields),
            "errors": _parts(errors),
            "tolerance_m": tolerance_m,
            "valid_from": valid_from.date() if valid_from else today,
            "note": note,
        }
        stated = state_contract(connection, installed_layers(), layer, source, said, getpass.getuser())
    typer.echo(_contract_line(stated))


@app.command("end")
def end(
    layer: LayerName,
    source: SourceName,
    on: Annotated[
        datetime | None, typer.Option(formats=_DAYS, help="First day without it; today if not given.")
    ] = None,
) -> None:
    """End a contract; it stays on record, and the profile's or the layer's cycle holds again."""
    with _database() as (connection, _, today):
        day = on.date() if on else today
        end_contract(connection, layer, source, day, getpass.getuser())
    typer.echo(f"The contract of {layer} with {source} holds no more from {day} on.")


@contextmanager
def _database() -> Iterator[tuple[psycopg.Connection[Any], City, date]]:
    settings = Settings()
    city = load_city(settings.city)
    with database_server(settings) as logins:
        migrate(settings, logins, anew=False)
        with connect_to(logins.owner) as connection:
            yield connection, city, city.today()


def _parts(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _as_json(contract: Contract) -> dict[str, Any]:
    told = contract.terms.model_dump(mode="json")
    return {"layer": contract.layer, "source": contract.source, "stated_in": contract.origin, **told}


def _contract_line(contract: Contract) -> str:
    terms = contract.terms
    cycle = "the layer's cycle" if terms.cycle_days is None else f"every {terms.cycle_days} days"
    told = [cycle + (f" and {terms.grace_days} of grace" if terms.grace_days else "")]
    told += [f"from {terms.sender}"] if terms.sender else []
    told += [f"of {', '.join(terms.area)}"] if terms.area else []
    told += [f"with {', '.join(terms.fields)}"] if terms.fields else []
    told += [f"stopped by {', '.join(terms.errors)}"] if terms.errors else []
    told += [f"within {terms.tolerance_m:g} m"] if terms.tolerance_m else []
    told += [f"since {terms.valid_from}"] if terms.valid_from else []
    told += [f"stated in the {contract.origin}"]
    return f"{contract.layer} / {contract.source}: {'; '.join(told)}"


def _card_line(card: Scorecard) -> str:
    told = [f"{card.deliveries} came, {card.refused} refused, {card.on_time} on time, {card.late} late"]
    if card.median_delay_days is not None:
        told.append(f"median delay {card.median_delay_days:g} days")
    if card.faults_per_1000 is not None:
        told.append(f"{card.faults_per_1000:g} faults in 1,000 rows")
    if card.last_source_date is not None:
        told.append(f"last of {card.last_source_date}")
    if card.next_due is not None:
        late = f", OVERDUE by {card.overdue_days} days" if card.overdue_days else ""
        told.append(f"next due {card.next_due} ({card.next_due_en}){late}")
    return f"{card.layer} / {card.source}: {'; '.join(told)}"
