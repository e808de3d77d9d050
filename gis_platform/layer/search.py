"""One search box over every layer that can be searched."""

from typing import Any

from gis_platform.access.roles import Role
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.folding import fold, nfc
from gis_platform.layer.declaration import Layer
from gis_platform.layer.registry import Registry
from gis_platform.layer.text import Language


def _escaped(text: str) -> str:
    """LIKE's own signs taken literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def search_layers(
    work: UnitOfWork, layers: Registry, text: str, limit: int, language: Language = "vi"
) -> list[dict[str, Any]]:
    """What the text names, best first; what two readings of it find stands once, at its better place.

    Each result has layer, id, title, subtitle, lon, lat (WGS 84 degrees) and bbox or None.
    """
    q, folded = nfc(text).strip(), fold(text)
    found: list[tuple[float, dict[str, Any]]] = []
    for layer in layers.values():
        if work.caller.role in layer.audience:
            best: dict[int, dict[str, Any]] = {}
            for row in await _search_one(work, layer, q, folded, limit):
                if row["id"] not in best or row["rank"] > best[row["id"]]["rank"]:
                    best[row["id"]] = row
            found += [(float(row["rank"]), _result(layer, row, language)) for row in best.values()]
    found.sort(key=lambda pair: -pair[0])
    return [result for _, result in found[:limit]]


async def _search_one(
    work: UnitOfWork, layer: Layer, q: str, folded: str, limit: int
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for reading in layer.recognise(q) if layer.recognise is not None else ():
        rows += await work.rows(layer.sql["search_recognised"], **reading, limit=limit)
    if "search" in layer.sql and folded:
        rows += await work.rows(layer.sql["search"], q=q, folded=_escaped(folded), limit=limit)
    return rows


def _result(layer: Layer, row: dict[str, Any], language: Language) -> dict[str, Any]:
    """A query may give the subtitle in English too; names and codes are the same in both."""
    english = row.get("subtitle_en") if language == "en" else None
    lon, lat = row["point"]["coordinates"]
    return {
        "layer": layer.name,
        "id": row["id"],
        "title": row["title"],
        "subtitle": english or row["subtitle"],
        "lon": lon,
        "lat": lat,
        "bbox": row["bbox"],
    }


def searchable(layer: Layer, role: Role) -> bool:
    """True where the role can find features of the layer by text."""
    return role in layer.audience and ("search" in layer.sql or layer.recognise is not None)
