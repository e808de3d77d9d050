"""What a rollback would do, before anybody says yes to it: ``python -m etl.delivery.online.undoing ID``.

It gathers what is touched in a temporary table, which requests may not make: so it is a process beside.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

import psycopg

from etl.delivery.online.processes import owner_of, run_beside
from etl.delivery.rollback import impact_of_rollback
from etl.delivery.stopping import in_both
from gis_platform.errors import Conflict, Unavailable
from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_CANNOT = 3


def effect_of_rollback(connection: psycopg.Connection[Any], delivery: int) -> dict[str, Any]:
    """How many features go back, and what stands on them; the caller takes the transaction back.

    Raises `Conflict` where it cannot be rolled back, with the reason.
    """
    impact = impact_of_rollback(connection, delivery)
    row = connection.execute(SQL["features"].text.encode(), {}).fetchone()
    return {"features": 0 if row is None else int(row[0]), "impact": impact}


async def ask_effect(settings: Settings, delivery: int) -> dict[str, Any]:
    """The same for a request. Raises `Conflict` with the reason why it cannot be rolled back."""
    code, told, _ = await run_beside(settings, "etl.delivery.online.undoing", delivery)
    if code == _CANNOT:
        why = json.loads(told)
        raise Conflict(why["en"], detail_vi=f"Chưa thể hoàn tác đợt này. {why['vi']}")
    if code:
        raise Unavailable("What a rollback would do cannot be worked out now.", retry_after=10)
    effect: dict[str, Any] = json.loads(told)
    return effect


def main() -> None:
    """The command line of the process."""
    settings = Settings.model_validate_json(sys.stdin.read())
    with owner_of(settings) as owner, psycopg.connect(owner) as connection:
        try:
            effect = effect_of_rollback(connection, int(sys.argv[1]))
        except Conflict as fault:
            json.dump(asdict(in_both(fault)), sys.stdout, ensure_ascii=False)
            sys.exit(_CANNOT)
        connection.rollback()
    json.dump(effect, sys.stdout, ensure_ascii=False, default=str)


if __name__ == "__main__":
    main()
