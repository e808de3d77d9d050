"""A kept file read in another way than before: another grid, encoding or columns, as a person said."""

from collections.abc import Mapping
from typing import Any

import psycopg

from etl.delivery import register
from etl.delivery.prepare import prepare
from etl.delivery.progress import Progress
from etl.delivery.register import Delivery
from etl.delivery.request import DeliveryResult
from etl.delivery.turns import held
from gis_platform.audit.record import record_sync
from gis_platform.errors import BadParameter, Conflict
from gis_platform.settings import Settings

_RENEWABLE = ("ready", "refused", "failed")


def read_anew(
    settings: Settings,
    delivery: int,
    database: str,
    said: Mapping[str, Any],
    *,
    by: str,
    accept_grid: bool = False,
    progress: Progress | None = None,
) -> DeliveryResult:
    """Prepare a delivery anew from the file that was kept; what is not said stays as it was asked.

    said: members of `DeliveryRequest.asked`. accept_grid: the grid that its refusal proposes.

    Raises:
        BadParameter: nothing is said, or no grid, or several, are proposed.
        Conflict: something of it is applied, or it is being worked on.
        DeliveryRefused: read so, the checks refuse it again.
    """
    with psycopg.connect(database) as connection, held(connection, delivery):
        entry = register.find(connection, delivery)
        if entry.kind != "delivery" or entry.status not in _RENEWABLE:
            raise Conflict(f"Delivery {delivery} is {entry.status.replace('_', ' ')}: it is not read anew.")
        said = {**said, **(_proposed_grid(entry) if accept_grid else {})}
        if not said:
            raise BadParameter("Say how it is to be read: --accept-grid, --crs, --encoding or another.")
        register.ask_anew(connection, entry, said)
        detail = {"file": entry.file_name, "said": dict(said)}
        record_sync(
            connection, "delivery.read-anew", f"{entry.layer}/deliveries/{delivery}", detail, actor=by
        )
        connection.commit()
    return prepare(settings, delivery, database, progress)


def _proposed_grid(entry: Delivery) -> dict[str, Any]:
    guesses = (entry.summary.get("grid") or {}).get("guesses", [])
    accepted = [guess for guess in guesses if guess["accept"]]
    if not accepted:
        raise BadParameter(f"No grid is proposed for delivery {entry.id}.", parameter="accept-grid")
    best = [guess for guess in accepted if guess["score"] == accepted[0]["score"]]
    if len(best) > 1:
        fit = " or ".join(f"--crs {guess['accept']['crs']}" for guess in best)
        raise BadParameter(
            f"Several grids fit delivery {entry.id} equally well: ask the sender, then say {fit}.",
            parameter="accept-grid",
        )
    return dict(best[0]["accept"])
