"""``gis-platform account``: the accounts of staff and of programs."""

import getpass
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gis_platform.access.account_admin import (
    NewAccount,
    add_account,
    disable_account,
    enable_account,
    list_accounts,
    set_password,
    set_unit,
)
from gis_platform.access.passwords import generated_password
from gis_platform.access.roles import STAFF, Role
from gis_platform.database.connect import connect_owner
from gis_platform.errors import BadParameter
from gis_platform.settings import Settings

app = typer.Typer(name="account", help="Accounts of staff and of programs.", no_args_is_help=True)

_PURPOSES = {
    Role.PLANNER: "quản lý đô thị: what may be built where, and which plan says so",
    Role.PERMIT: "cấp phép: house numbers and construction permits",
    Role.ENFORCEMENT: "trật tự đô thị: violations, from camera to payment",
    Role.STEWARD: "dữ liệu: deliveries of parcels and plans",
    Role.OPERATOR: "IOC: cameras, hotspots, water stations",
    Role.AUDITOR: "kiểm tra: reads the audit trail",
    Role.ADMIN: "quản trị: accounts, calendar, audit trail",
}

Username = Annotated[str, typer.Argument(help="Name to sign in with, e.g. an e-mail address.")]
Generate = Annotated[bool, typer.Option("--generate", help="Make a password and print it, do not ask.")]


@app.command()
def add(
    username: Username,
    role: Annotated[str, typer.Option(help="One of `gis-platform account roles`.")],
    display_name: Annotated[str, typer.Option("--name", help="Name shown to people.")] = "",
    unit: Annotated[
        str | None, typer.Option(help="Code of the administrative unit it works for; * for all.")
    ] = None,
    oidc_subject: Annotated[
        str | None, typer.Option(help="Its subject at the OpenID Connect issuer; then it needs no password.")
    ] = None,
    generate: Generate = False,
) -> None:
    """Make an account; asks for its password."""
    settings = Settings()
    if oidc_subject is not None and settings.oidc_issuer is None:
        raise BadParameter("--oidc-subject needs GIS_OIDC_ISSUER.", parameter="--oidc-subject")
    new = NewAccount(
        username=username,
        display_name=display_name or username,
        role=_role(role),
        unit_code=unit,
        password=_password(generate) if oidc_subject is None or generate else None,
        oidc_issuer=settings.oidc_issuer if oidc_subject else None,
        oidc_subject=oidc_subject,
    )
    with connect_owner(settings) as connection:
        add_account(connection, new, actor=operator())
    typer.echo(f"Account {username} made, role {role}.")
    if generate:
        typer.echo(f"Password: {new.password}")


@app.command("list")
def list_() -> None:
    """Show all accounts."""
    with connect_owner(Settings()) as connection:
        accounts = list_accounts(connection)
    table = Table("username", "name", "role", "unit", "signs in by", "last sign-in", "state")
    for account in accounts:
        ways = [w for w, has in (("password", account.has_password), ("issuer", account.has_issuer)) if has]
        seen = (
            account.last_sign_in_at.astimezone().strftime("%Y-%m-%d %H:%M") if account.last_sign_in_at else ""
        )
        state = "disabled" if account.disabled_at else "enabled"
        table.add_row(
            account.username,
            account.display_name,
            account.role,
            account.unit_code or "",
            " and ".join(ways),
            seen,
            state,
        )
    Console().print(table)


@app.command()
def disable(username: Username) -> None:
    """Let an account do nothing more, from this moment on."""
    with connect_owner(Settings()) as connection:
        disable_account(connection, username, actor=operator())
    typer.echo(f"Account {username} disabled; its sessions and tokens have ended.")


@app.command()
def enable(username: Username) -> None:
    """Let a disabled account sign in again."""
    with connect_owner(Settings()) as connection:
        enable_account(connection, username, actor=operator())
    typer.echo(f"Account {username} enabled.")


@app.command()
def unit(
    username: Username,
    code: Annotated[str, typer.Argument(help="Code of an administrative unit; * for all, - for none.")],
) -> None:
    """Let an account work for another unit: it handles the cases of that one from then on."""
    with connect_owner(Settings()) as connection:
        set_unit(connection, username, None if code == "-" else code, actor=operator())
    typer.echo(f"Account {username} works for {'no unit' if code == '-' else code} now.")


@app.command()
def password(username: Username, generate: Generate = False) -> None:
    """Give an account a new password; its sessions and tokens end."""
    new = _password(generate)
    with connect_owner(Settings()) as connection:
        set_password(connection, username, new, actor=operator())
    typer.echo(f"Account {username} has a new password; its sessions and tokens have ended.")
    if generate:
        typer.echo(f"Password: {new}")


@app.command()
def roles() -> None:
    """Show the roles an account can have."""
    for role in sorted(STAFF):
        typer.echo(f"{role:<12} {_PURPOSES[role]}")


def _role(name: str) -> Role:
    if name not in STAFF:
        known = ", ".join(sorted(STAFF))
        raise BadParameter(f"There is no role {name!r} for accounts. There are: {known}.", parameter="--role")
    return Role(name)


def _password(generate: bool) -> str:
    if generate:
        return generated_password()
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def operator() -> str:
    """The person at the command line, as the audit trail names them."""
    try:
        return f"command line ({getpass.getuser()})"
    except (KeyError, OSError):
        return "command line"
