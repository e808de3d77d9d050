"""The command line ``gis-platform``; other rooms add their commands through entry points."""

import sys
from importlib.metadata import entry_points

import typer
from pydantic import ValidationError

from gis_platform import __version__
from gis_platform.access.commands import app as account_app
from gis_platform.audit.commands import app as audit_app
from gis_platform.cluster.problem import ClusterProblem
from gis_platform.database.commands import app as database_app
from gis_platform.doctor import doctor
from gis_platform.errors import Problem


def make_cli() -> typer.Typer:
    """The whole command line, with what the installed rooms add."""
    cli = typer.Typer(
        name="gis-platform",
        help="The city's GIS platform. Settings are environment variables: see docs/settings.md.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    cli.command()(version)
    cli.command()(doctor)
    cli.add_typer(account_app, name="account")
    cli.add_typer(audit_app, name="audit")
    cli.registered_commands += database_app.registered_commands
    for point in sorted(entry_points(group="gis_platform.commands"), key=lambda p: p.name):
        room = point.load()
        cli.registered_commands += room.registered_commands
        cli.registered_groups += room.registered_groups
    return cli


def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def main() -> None:
    """Entry of ``gis-platform``: a fault people can act on is a sentence, and the exit code is 1."""
    try:
        make_cli()()
    except ValidationError as fault:
        for error in fault.errors():
            name = "GIS_" + "_".join(str(part) for part in error["loc"]).upper()
            typer.echo(f"{name}: {error['msg']} See docs/settings.md.", err=True)
        sys.exit(1)
    except Problem as problem:
        typer.echo(problem.detail, err=True)
        sys.exit(1)
    except ClusterProblem as problem:
        typer.echo(str(problem), err=True)
        sys.exit(1)
