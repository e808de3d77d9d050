"""Decisions short of applying: no to a delivery, and a word on a doubtful change."""

from typing import Any

import psycopg

from etl.delivery import register
from etl.delivery.turns import held
from etl.delivery.workspace import drop_workspace
from gis_platform.audit.record import record_sync
from gis_platform.errors import Conflict

_MAY_BE_REJECTED = ("received", "ready", "refused", "failed", "partly_applied")


def reject(database: str, delivery: int, *, by: str, note: str) -> None:
    """Say no: what is not applied of it never will be; file, report and what was applied stay.

    Raises `NotFound`, or `Conflict` where it is applied already, or being worked on.
    """
    with psycopg.connect(database) as connection, held(connection, delivery):
        entry = register.find(connection, delivery)
        if entry.kind != "delivery" or entry.status not in _MAY_BE_REJECTED:
            raise Conflict(f"Delivery {delivery} is {entry.status.replace('_', ' ')}: it cannot be rejected.")
        # What is in force of it stays in force, and can be rolled back as what it is.
        status = "applied" if entry.applied_moments else "rejected"
        register.decided(connection, delivery, status, by=by, note=note)
        drop_workspace(connection, delivery)
        detail: dict[str, Any] = {"file": entry.file_name, "note": note}
        record_sync(connection, "delivery.rejected", f"{entry.layer}/deliveries/{delivery}", detail, actor=by)
        connection.commit()
