"""``gis-platform rules``: which rules are loaded, for which days, and how well they are known."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import psycopg
import typer
from psycopg.rows import class_row
from rich.console import Console
from rich.table import Table

from gis_platform.database.connect import connect_owner
from gis_platform.errors import BadParameter
from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class ListedRule:
    """One line of the list; days as they stand in the database."""

    code: str
    document: str
    article: str
    effective_from: date
    effective_to: date | None
    reading: str
    verified_by: str | None
    note_en: str | None

    @property
    def state(self) -> str:
        """How well it is known."""
        if self.verified_by is not None:
            return f"verified by {self.verified_by}"
        return "seen in a copy, not verified" if self.reading == "seen" else "NOT VERIFIED"


def list_rules(connection: psycopg.Connection[Any], on: date | None = None) -> list[ListedRule]:
    """Every rule as it is believed today, in order of code and day; with ``on`` those in force that day."""
    with connection.cursor(row_factory=class_row(ListedRule)) as cursor:
        return cursor.execute(SQL["listed"].text.encode(), {"day": on}).fetchall()


def rules(
    on: Annotated[str | None, typer.Option(help="Only those in force on this day, e.g. 2026-12-31.")] = None,
) -> None:
    """List the rules that answers rest on, with document, article, days and state of verification."""
    day = _day(on)
    with connect_owner(Settings()) as connection:
        listed = list_rules(connection, day)
    if not listed:
        typer.echo(f"No rule is loaded for {day}." if day else "No rules are loaded.")
        return
    table = Table("rule", "document, article", "in force", "state")
    for rule in listed:
        until = rule.effective_to or "open"
        table.add_row(
            rule.code,
            f"{rule.document}\n{rule.article}",
            f"{rule.effective_from}\nto {until}",
            "\n".join(filter(None, (rule.state, rule.note_en))),
        )
    Console().print(table)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise BadParameter(
            f"--on must be a day like 2026-12-31; it was {str(text)[:40]!r}.", parameter="--on"
        ) from None
