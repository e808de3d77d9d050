"""An answer of one day, opened on the next, has changed in nothing: tables and history say the same."""

import asyncio
import json
from datetime import date
from typing import Any

import psycopg

from gis_platform.access.caller import Caller
from gis_platform.database.server import Logins
from gis_platform.database.unit_of_work import UnitOfWork
from layers.planning import Times, answer_for
from layers.planning.kept.answers import canonical
from layers.planning.kept.changed_rules import Known
from layers.planning.kept.changes import changes_between

MADE_ON = date(2026, 11, 30)


async def _changes(places: Logins, ids: list[int]) -> list[Any]:
    async with await psycopg.AsyncConnection[Any].connect(places.public) as connection:
        work = UnitOfWork(None, connection, Caller.anonymous())  # type: ignore[arg-type]  # reads only
        told = [
            json.loads(canonical(await answer_for(work, ids, MADE_ON, "vi", times=times)))
            for times in (Times(), Times(as_of=MADE_ON))
        ]
        return await changes_between(work, told[0], told[1], (Known(MADE_ON), Known(MADE_ON)), "vi")


def test_the_same_of_the_same_day_is_no_change(small_city: Logins) -> None:
    with psycopg.connect(small_city.owner) as connection:
        rows = connection.execute(
            "SELECT id FROM layer.parcels WHERE valid_from <= %s ORDER BY hashint8(id) LIMIT 300", [MADE_ON]
        ).fetchall()
    assert len(rows) == 300
    assert asyncio.run(_changes(small_city, [row[0] for row in rows])) == []
