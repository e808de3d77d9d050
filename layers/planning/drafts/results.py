"""What a draft touches, a page at a time and as tiles; read as the caller's own database role."""

from dataclasses import dataclass
from typing import Any, Literal

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language
from gis_platform.serving.tile import tile_parameters
from gis_platform.sqlfiles import named_queries
from layers.parcels import LAYER as PARCELS
from layers.planning.drafts.words import CHANGES, FIGURES, KINDS
from layers.references.parcel import parse_parcel_reference

SQL = named_queries(__file__)

Sort = Literal["number", "area", "share", "road"]
Row = dict[str, Any]

#: Zoom from which parcels are drawn one by one.
_CLOSE = 13


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which parcels of a draft: with one kind of ``change``, ``changed`` in earnest, with a house number,
    found by ``words`` (an address, or a number such as ``tờ 12 thửa 45``)."""

    change: str | None = None
    changed: bool = False
    houses: bool = False
    words: str | None = None
    sort: Sort = "number"


async def parcels(
    work: UnitOfWork, draft: int, wanted: Wanted, language: Language, limit: int, offset: int
) -> tuple[list[Row], int]:
    """A page of parcels, each with its pieces; and how many there are in all."""
    number = parse_parcel_reference(wanted.words) if wanted.words else None
    rows = await work.rows(
        SQL["parcels"],
        draft=draft,
        change=wanted.change,
        changed=wanted.changed,
        houses=wanted.houses,
        sheet=number.sheet_no if number else None,
        parcel=number.parcel_no if number else None,
        words=None if number else wanted.words or None,
        sort=wanted.sort,
        limit=limit,
        offset=offset,
    )
    pieces: dict[int, list[Row]] = {}
    for piece in await work.rows(SQL["pieces"], draft=draft, parcels=[row["parcel_id"] for row in rows]):
        pieces.setdefault(piece.pop("parcel_id"), []).append(_piece(piece, language))
    for row in rows:
        row["pieces"] = pieces.get(row["parcel_id"], [])
    return _counted(rows)


async def cases(
    work: UnitOfWork, draft: int, kind: str | None, language: Language, limit: int, offset: int
) -> tuple[list[Row], int]:
    """A page of cases on its ground, those that lose most first; and how many there are."""
    rows = await work.rows(SQL["cases"], draft=draft, kind=kind, limit=limit, offset=offset)
    for row in rows:
        for name in ("title", "note"):
            english = row.pop(f"{name}_en")
            row[name] = english if language == "en" else row[name]
    return _counted(rows)


async def unread(
    work: UnitOfWork, draft: int, code: str | None, language: Language, limit: int, offset: int
) -> tuple[list[Row], int]:
    """A page of what of its file was not read; and how much of it is kept."""
    rows = await work.rows(SQL["unread"], draft=draft, code=code, limit=limit, offset=offset)
    for row in rows:
        told = {"vi": row.pop("text_vi"), "en": row.pop("text_en")}
        row["text"] = told[language]
    return _counted(rows)


async def zones(
    work: UnitOfWork, draft: int, language: Language, limit: int, offset: int
) -> tuple[list[Row], int]:
    """A page of its zones, with geometry in WGS 84; and how many there are."""
    rows = await work.rows(SQL["zones"], draft=draft, limit=limit, offset=offset)
    for row in rows:
        row["kind_title"] = KINDS[row["kind"]].in_language(language)
    return _counted(rows)


async def tile(work: UnitOfWork, draft: int, z: int, x: int, y: int) -> bytes:
    """A vector tile with layers ``zones`` and, from zoom 13 on, ``parcels``; empty where nothing lies."""
    told = tile_parameters(PARCELS, z, x, y) | {"order": list(CHANGES), "close": z >= _CLOSE, "draft": draft}
    return bytes(await work.value(SQL["tile"], **told))


def _piece(piece: Row, language: Language) -> Row:
    piece["change_title"] = CHANGES[piece["change"]].in_language(language)
    piece["fields"] = [
        {"name": name, "title": FIGURES[name].in_language(language)} for name in piece["fields"]
    ]
    piece["draft"]["kind_title"] = KINDS[piece["draft"]["kind"]].in_language(language)
    return piece


def _counted(rows: list[Row]) -> tuple[list[Row], int]:
    return rows, max((row.pop("matched") for row in rows), default=0)
