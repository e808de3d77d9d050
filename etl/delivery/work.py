"""One delivery worked in a process of its own: ``python -m etl.delivery.work ID``, settings as JSON on stdin.

Beside the server, not in it: half a million rows take none of its time, and its end does not end them. The
delivery's status says what there is to do, so a process that was killed is simply begun again.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg

from etl.delivery import register
from etl.delivery.approve import Word, approve
from etl.delivery.online.processes import owner_of
from etl.delivery.prepare import prepare
from etl.delivery.progress import Progress, plain
from etl.delivery.register import Delivery
from etl.delivery.rollback import rollback
from etl.delivery.stopping import in_both
from etl.delivery.turns import AtWork
from etl.delivery.workspace import drop_workspace
from gis_platform.errors import Conflict, DeliveryRefused, Problem, Unavailable
from gis_platform.settings import Settings

#: People who look something up come first.
_NICER = 10


def work(settings: Settings, delivery: int, database: str, progress: Progress | None = None) -> None:
    """Do what the status of a delivery asks for: prepare what was received, apply what was approved.

    What stops it is written down with the delivery: a refusal with its faults, anything else as a note.
    """
    with psycopg.connect(database) as connection:
        entry = register.find(connection, delivery)
    if entry.status in ("received", "preparing"):
        with suppress(DeliveryRefused), _told_if_stopped(database, delivery):
            prepare(settings, delivery, database, progress)
    elif entry.status == "rejected":
        with psycopg.connect(database) as connection:
            drop_workspace(connection, delivery)
    elif entry.status == "approved" and entry.undoes is not None:
        with _told_if_stopped(database, delivery):
            rollback(
                settings,
                entry.undoes,
                database,
                by=entry.decided_by or "",
                note=entry.decision_note,
                progress=progress,
                entered=delivery,
            )
    elif entry.status == "approved":
        _approve(settings, entry, database, progress)


def _approve(settings: Settings, entry: Delivery, database: str, progress: Progress | None) -> None:
    parts = None if entry.approved_parts is None else tuple(entry.approved_parts)
    word = Word(by=entry.decided_by or "", parts=parts, note=entry.decision_note, accept_doubtful=True)
    try:
        approve(settings, entry.id, database, word, progress)
    except AtWork:
        return
    except Unavailable:
        raise
    except Problem as fault:
        with psycopg.connect(database) as connection:
            register.give_back(connection, entry.id, in_both(fault))


@contextmanager
def _told_if_stopped(database: str, delivery: int) -> Iterator[None]:
    """What stops it for good is written down; a database that breaks off does not, nor another at work."""
    try:
        yield
    except AtWork:
        return
    except (DeliveryRefused, Unavailable):
        raise
    except Problem as fault:
        with psycopg.connect(database) as connection, connection.transaction():
            entry = register.find(connection, delivery)
            if not (isinstance(fault, Conflict) and entry.kind == "delivery"):
                register.mark(connection, delivery, "failed", in_both(fault))


def main() -> None:
    """The command line of the process."""
    settings = Settings.model_validate_json(sys.stdin.read())
    os.nice(_NICER)
    with owner_of(settings) as owner:
        work(settings, int(sys.argv[1]), owner, plain())


if __name__ == "__main__":
    main()
