"""``gis-platform key``: the keys of other agencies' systems."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

import psycopg
import typer
from rich.console import Console
from rich.table import Table

from gis_platform.access.commands import operator
from gis_platform.access.key_admin import Connection, ListedKey, NewKey, add_key, list_keys, revoke_key
from gis_platform.city import load_city
from gis_platform.database.server import database_server
from gis_platform.errors import BadParameter
from gis_platform.layer.registry import installed_layers
from gis_platform.raster.catalogue import all_rasters
from gis_platform.settings import Settings

app = typer.Typer(name="key", help="Keys of other agencies' systems.", no_args_is_help=True)

_AMOUNT = re.compile(r"([0-9]{1,9}(?:[.][0-9]{1,3})?)(?:/([a-z]+))?")
Done = TypeVar("Done")


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What the audit trail calls it, e.g. tax-office.")],
    account: Annotated[str, typer.Option(help="The account whose role it has.")],
    scope: Annotated[
        list[str], typer.Option(help="read:NAME, read:*, write:NAME, write:*, api:NAME or api.")
    ],
    expires: Annotated[str, typer.Option(help="Last day on which it works, e.g. 2027-01-01.")],
    quota: Annotated[str, typer.Option(help="Requests a day.")] = "10000/day",
    rate: Annotated[str, typer.Option(help="Requests a second.")] = "20/s",
    note: Annotated[str, typer.Option(help="Who asked for it, and what for.")] = "",
) -> None:
    """Make a key and print it, once."""
    new = NewKey(
        name=name,
        account=account,
        scopes=tuple(scope),
        quota_per_day=int(_amount(quota, "day", "--quota", whole=True)),
        rate_per_second=_amount(rate, "s", "--rate"),
        expires=_day(expires),
        note=note,
    )
    settings = Settings()
    timezone = load_city(settings.city).timezone

    async def made(on: Connection) -> str:
        known = [*installed_layers(), *await all_rasters(on)]
        return await add_key(on, new, timezone=timezone, known=known, actor=operator())

    token = _run(settings, made)
    typer.echo(f"Key {name} made; it works up to and including {new.expires}.")
    typer.echo(f"Token (shown only now): {token}")


@app.command("list")
def list_() -> None:
    """Show all keys; never their tokens."""
    settings = Settings()
    timezone = load_city(settings.city).timezone
    table = Table("key, account", "scopes", "today, quota, rate", "state, expires")
    for key in _run(settings, lambda on: list_keys(on, timezone=timezone)):
        last = (key.expires_at.astimezone(ZoneInfo(timezone)) - timedelta(days=1)).date()
        table.add_row(
            f"{key.name}\n{key.account} ({key.role})",
            "\n".join(key.scopes),
            f"{key.requests_today} of {key.quota_per_day}\n{key.rate_per_second:g}/s",
            f"{_state(key)}\n{last}",
        )
    Console().print(table)


@app.command()
def revoke(name: Annotated[str, typer.Argument(help="Name of the key.")]) -> None:
    """End a key; running servers follow within five seconds."""
    _run(Settings(), lambda on: revoke_key(on, name, actor=operator()))
    typer.echo(f"Key {name} revoked; running servers follow within five seconds.")


def _run(settings: Settings, work: Callable[[Connection], Awaitable[Done]]) -> Done:
    async def connected(conninfo: str) -> Done:
        async with await psycopg.AsyncConnection.connect(conninfo) as connection:
            return await work(connection)

    with database_server(settings) as places:
        return asyncio.run(connected(places.owner))


def _state(key: ListedKey) -> str:
    if key.revoked_at is not None:
        return "revoked"
    if key.expires_at <= datetime.now(UTC):
        return "expired"
    return "account disabled" if key.account_disabled else "works"


def _amount(text: str, unit: str, option: str, *, whole: bool = False) -> float:
    form = _AMOUNT.fullmatch(text.strip())
    if form is None or form[2] not in (None, unit) or (whole and "." in form[1]):
        example = f"10000/{unit}" if whole else f"20/{unit}"
        raise BadParameter(f"{option} must be like {example}; it was {text[:40]!r}.", parameter=option)
    return float(form[1])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadParameter(
            f"--expires must be a day like 2027-01-01; it was {text[:40]!r}.", parameter="--expires"
        ) from None
