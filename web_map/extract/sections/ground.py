"""The parcels themselves, and how the number asked for became theirs."""

from typing import Any

from web_map.extract.parts import Cell, Column, Paragraph, Part, Subheading, Table, cell
from web_map.extract.saying import NOTHING, Saying
from web_map.texts import land_use_names


def parcels(document: dict[str, Any], say: Saying) -> list[Part]:
    """A row for each parcel with its three areas; the site's sum where there are several."""
    found = document.get("parcels") or []
    if not found:
        return []
    columns = [
        Column(say("parcel.sheet"), share=None, number=True),
        Column(say("parcel.number"), share=None, number=True),
        Column(say("parcel.unit"), share=1.5),
        Column(say("parcel.land_use"), share=1.3),
        *(Column(say(f"area.{kind}"), share=None, number=True) for kind in ("legal", "measured", "computed")),
    ]
    rows = [_parcel(parcel, say) for parcel in found]
    site = document.get("site") or {}
    sums = []
    if len(found) > 1 and site:
        areas = [
            cell(say.fixed(site.get(f"{kind}_area_m2"), 1)) for kind in ("legal", "measured", "computed")
        ]
        sums = [[[], [], cell(say("parcel.site", count=len(found)), tones=["strong"]), [], *areas]]
    return [Table(columns, rows, sums), Paragraph(say("area.about"), "soft")]


def _parcel(parcel: dict[str, Any], say: Saying) -> list[Cell]:
    now, filed = parcel.get("unit_now"), parcel.get("unit_name") or parcel.get("unit_code")
    filed_under = say("parcel.filed", unit=filed) if filed and filed != now else None
    old = [parcel.get("old_sheet_no"), parcel.get("old_parcel_no")]
    formerly = say("parcel.formerly", sheet=old[0] or NOTHING, parcel=old[1] or NOTHING) if any(old) else None
    identifier = parcel.get("identifier")
    known_as = say("parcel.identifier", identifier=identifier) if identifier else None
    unit = cell(
        now or filed or NOTHING, parcel.get("address"), filed_under, formerly, known_as,
        tones=["plain", "plain", "soft", "soft", "soft"],
    )  # fmt: skip
    return [
        cell(parcel.get("sheet_no") or NOTHING, tones=["strong"]),
        cell(parcel.get("parcel_no") or NOTHING, tones=["strong"]),
        unit,
        cell(*_land_uses(parcel.get("land_uses"), say)) or cell(NOTHING),
        *(cell(say.fixed(parcel.get(f"{kind}_area_m2"), 1)) for kind in ("legal", "measured", "computed")),
    ]


def _land_uses(land_uses: Any, say: Saying) -> list[str]:
    """``[{code, area_m2}]`` or codes alone, each with its name."""
    names, told = land_use_names(say.language), []
    for use in land_uses if isinstance(land_uses, list) else []:
        code = str(use.get("code") if isinstance(use, dict) else use)
        area = use.get("area_m2") if isinstance(use, dict) else None
        size = f": {say.fixed(area, 1)}\u00a0m²" if area is not None else ""
        told.append(say.sentence(f"{names.get(code, '')} ({code}){size}".strip()))
    return told


def path(document: dict[str, Any], say: Saying) -> list[Part]:
    """Each step from the number asked for to today's parcels."""
    steps = document.get("path") or []
    if not steps:
        return []
    columns = [
        Column(say("path.from"), share=1.3),
        Column(say("path.change"), share=1),
        Column(say("path.on"), share=None, number=True),
        Column(say("path.to"), share=1.6),
        Column(say("path.basis"), share=1.2),
    ]
    rows = [
        [
            cell(_place(step.get("from") or {}, say)),
            cell(say.known("path.kind", step.get("kind"))),
            cell(say.day(step.get("on"))),
            cell(*(_place(place, say) for place in step.get("to") or [])),
            cell(step.get("basis") or NOTHING),
        ]
        for step in steps
    ]
    return [Subheading(say("path.title")), Table(columns, rows)]


def _place(place: dict[str, Any], say: Saying) -> str:
    number = say("parcel.short", sheet=place.get("sheet") or NOTHING, parcel=place.get("parcel") or NOTHING)
    told = number if place.get("sheet") or place.get("parcel") else None
    return ", ".join(str(part) for part in (told, place.get("unit")) if part) or NOTHING
