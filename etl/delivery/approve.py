"""A steward's yes: the proposal, or parts of it, comes into force in one transaction."""

from dataclasses import dataclass
from typing import Any

import psycopg

from etl.delivery import register
from etl.delivery.applying import apply
from etl.delivery.choosing import choose, forget_done
from etl.delivery.comparing import compare, summarise
from etl.delivery.impact import impact_of
from etl.delivery.intake.keeping import deliveries_folder
from etl.delivery.opening import open_delivery, target_layer
from etl.delivery.prepare import prepare
from etl.delivery.progress import Progress, Silent
from etl.delivery.reading import Reader
from etl.delivery.register import Delivery
from etl.delivery.reporting import Reported
from etl.delivery.request import Counts, DeliveryRequest, DeliveryResult, Finding, Status
from etl.delivery.turns import held, take_turn
from etl.delivery.workspace import drop_workspace, enter_workspace, is_whole, open_workspace
from gis_platform.audit.record import record_sync
from gis_platform.city import City, load_city
from gis_platform.errors import Conflict, Unavailable
from gis_platform.settings import Settings

_MAY_BE_APPROVED = ("ready", "approved", "partly_applied")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a steward says yes to.

    Attributes:
        parts: such as ``28249/12``; None is all of it.
        accept_doubtful: doubtful changes are as proposed, where nothing was said of them.
        as_previewed: only what was looked at: where the layer has changed since so that the difference is
            another, it is made anew and nothing is applied.
    """

    by: str
    parts: tuple[str, ...] | None = None
    note: str | None = None
    accept_doubtful: bool = False
    as_previewed: bool = True


def approve(
    settings: Settings, delivery: int, database: str, word: Word, progress: Progress | None = None
) -> DeliveryResult:
    """Bring a prepared delivery, or parts of it, into force. Readers see the old state until it is all there.

    Raises:
        NotFound: there is no such delivery.
        Conflict: it is not ready, doubtful changes wait for a word, or the layer has changed meanwhile.
        DeliveryRefused: the layer's table refuses a row.
        Unavailable: the database broke off, and nothing was stored.
    """
    city = load_city(settings.city)
    try:
        with psycopg.connect(database) as connection, held(connection, delivery):
            entry = _approvable(connection, delivery)
            lost = not is_whole(connection, delivery, entry.counts.get("read", 0))
            connection.commit()
        if lost:
            # The server broke down since: what was staged is read again from the file.
            with psycopg.connect(database) as connection:
                register.mark(connection, delivery, "received")
            prepare(settings, delivery, database, progress)
        with (
            psycopg.connect(database) as connection,
            held(connection, delivery),
            Reported(database, delivery, progress or Silent()) as told,
        ):
            return _approve(settings, city, connection, delivery, word, told)
    except psycopg.OperationalError as fault:
        raise Unavailable(f"The database ended the delivery, and nothing was stored: {fault}") from fault


def _approvable(connection: psycopg.Connection[Any], delivery: int) -> Delivery:
    entry = register.find(connection, delivery)
    if entry.kind != "delivery" or entry.status not in _MAY_BE_APPROVED or entry.kept_file is None:
        raise Conflict(
            f"Delivery {delivery} is {entry.status.replace('_', ' ')}: it cannot be approved.",
            detail_vi="Tình trạng của đợt này không còn cho phép duyệt.",
        )
    return entry


def _approve(
    settings: Settings,
    city: City,
    connection: psycopg.Connection[Any],
    delivery: int,
    word: Word,
    told: Progress,
) -> DeliveryResult:
    entry = _approvable(connection, delivery)
    connection.rollback()
    take_turn(connection, target_layer(entry.layer), told)
    entry = _approvable(connection, delivery)
    request = entry.request(deliveries_folder(settings.data_dir) / str(entry.kept_file))
    reader, _ = open_delivery(city, request)
    enter_workspace(connection, delivery)
    counts = Counts(**entry.counts)
    if entry.layer_state != register.layer_state(connection, entry.layer):
        before, _ = register.applied_before(connection, reader, request)
        again = _made_anew(connection, reader, request, entry, told)
        if before is not None and not again.touched:
            drop_workspace(connection, delivery)
            register.mark(connection, delivery, "already_applied")
            connection.commit()
            return DeliveryResult(before, "already applied", Counts())
        if word.as_previewed and again != counts:
            connection.commit()
            raise Conflict(
                f"{entry.layer} has changed since delivery {delivery} was compared with it. Nothing was "
                "applied. The difference was made anew: look at it again, then approve.",
                detail_vi="Dữ liệu đang dùng đã thay đổi từ lúc so sánh nên chưa áp dụng gì. "
                "Phần so sánh đã làm lại: hãy xem lại rồi duyệt.",
            )
        counts = again
    changes = choose(connection, reader, request.scope, word.parts, accept_doubtful=word.accept_doubtful)
    told.step("applying")
    apply(connection, reader, request, delivery, changes)
    status: Status = _finish(connection, entry, counts, word)
    told.step("committing")
    connection.commit()
    into = f"{city.title_en} (database {connection.info.dbname})"
    findings = tuple(Finding(**finding) for finding in entry.findings)
    return DeliveryResult(delivery, status, counts, findings, into, tuple(entry.impact))


def _made_anew(
    connection: psycopg.Connection[Any],
    reader: Reader,
    request: DeliveryRequest,
    entry: Delivery,
    told: Progress,
) -> Counts:
    """The difference with what the layer is now, in the place of the one that was looked at."""
    told.step("comparing again: the layer has changed since")
    counts = compare(connection, reader, request.source_date, request.scope, correction=request.correction)
    open_workspace(connection, entry.id)
    register.found(
        connection,
        entry.id,
        entry.status,
        tuple(Finding(**finding) for finding in entry.findings),
        counts=counts,
        summary=entry.summary | summarise(connection, reader, request.source_date),
        impact=impact_of(connection, reader.layer),
        layer_state=register.layer_state(connection, entry.layer),
    )
    return counts


def _finish(connection: psycopg.Connection[Any], entry: Delivery, counts: Counts, word: Word) -> Status:
    left = forget_done(connection)
    status = "partly_applied" if left else "applied"
    register.applied(connection, entry, status, counts, by=word.by, note=word.note, parts=word.parts)
    if not left:
        register.confirm(connection, entry, counts.read)
        drop_workspace(connection, entry.id)
    detail = {
        "file": entry.file_name,
        "source_date": str(entry.source_date),
        "parts": None if word.parts is None else list(word.parts),
        **counts.as_dict(),
    }
    # Last before the commit, for it locks the trail.
    record_sync(connection, "delivery.applied", f"{entry.layer}/deliveries/{entry.id}", detail, actor=word.by)
    return "partly applied" if left else "applied"
