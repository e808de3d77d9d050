"""What may be built on each parcel found: its lines, its ground, and the verdict, from what the
overlay found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis_platform.layer.text import Language, Text
from gis_platform.rules import NotLoaded, Rule, RuleBook
from layers.planning.building.parcel import Judged, Known, judge
from layers.planning.building.reading import CODES, Street, Surroundings
from layers.planning.building.verdict import verdict_of_all
from layers.planning.sources import source_line
from layers.streets import LAYER as STREETS


@dataclass(frozen=True, slots=True)
class Building:
    """Parts of the answer as JSON: one entry a parcel, the verdict on all, rules and sources used besides.

    ``judged`` is what the entries tell of, in the same order.
    """

    entries: list[dict[str, Any]]
    verdict: dict[str, Any]
    rules: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    judged: list[Judged]


def building_for(
    parcels: Sequence[Mapping[str, Any]],
    hits: Sequence[Mapping[str, Any]],
    around: Surroundings,
    language: Language,
    *,
    today: date,
    no_data: Sequence[Mapping[str, Any]],
    sources: Sequence[Mapping[str, Any]],
) -> Building:
    """``parcels`` and ``hits`` are rows of the overlay with ``wkb`` and ``ground``, slivers left out.

    The rules are those of the day that ``around`` was read for; ages are counted to ``today``. ``no_data``
    and ``sources`` are those of the answer.
    """
    streets_of = [around.streets.get(parcel["id"], ()) for parcel in parcels]
    streets = street_sources([street for those in streets_of for street in those], today, language)
    known = Known(around.book, around.srid, [*sources, *streets])
    hits_of: dict[int, list[Mapping[str, Any]]] = {parcel["id"]: [] for parcel in parcels}
    gaps_of: dict[int, dict[str, str]] = {parcel["id"]: {} for parcel in parcels}
    for hit in hits:
        hits_of[hit["parcel_id"]].append(hit)
    for gap in no_data:
        gaps_of[gap["parcel_id"]][gap["theme"]] = gap["theme_title"]
    judged = [
        judge(parcel, hits_of[parcel["id"]], near, gaps_of[parcel["id"]], known)
        for parcel, near in zip(parcels, streets_of, strict=True)
    ]
    return Building(
        entries=[one.told(language) for one in judged],
        verdict=_verdict(judged, language),
        rules=_rules(around.book, language),
        sources=streets,
        judged=judged,
    )


def _verdict(judged: Sequence[Judged], language: Language) -> dict[str, Any]:
    return verdict_of_all([one.verdict for one in judged]).told(language)


def street_sources(streets: Sequence[Street], today: date, language: Language) -> list[dict[str, Any]]:
    """The source line of streets, as old as the oldest of them; none where there are none."""
    if not streets:
        return []
    synthetic = any(street.synthetic for street in streets)
    return [source_line(STREETS, min(street.source_date for street in streets), synthetic, today, language)]


def _rules(book: RuleBook, language: Language) -> list[dict[str, Any]]:
    """Every rule that was looked up, those that are not loaded too."""
    found = [book.look_up(code) for code in CODES]
    return [_rule(rule, language) for rule in found]


def _rule(rule: Rule | NotLoaded, language: Language) -> dict[str, Any]:
    if isinstance(rule, Rule):
        return {**rule.told(language), "loaded": True}
    vi, en = rule.reason.vi, rule.reason.en
    told = Text(f"Không có: {vi}.", f"None: {en}.")
    return {"code": rule.code, "text": told.in_language(language), "verified": False, "loaded": False}
