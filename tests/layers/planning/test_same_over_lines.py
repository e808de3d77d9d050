"""The public is answered over lines, everyone else in a transaction: the same answers, to the byte."""

import asyncio
from datetime import date
from typing import Any

import psycopg
import pytest

from gis_platform.access.caller import Caller
from gis_platform.database.line_work import LineWork
from gis_platform.database.lines import Lines
from gis_platform.database.server import Logins
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language
from layers.planning import Times, answer_for
from layers.planning.kept.answers import canonical

TODAY = date(2026, 11, 30)
ASKED: list[tuple[Language, Times]] = [
    ("vi", Times()),
    ("en", Times()),
    ("vi", Times(as_of=date(2024, 5, 1))),
    ("en", Times(as_of=date(2027, 1, 1))),
]


async def _both(places: Logins, ids: list[int]) -> list[tuple[str, str]]:
    lines = Lines(places.public, 2, "-c jit=off -c plan_cache_mode=force_generic_plan", waiting=8)
    await lines.open()
    try:
        async with await psycopg.AsyncConnection[Any].connect(places.public) as connection:
            whole = UnitOfWork(None, connection, Caller.anonymous())  # type: ignore[arg-type]  # reads only
            over = LineWork(lines, Caller.anonymous())
            found = []
            for part in [[one] for one in ids] + [ids]:
                for language, times in ASKED:
                    told = [
                        canonical(await answer_for(work, part, TODAY, language, times=times))
                        for work in (whole, over, over)
                    ]
                    assert told[1] == told[2], "asked again it is another answer"
                    found.append((told[0], told[1]))
            return found
    finally:
        await lines.close()


def test_answers_are_the_same_to_the_byte(small_city: Logins) -> None:
    with psycopg.connect(small_city.owner) as connection:
        rows = connection.execute("SELECT id FROM layer.parcels ORDER BY hashint8(id) LIMIT 20").fetchall()
    pairs = asyncio.run(_both(small_city, [row[0] for row in rows]))
    assert len(pairs) == 84
    for whole, over in pairs:
        assert over == whole


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_correction_of_a_rule_is_told_at_once(database: Logins, language: Language) -> None:
    """Rules are held in memory by the version of their table, never past it."""

    with psycopg.connect(database.owner) as connection:
        row = connection.execute(
            "INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom) "
            "VALUES ('28249', '12', '45', '2026-01-01', '2026-01-01', "
            "ST_Multi(ST_MakeEnvelope(567200, 1145150, 567210, 1145170, 9210))) RETURNING id"
        ).fetchone()
    assert row is not None
    parcel = int(row[0])

    async def asked() -> list[Any]:
        lines = Lines(database.public, 1, "-c jit=off", waiting=8)
        await lines.open()
        try:
            work, told = LineWork(lines, Caller.anonymous()), []
            for correct in (False, False, True):
                if correct:
                    with psycopg.connect(database.owner, autocommit=True) as connection:
                        connection.execute(
                            "UPDATE core.rule SET recorded_to = now() WHERE code = 'building.far.house'"
                        )
                told.append((await answer_for(work, [parcel], TODAY, language))["rules"])
            return told
        finally:
            await lines.close()

    before, again, after = asyncio.run(asked())
    assert before == again
    [far] = [rule for rule in before if rule["code"] == "building.far.house"]
    [gone] = [rule for rule in after if rule["code"] == "building.far.house"]
    assert (far["loaded"], gone["loaded"]) == (True, False)
