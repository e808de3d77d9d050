"""A delivery from file to proposal, and, where the word is given with it, on into the layer."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg

from etl.delivery import register
from etl.delivery.approve import Word, approve
from etl.delivery.intake.keeping import keep, remove_kept
from etl.delivery.opening import look_around, open_delivery, refuse_future
from etl.delivery.prepare import prepare
from etl.delivery.progress import Progress, Silent
from etl.delivery.register import Delivery
from etl.delivery.request import Counts, DeliveryRequest, DeliveryResult, Finding, Status
from etl.delivery.turns import AtWork
from gis_platform.city import load_city
from gis_platform.errors import BadParameter, Conflict, DeliveryRefused, Unavailable
from gis_platform.settings import Settings

#: As the register takes it.
LONGEST_SENDER = 200


def propose(
    settings: Settings,
    request: DeliveryRequest,
    database: str,
    progress: Progress | None = None,
    *,
    recognise: bool = True,
) -> DeliveryResult:
    """Take a file in, keep it, and prepare it for a steward's decision; its layer stays as it is.

    database: connection string of the owner. recognise: the same file that waits already is gone on with.

    Raises:
        BadParameter: something asked for is not there: the file, the layer, a property, a grid.
        DeliveryRefused: the file cannot be taken in; the detail names file, row and cause.
        Unavailable, Conflict: the database is not ready, or another city's.
    """
    told = progress or Silent()
    city = load_city(settings.city)
    refuse_future(city, request)
    if len(request.sender or "") > LONGEST_SENDER:
        raise BadParameter(f"--sender: at most {LONGEST_SENDER} characters.", parameter="sender")
    try:
        with psycopg.connect(database) as connection:
            request, known = look_around(connection, city, request)
        # What can be told of the file without reading its rows is told before anything is kept of it.
        reader, source = open_delivery(city, request, known=known)
        with psycopg.connect(database) as connection:
            before, newest = register.applied_before(connection, reader, request)
            if before is not None and newest:
                return DeliveryResult(before, "already applied", Counts())
            here = register.waiting(connection, reader, request, told) if recognise else None
            if here is None:
                delivery = register.enter(connection, reader, request, source)
                _keep(settings, request, connection, delivery)
    except psycopg.OperationalError as fault:
        raise Unavailable(f"The database ended the delivery, and nothing was stored: {fault}") from fault
    if here is not None:
        return _gone_on_with(settings, here, database, told)
    with _numbered(delivery):
        return prepare(settings, delivery, database, told)


def deliver(
    settings: Settings, request: DeliveryRequest, database: str, progress: Progress | None = None
) -> DeliveryResult:
    """Propose a file and approve it at once: after it the layer holds all of it, or nothing.

    Raises what `propose` and `approve` raise.
    """
    try:
        return _deliver(settings, request, database, progress, recognise=True)
    except _Elsewhere:
        # Another command is at the very same file: after it, this one finds that nothing is left to do.
        return _deliver(settings, request, database, progress, recognise=False)


class _Elsewhere(Exception):
    """The same file is here already, and somebody else is at it."""


def _deliver(
    settings: Settings,
    request: DeliveryRequest,
    database: str,
    progress: Progress | None,
    *,
    recognise: bool,
) -> DeliveryResult:
    try:
        proposed = propose(settings, request, database, progress, recognise=recognise)
    except AtWork as fault:
        if not recognise:
            raise
        raise _Elsewhere from fault
    if proposed.status not in ("ready", "partly applied") or proposed.id is None:
        return proposed
    word = Word(by=request.received_by, accept_doubtful=True, as_previewed=False)
    try:
        with _numbered(proposed.id):
            return approve(settings, proposed.id, database, word, progress)
    except Conflict as fault:
        if not proposed.known:
            raise
        raise _Elsewhere from fault


def _gone_on_with(settings: Settings, here: Delivery, database: str, progress: Progress) -> DeliveryResult:
    """The very same file again: the delivery that it is already, prepared where that broke off."""
    if here.status in ("received", "preparing"):
        with _numbered(here.id):
            return replace(prepare(settings, here.id, database, progress), known=True)
    if here.status == "approved":
        raise AtWork(f"This file is here already, as delivery {here.id}, and is being applied.")
    status: Status = "ready" if here.status == "ready" else "partly applied"
    found = tuple(Finding(**finding) for finding in here.findings)
    counts, impact = Counts(**here.counts), tuple(here.impact)
    return DeliveryResult(here.id, status, counts, found, impact=impact, known=True)


@contextmanager
def _numbered(delivery: int) -> Iterator[None]:
    """A refusal tells the number under which its file and report are kept."""
    try:
        yield
    except DeliveryRefused as refusal:
        refusal.extra["delivery"] = delivery
        raise


def _keep(
    settings: Settings,
    request: DeliveryRequest,
    connection: psycopg.Connection[tuple[object, ...]],
    delivery: int,
) -> None:
    """The file and its mapping into the folder of the delivery, before the delivery is entered for good."""
    try:
        kept = keep(settings.data_dir, request.file, delivery)
        if request.mapping_file is not None:
            shutil.copyfile(request.mapping_file, kept.folder / register.MAPPING_FILE)
        register.keep(connection, delivery, f"{delivery}/{kept.path.name}")
        connection.commit()
    except BaseException:
        connection.rollback()
        remove_kept(settings.data_dir, delivery)
        raise
