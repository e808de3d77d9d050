"""Undoing a delivery as a new version: what was believed before is believed again; nothing is deleted."""

from typing import Any

import psycopg
from psycopg import sql

from etl.delivery import register
from etl.delivery.applying import analyze, do_what_follows
from etl.delivery.composing import compose, table_of
from etl.delivery.impact import impact_on
from etl.delivery.opening import target_layer
from etl.delivery.progress import Progress, Silent
from etl.delivery.register import Delivery
from etl.delivery.request import Counts, DeliveryResult
from etl.delivery.turns import held, take_turn
from etl.delivery.workspace import drop_workspace
from gis_platform.audit.record import record_sync
from gis_platform.city import load_city
from gis_platform.errors import Conflict, Unavailable
from gis_platform.layer import Layer
from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_IN_FORCE = ("applied", "partly_applied")


def rollback(
    settings: Settings,
    delivery: int,
    database: str,
    *,
    by: str,
    note: str | None = None,
    progress: Progress | None = None,
    entered: int | None = None,
) -> DeliveryResult:
    """Undo what a delivery did; the result is the rollback, which has a number of its own.

    entered: that number, where the rollback was asked for before and is in the register.

    Raises:
        NotFound: there is no such delivery.
        Conflict: it is not in force, its layer keeps no history, or something has changed its features since.
        Unavailable: the database broke off, and nothing was stored.
    """
    city = load_city(settings.city)
    try:
        with psycopg.connect(database) as connection, held(connection, delivery):
            layer = target_layer(register.find(connection, delivery).layer)
            take_turn(connection, layer, progress or Silent())
            entry = register.find(connection, delivery)
            require_undoable(connection, entry, layer)
            number, counts, impact = _undo(connection, entry, layer, by, note, entered)
            connection.commit()
            into = f"{city.title_en} (database {connection.info.dbname})"
            return DeliveryResult(number, "applied", counts, (), into, tuple(impact))
    except psycopg.OperationalError as fault:
        raise Unavailable(f"The database ended the rollback, and nothing was changed: {fault}") from fault


def impact_of_rollback(connection: psycopg.Connection[Any], delivery: int) -> list[dict[str, Any]]:
    """What stands on the features that a rollback would change; raises `Conflict` where it cannot be."""
    entry = register.find(connection, delivery)
    layer = target_layer(entry.layer)
    require_undoable(connection, entry, layer)
    _make_touched(connection, entry, layer)
    return impact_on(connection, layer)


def require_undoable(connection: psycopg.Connection[Any], entry: Delivery, layer: Layer) -> None:
    """Raises `Conflict` with the reason why a delivery cannot be rolled back."""
    if entry.kind != "delivery" or entry.status not in _IN_FORCE:
        raise Conflict(
            f"Delivery {entry.id} is {entry.status.replace('_', ' ')}: there is nothing to roll back.",
            detail_vi="Đợt này không có gì đang áp dụng để hoàn tác.",
        )
    if not layer.history:
        raise Conflict(
            f"{layer.title.en} keep no history, so what was before delivery {entry.id} is not known: "
            "hand in the file of before again.",
            detail_vi=f"Lớp {layer.title.vi} không giữ lịch sử nên không hoàn tác được: "
            "hãy nhận lại tệp trước đó.",
        )
    for moment in entry.applied_moments:
        told = {"table": f"layer.{layer.name}", "layer": layer.name, "moment": moment}
        found = connection.execute(SQL["changed_since"].text, told).fetchone()
        if found is not None and found[0]:
            later = connection.execute(
                SQL["later"].text, {"layer": layer.name, "moment": moment, "id": entry.id}
            ).fetchall()
            numbers = ", ".join(str(number) for (number,) in later)
            first, first_vi = f"Roll back first: delivery {numbers}.", f"Hãy hoàn tác trước đợt {numbers}."
            raise Conflict(
                f"{found[0]} features of delivery {entry.id} were changed since (e.g. feature "
                f"{', '.join(str(each) for each in found[1])}). "
                + (first if later else "They were edited by hand: correct them by a new delivery."),
                detail_vi=f"{found[0]} đối tượng của đợt {entry.id} đã thay đổi về sau. "
                + (first_vi if later else "Đã có người sửa trực tiếp: hãy đính chính bằng một đợt mới."),
            )


def _undo(
    connection: psycopg.Connection[Any],
    entry: Delivery,
    layer: Layer,
    by: str,
    note: str | None,
    entered: int | None,
) -> tuple[int, Counts, list[dict[str, Any]]]:
    _make_touched(connection, entry, layer)
    impact = impact_on(connection, layer)
    back, changed, gone = 0, 0, 0
    for moment in reversed(entry.applied_moments):
        told = {"table": f"layer.{layer.name}", "moment": moment}
        row = connection.execute(SQL["roll_back"].text, told).fetchone()
        if row is not None:
            back, changed, gone = back + row[0], changed + row[1], gone + row[2]
    counts = Counts(added=back, changed_geometry=changed, vanished=gone)
    connection.execute(SQL["close_lineage"].text, {"id": entry.id})
    if counts.touched:
        do_what_follows(connection, layer)
    number = register.enter_rollback(connection, entry, counts, impact, by=by, note=note, entered=entered)
    register.mark(connection, entry.id, "rolled_back")
    drop_workspace(connection, entry.id)
    analyze(connection, layer, counts.touched)
    detail = {"undoes": entry.id, **counts.as_dict()}
    record_sync(connection, "delivery.rolled-back", f"{layer.name}/deliveries/{number}", detail, actor=by)
    return number, counts, impact


def _make_touched(connection: psycopg.Connection[Any], entry: Delivery, layer: Layer) -> None:
    """What a rollback would change: the places of both versions."""
    told = {"table": f"layer.{layer.name}", "moments": entry.applied_moments}
    history = sql.Identifier("layer", f"{layer.name}_history")
    connection.execute(SQL["drop_touched"].text)
    connection.execute(compose(SQL["make_touched"], current=table_of(layer), history=history), told)
