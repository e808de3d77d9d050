"""The command line ``gis-platform``; other rooms add their commands through entry points."""

import os
import sys
import traceback
from importlib.metadata import entry_points

import psycopg
import typer
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from gis_platform import __version__
from gis_platform.access.commands import app as account_app
from gis_platform.access.key_commands import app as key_app
from gis_platform.audit.commands import app as audit_app
from gis_platform.cluster.problem import ClusterProblem
from gis_platform.database.commands import app as database_app
from gis_platform.doctor import doctor
from gis_platform.errors import Problem
from gis_platform.rules.commands import rules
from gis_platform.settings_words import faults_in_words, unknown_in_words


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
    cli.command()(rules)
    cli.add_typer(account_app, name="account")
    cli.add_typer(key_app, name="key")
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
    """Entry of ``gis-platform``: a fault is a sentence, and the exit code is 1.

    Where the fault is the database's or the system's, GIS_LOG_LEVEL=debug shows its trace as well.
    """
    for warning in unknown_in_words(os.environ):
        typer.echo(warning, err=True)
    try:
        make_cli()()
    except ValidationError as fault:
        for told in faults_in_words(fault):
            typer.echo(told, err=True)
        sys.exit(1)
    except Problem as problem:
        typer.echo(problem.detail, err=True)
        sys.exit(1)
    except ClusterProblem as problem:
        typer.echo(str(problem), err=True)
        sys.exit(1)
    except (psycopg.Error, DBAPIError, OSError) as fault:
        if os.environ.get("GIS_LOG_LEVEL", "").lower() == "debug":
            traceback.print_exc()
        typer.echo(_in_a_sentence(fault), err=True)
        sys.exit(1)


def _in_a_sentence(fault: psycopg.Error | DBAPIError | OSError) -> str:
    cause = fault.orig if isinstance(fault, DBAPIError) and fault.orig is not None else fault
    if isinstance(cause, OSError):
        where = f"{cause.filename}: " if cause.filename else ""
        said, whose = f"{where}{cause.strerror or cause}", "The system refused"
    else:
        told = cause.diag.message_primary if isinstance(cause, psycopg.Error) else None
        said, whose = " ".join((told or str(cause)).split()), "The database refused"
    return f"{whose}: {said.rstrip('.')}. GIS_LOG_LEVEL=debug shows where."
