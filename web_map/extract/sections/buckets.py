"""The three buckets: what affects the parcels, what does not, and what is not known."""

from typing import Any

from web_map.extract.parts import Cell, Column, Paragraph, Part, Table, Tone, cell
from web_map.extract.saying import NOTHING, Saying
from web_map.extract.sections.named import Parcels

_FIGURES = (
    ("max_density_pct", "%"),
    ("height_max_m", "m"),
    ("far_max", None),
    ("red_line_m", "m"),
    ("building_line_m", "m"),
    ("setback_m", "m"),
    ("ground_level_m", "m"),
)


def affected(document: dict[str, Any], say: Saying) -> list[Part]:
    """A row for each zone on a parcel: what it says, how much of the parcel, by which decision."""
    parcels, found = Parcels(document, say), document.get("affected") or []
    if not found:
        return [Paragraph(say("affected.none"))] if "affected" in document else []
    columns = [
        *parcels.column(),
        Column(say("hit.zone"), share=1.9),
        Column(say("hit.area"), share=None, number=True),
        Column(say("hit.share"), share=None, number=True),
        Column(say("hit.plan"), share=1.5),
        Column(say("hit.basis"), share=1.35),
    ]
    rows = [[*parcels.cell(hit.get("parcel_id")), *_hit(hit, say)] for hit in found]
    told: list[Part] = [Table(columns, rows)]
    if any(hit.get("governs") is False for hit in found):
        told.append(Paragraph(say("hit.governs_about"), "soft"))
    return told


def _hit(hit: dict[str, Any], say: Saying) -> list[Cell]:
    plan = hit.get("plan") or {}
    function = " – ".join(str(part) for part in (hit.get("function_code"), hit.get("function_name")) if part)
    zone = cell(
        hit.get("title") or hit.get("theme_title"), hit.get("theme_title"), function, _figures(hit, say),
        tones=["strong", "soft", "plain", "plain"],
    )  # fmt: skip
    level = " · ".join(str(part) for part in (plan.get("level_title"), _scale(plan, say)) if part)
    governs = None if hit.get("governs") is None else say("hit.governs" if hit["governs"] else "hit.governed")
    tones: list[Tone] = ["plain", "soft", "plain" if hit.get("governs") else "soft"]
    decision = say("hit.decision", number=plan.get("decision_no") or NOTHING) if plan else None
    dated = say("hit.dated", date=say.day(plan["decision_date"])) if plan.get("decision_date") else None
    said = hit.get("legal_basis") or hit.get("basis")
    by = cell(plan.get("name"), level, governs, tones=tones) if plan else cell(say("hit.street"))
    basis = cell(decision, dated, said, tones=["plain", "plain", "soft"])
    return [
        zone,
        cell(say.fixed(hit.get("area_m2"), 2)),
        cell(say.share(hit.get("share"))),
        by,
        basis,
    ]


def _scale(plan: dict[str, Any], say: Saying) -> str | None:
    return say("hit.scale", scale=say.fixed(plan["scale"], 0)) if plan.get("scale") else None


def _figures(hit: dict[str, Any], say: Saying) -> str:
    """What the plan allows there, in one sentence."""
    told = [
        say(f"figure.{name}", value=say.measure(hit[name], unit))
        for name, unit in _FIGURES
        if hit.get(name) is not None
    ]
    least, most = hit.get("floors_min"), hit.get("floors_max")
    if least is not None and most is not None and least != most:
        told.insert(1, say("figure.floors_between", least=say.plain(least), most=say.plain(most)))
    elif most is not None:
        told.insert(1, say("figure.floors_max", value=say.plain(most)))
    return say.sentence("; ".join(told))


def not_affected(document: dict[str, Any], say: Saying) -> list[Part]:
    """Themes that the plans treat there and that leave the parcel alone."""
    parcels, found = Parcels(document, say), document.get("not_affected") or []
    if not found:
        return [Paragraph(say("not_affected.none"))] if "not_affected" in document else []
    columns = [*parcels.column(), Column(say("theme"), share=1.3), Column(say("checked_against"), share=2)]
    rows = [
        [
            *parcels.cell(line.get("parcel_id")),
            cell(line.get("theme_title") or NOTHING),
            cell("; ".join(map(str, line.get("checked_against") or [])) or NOTHING),
        ]
        for line in found
    ]
    return [Table(columns, rows)]


def no_data(document: dict[str, Any], say: Saying) -> list[Part]:
    """Themes that no loaded plan treats on all of the parcel."""
    parcels, found = Parcels(document, say), document.get("no_data") or []
    if not found:
        return [Paragraph(say("no_data.none"))] if "no_data" in document else []
    columns = [
        *parcels.column(),
        Column(say("theme"), share=1.3),
        Column(say("uncovered"), share=None, number=True),
        Column(say("reason"), share=2),
    ]
    rows = [
        [
            *parcels.cell(line.get("parcel_id")),
            cell(line.get("theme_title") or NOTHING),
            cell(say.fixed(line.get("uncovered_m2") or None, 2)),
            cell(line.get("reason")),
        ]
        for line in found
    ]
    return [Table(columns, rows)]
