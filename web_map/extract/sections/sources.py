"""What the answer rests on: sources with their age, map errors left out, rules taken for granted."""

from datetime import date, timedelta
from typing import Any

from web_map.extract.parts import Column, Paragraph, Part, Table, cell
from web_map.extract.saying import NOTHING, Saying
from web_map.extract.sections.named import Parcels


def sources(document: dict[str, Any], say: Saying) -> list[Part]:
    """Date and age of each source, with a warning past its cycle."""
    found = document.get("sources") or []
    columns = [
        Column(say("source.title"), share=1.2),
        Column(say("source.date"), share=None, number=True),
        Column(say("source.age"), share=None, number=True),
        Column(say("source.state"), share=2.4),
    ]
    rows = []
    for source in found:
        made_up = say("synthetic.short") if source.get("synthetic") else None
        state = source.get("warning") or (
            say("source.unknown") if source.get("source_date") is None else say("source.current")
        )
        rows.append(
            [
                cell(source.get("title") or source.get("layer")),
                cell(say.day(source.get("source_date"))),
                cell(_age(source, say)),
                cell(state, made_up, tones=["warn" if source.get("warning") else "plain", "soft"]),
            ]
        )
    return [Table(columns, rows)] if rows else []


def _age(source: dict[str, Any], say: Saying) -> str:
    """Whole years and months; days where it is less than a month."""
    days = source.get("age_days")
    if not isinstance(days, int):
        return NOTHING
    try:
        start = date.fromisoformat(str(source.get("source_date")))
        end = start + timedelta(days=days)
    except (ValueError, OverflowError):
        return say("source.days", days=say.plain(days))
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    if months < 1:
        return say("source.days", days=say.plain(days))
    told = [
        say(f"source.{name}" if count > 1 else f"source.{name}.one", count=count)
        for name, count in (("years", months // 12), ("months", months % 12))
        if count
    ]
    return " ".join(told)


def slivers(document: dict[str, Any], say: Saying) -> list[Part]:
    """What was taken as map error: listed, not hidden."""
    parcels, found = Parcels(document, say), document.get("slivers") or []
    told = (document.get("tolerance") or {}).get("text")
    parts: list[Part] = [Paragraph(str(told))] if told else []
    if not found:
        return [*parts, Paragraph(say("slivers.none"))] if "slivers" in document else parts
    columns = [
        *parcels.column(),
        Column(say("sliver.zone"), share=1.5),
        Column(say("theme"), share=1.3),
        Column(say("hit.area"), share=None, number=True),
        Column(say("hit.plan"), share=1.6),
    ]
    rows = [
        [
            *parcels.cell(hit.get("parcel_id")),
            cell(hit.get("title") or NOTHING),
            cell(hit.get("theme_title") or NOTHING),
            cell(say.fixed(hit.get("area_m2"), 2)),
            cell((hit.get("plan") or {}).get("name") or NOTHING),
        ]
        for hit in found
    ]
    return [*parts, Table(columns, rows)]


def assumed(document: dict[str, Any], say: Saying) -> list[Part]:
    """Each rule the answer used, with where it stands and whether somebody verified it."""
    rows = []
    for rule in document.get("rules") or []:
        place = ", ".join(str(rule[key]) for key in ("document", "article") if rule.get(key))
        verified = rule.get("verified")
        state = None if verified is None else say("rule.verified" if verified else "rule.unverified")
        text = rule.get("text") or rule.get("title") or rule.get("code")
        rows.append(
            [cell(text, place, tones=["plain", "soft"]), cell(state, tones=["plain" if verified else "warn"])]
        )
    columns = [Column(say("rule.text"), share=3), Column(say("rule.state"), share=1)]
    return [Table(columns, rows)] if rows else []
