"""One search box over every layer that can be searched."""

from typing import Any

from gis_platform.access.roles import Role
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.folding import fold, nfc
from gis_platform.layer.declaration import Layer
from gis_platform.layer.registry import Registry


def _escaped(text: str) -> str:
    """LIKE's own signs taken literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def search_layers(work: UnitOfWork, layers: Registry, text: str, limit: int) -> list[dict[str, Any]]:
    """What the text names, best first: a recognised reference stands above names.

    Each result has layer, id, title, subtitle, lon, lat (WGS 84 degrees) and bbox or None.
    """
    q, folded = nfc(text).strip(), fold(text)
    found: list[tuple[float, dict[str, Any]]] = []
    for layer in layers.values():
        if work.caller.role in layer.audience:
            found += await _search_one(work, layer, q, folded, limit)
    found.sort(key=lambda pair: -pair[0])
    return [result for _, result in found[:limit]]


async def _search_one(
    work: UnitOfWork, layer: Layer, q: str, folded: str, limit: int
) -> list[tuple[float, dict[str, Any]]]:
    rows = []
    reference = layer.recognise(q) if layer.recognise is not None else None
    if reference is not None:
        rows += await work.rows(layer.sql["search_recognised"], **reference, limit=limit)
    if "search" in layer.sql and folded:
        rows += await work.rows(layer.sql["search"], q=q, folded=_escaped(folded), limit=limit)
    return [(row["rank"] + (1 if reference is not None else 0), _result(layer, row)) for row in rows]


def _result(layer: Layer, row: dict[str, Any]) -> dict[str, Any]:
    lon, lat = row["point"]["coordinates"]
    return {
        "layer": layer.name,
        "id": row["id"],
        "title": row["title"],
        "subtitle": row["subtitle"],
        "lon": lon,
        "lat": lat,
        "bbox": row["bbox"],
    }


def searchable(layer: Layer, role: Role) -> bool:
    """True where the role can find features of the layer by text."""
    return role in layer.audience and ("search" in layer.sql or layer.recognise is not None)
