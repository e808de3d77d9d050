"""Whom new numbers concern: kept answers, certificates, cases, as what holds them says itself.

Asked of every ``Concern`` of the layers room, once for the parcels of the houses and once for the numbers.
"""

from typing import Any, cast

from psycopg import sql
from psycopg.rows import dict_row

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.concern import Concern
from gis_platform.layer.registry import installed_concerns
from gis_platform.layer.text import Language
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_BY = {"parcels": "by_parcels", "house_numbers": "by_house_numbers"}


async def concerned_by(
    work: UnitOfWork, houses: list[int], parcels: list[int], language: Language
) -> list[dict[str, Any]]:
    """Each kind of thing that is touched: ``name``, ``title``, ``count`` and up to 20 ``examples``."""
    found = []
    for layer, ids in (("parcels", parcels), ("house_numbers", houses)):
        if not ids:
            continue
        for concern in installed_concerns():
            rows = await _asked(work, concern, layer, ids)
            if rows:
                found.append(_told(concern, layer, rows, language))
    return found


async def _asked(work: UnitOfWork, concern: Concern, layer: str, ids: list[int]) -> list[dict[str, Any]]:
    block = sql.SQL(cast(Any, concern.impact.text))
    query = sql.SQL(cast(Any, SQL[_BY[layer]].text)).format(block=block)
    async with work.raw.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query, {"layer": layer, "ids": sorted(ids)})
        return await cursor.fetchall()


def _told(concern: Concern, layer: str, rows: list[dict[str, Any]], language: Language) -> dict[str, Any]:
    english = language == "en"
    return {
        "name": concern.name,
        "title": concern.title.in_language(language),
        "by": layer,
        "count": rows[0]["count"],
        "examples": [
            {
                "id": row["id"],
                "title": row["title_en"] if english else row["title"],
                "note": row["note_en"] if english else row["note"],
            }
            for row in rows
        ],
    }
