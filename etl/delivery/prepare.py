"""From a received file to a proposal a steward can decide on: recognised, checked, compared, weighed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import psycopg

from etl.delivery import register
from etl.delivery.checking import run_checks
from etl.delivery.comparing import compare, summarise
from etl.delivery.faults import Faults
from etl.delivery.impact import impact_of
from etl.delivery.intake.keeping import deliveries_folder
from etl.delivery.noticing import notice
from etl.delivery.opening import look_around, open_delivery
from etl.delivery.progress import Progress, Silent
from etl.delivery.reading import Reader
from etl.delivery.recognise.known import Known, remember
from etl.delivery.recognise.shift import measure_shift
from etl.delivery.register import Delivery
from etl.delivery.reporting import Reported
from etl.delivery.request import Counts, DeliveryRequest, DeliveryResult, Finding
from etl.delivery.staging import index_places, stage, staged_rows
from etl.delivery.turns import held
from etl.delivery.workspace import drop_workspace, make_workspace, open_workspace, see_one_state
from etl.watch.breach import check_contract
from etl.watch.strict import as_agreed
from gis_platform.audit.record import record_sync
from gis_platform.city import City, load_city
from gis_platform.errors import Conflict, DeliveryRefused, Unavailable
from gis_platform.settings import Settings

#: A proposal is made from these; made anew as long as nothing of it is applied.
_OPEN = ("received", "preparing", "ready", "refused", "failed")
#: What a refusal says of how the file is likely to be read: columns, grid, encoding, which layers there are.
_LIKELY = ("proposal", "grid", "encoding", "layers")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What preparing found, before it is written down."""

    counts: Counts
    findings: tuple[Finding, ...]
    summary: dict[str, Any]
    impact: list[dict[str, Any]]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What stops the delivery."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


def prepare(
    settings: Settings, delivery: int, database: str, progress: Progress | None = None
) -> DeliveryResult:
    """Make or renew the proposal of a delivery; nothing of its layer is changed or held up.

    All of it is one transaction: a process that is killed leaves the delivery as it was received, to be
    prepared anew from the file that was kept.

    Raises:
        DeliveryRefused: errors were found; they are kept with the delivery, to be looked at.
        Conflict: the delivery is being worked on, or decided on already.
        Unavailable: the database broke off.
    """
    city = load_city(settings.city)
    with psycopg.connect(database) as connection, held(connection, delivery):
        entry = register.find(connection, delivery)
        if entry.status not in _OPEN or entry.kept_file is None:
            raise Conflict(f"Delivery {delivery} is {entry.status}: it is not prepared anew.")
        register.mark(connection, delivery, "preparing")
        request = entry.request(deliveries_folder(settings.data_dir) / entry.kept_file)
        request, known = look_around(connection, city, request)
        remember(connection, delivery, request)
        connection.commit()
        try:
            with Reported(database, delivery, progress or Silent()) as told:
                return _prepare(connection, city, entry, request, known, told)
        except psycopg.OperationalError as fault:
            raise Unavailable(f"The database ended the delivery, and nothing was stored: {fault}") from fault


def _prepare(
    connection: psycopg.Connection[Any],
    city: City,
    entry: Delivery,
    request: DeliveryRequest,
    known: Known,
    told: Progress,
) -> DeliveryResult:
    faults = Faults(entry.file_name)
    with _kept(connection, entry, faults):
        reader, source = open_delivery(city, request, faults, known)
        see_one_state(connection)
        make_workspace(connection, entry.id)
        told.step(f"reading and checking {reader.source.name}")
        total = reader.source.features if reader.source.features >= 0 and not reader.where else None
        stage(connection, reader, lambda rows: told.rows(rows, total))
        proposal = _weigh(connection, reader, request, entry.id, told)
        shift = proposal.summary.get("shift") or {}
        broken = check_contract(
            connection, city, reader, source, sender=request.sender, shift_m=shift.get("length_m")
        )
        found = as_agreed(connection, city, entry.layer, source, proposal.findings + broken, entry.id)
        proposal = replace(proposal, findings=found)
        state = register.layer_state(connection, entry.layer)
        before, _ = register.applied_before(connection, reader, request)
        nothing_new = before is not None and not proposal.counts.touched
        if proposal.errors or nothing_new:
            drop_workspace(connection, entry.id)
        else:
            open_workspace(connection, entry.id)
        connection.commit()
    # In a transaction of its own: the row told meanwhile how far the delivery was.
    register.found(
        connection,
        entry.id,
        "refused" if proposal.errors else "already_applied" if nothing_new else "ready",
        proposal.findings,
        counts=proposal.counts,
        summary=proposal.summary,
        impact=proposal.impact,
        layer_state=state,
        srid=reader.shapes.from_srid,
        options=register.options_of(reader, request),
        source=source,
        synthetic=register.made_up(reader, request),
    )
    if proposal.errors:
        _note_refusal(connection, entry)
    connection.commit()
    if proposal.errors:
        raise DeliveryRefused(_in_words(entry, proposal.errors), findings=list(proposal.findings))
    if nothing_new:
        return DeliveryResult(before, "already applied", Counts())
    into = f"{city.title_en} (database {connection.info.dbname})"
    return DeliveryResult(entry.id, "ready", proposal.counts, proposal.findings, into, tuple(proposal.impact))


def _weigh(
    connection: psycopg.Connection[Any],
    reader: Reader,
    request: DeliveryRequest,
    delivery: int,
    told: Progress,
) -> Proposal:
    """Checks, difference and impact of the rows that are staged."""
    told.step("checking")
    index_places(connection)
    findings = (*reader.values.report.findings(), *run_checks(connection, reader, delivery))
    shift = measure_shift(connection, reader)
    findings += (
        () if shift is None or (said := shift.finding(correction=request.correction)) is None else (said,)
    )
    seen = {
        "shift": None if shift is None else shift.as_json(),
        "encodings": reader.values.report.as_json(),
    }
    if any(finding.severity == "error" for finding in findings):
        # So many were looked at: of a source's faults, this is what they are counted against.
        return Proposal(Counts(read=staged_rows(connection)), findings, seen, [])
    told.step("comparing with what is in force")
    counts = compare(connection, reader, request.source_date, request.scope, correction=request.correction)
    findings += notice(connection, reader, request.source_date, counts)
    summary = summarise(connection, reader, request.source_date) | seen
    told.step("looking for what stands on it")
    return Proposal(counts, findings, summary, impact_of(connection, reader.layer))


@contextmanager
def _kept(connection: psycopg.Connection[Any], entry: Delivery, faults: Faults) -> Iterator[None]:
    """A refusal on the way takes back all that was done, and leaves its faults in the register."""
    try:
        yield
    except DeliveryRefused as refusal:
        connection.rollback()
        if hasattr(faults, "store"):
            faults.store(connection, entry.id)
        findings = tuple(refusal.extra.get("findings", ()))
        # For a person to take from a form.
        likely = {name: refusal.extra[name] for name in _LIKELY if name in refusal.extra}
        register.found(connection, entry.id, "refused", findings, summary=likely)
        _note_refusal(connection, entry)
        connection.commit()
        raise


def _note_refusal(connection: psycopg.Connection[Any], entry: Delivery) -> None:
    """Last before the commit, for it locks the trail."""
    subject = f"{entry.layer}/deliveries/{entry.id}"
    told = {"file": entry.file_name}
    record_sync(connection, "delivery.refused", subject, told, actor=entry.received_by)


def _in_words(entry: Delivery, errors: tuple[Finding, ...]) -> str:
    lines = [f"{entry.file_name}: {sum(error.count for error in errors)} faults. Nothing was stored."]
    lines += [f"  {error.text or error.code}" for error in errors]
    lines += [f"  What they are, and where: gis-platform report {entry.id} FILE.gpkg"]
    return "\n".join(lines)
