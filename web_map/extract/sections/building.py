"""What may be built on each parcel: each line with its rule and whether somebody verified it."""

from typing import Any

from web_map.extract.parts import Cell, Column, Facts, Part, Subheading, Table, cell
from web_map.extract.saying import NOTHING, Saying
from web_map.extract.sections.named import Parcels

_SUMS = (("taken_m2", "m²"), ("footprint_max_m2", "m²"), ("floor_area_max_m2", "m²"))


def building(document: dict[str, Any], say: Saying) -> list[Part]:
    """For each parcel its sums, its lines and its frontages."""
    parcels = Parcels(document, say)
    parts: list[Part] = []
    for entry in document.get("building") or []:
        if parcels.several:
            parts.append(Subheading(parcels.name(entry.get("parcel_id"))))
        parts += [*_sums(entry, say), *_lines(entry, say), *_frontages(entry, say)]
    return parts


def _sums(entry: dict[str, Any], say: Saying) -> list[Part]:
    pairs = [
        (say(f"building.{name}"), f"{say.fixed(entry[name], 2)}\u00a0{unit}")
        for name, unit in _SUMS
        if isinstance(entry.get(name), int | float)
    ]
    for name in ("land_use_against_plan", "function"):
        if told := _told(entry.get(name)):
            pairs.insert(0, (say(f"building.{name}"), told))
    return [Facts(pairs)] if pairs else []


def _told(value: Any) -> str:
    """A sentence, a list of names, or the words that a value brings: ``text``, ``title``, ``reason`` and the
    like."""
    if isinstance(value, dict):
        known = (value.get(key) for key in ("text", "sentence", "title", "name", "function_name", "reason"))
        return next((str(words) for words in known if words), "")
    if isinstance(value, list | tuple):
        return "; ".join(words for words in map(_told, value) if words)
    return "" if value is None else str(value)


def _lines(entry: dict[str, Any], say: Saying) -> list[Part]:
    lines = entry.get("lines") or []
    columns = [
        Column(say("line.title"), share=1.5),
        Column(say("line.value"), share=None, number=True),
        Column(say("line.outcome"), share=1.4),
        Column(say("line.rule"), share=1.9),
    ]
    return [Table(columns, [_line(line, say) for line in lines])] if lines else []


def _line(line: dict[str, Any], say: Saying) -> list[Cell]:
    outcome = say.known("outcome", line.get("outcome"))
    undecided = line.get("outcome") == "cannot_decide"
    return [
        cell(line.get("title") or line.get("code"), line.get("holds_for"), tones=["plain", "soft"]),
        cell(_value(line, say), tones=["strong"]),
        cell(outcome, line.get("reason"), tones=["warn" if undecided else "plain", "soft"]),
        _rule(line, say),
    ]


def _value(line: dict[str, Any], say: Saying) -> str:
    """A figure with its unit, or words: how land use fits the plan is a code in the data."""
    value = line.get("value")
    if value is None:
        return NOTHING
    if line.get("code") == "land_use":
        return say.known("fit", value)
    return say.measure(value, line.get("unit"))


def _rule(line: dict[str, Any], say: Saying) -> Cell:
    rule = line.get("rule") or {}
    document = ", ".join(str(part) for part in (rule.get("document"), rule.get("article")) if part)
    since = rule.get("effective_from")
    until = rule.get("effective_to")
    held = say("rule.since", date=say.day(since)) if since else None
    if since and until:
        held = say("rule.between", start=say.day(since), end=say.day(until))
    doubt = say("rule.unverified") if rule.get("verified") is False else None
    source = line.get("source")
    by_plan = _by(source, say) if source else None
    told = cell(document, by_plan, held, doubt, tones=["plain", "plain", "soft", "warn"])
    return told or cell(NOTHING)


def _by(source: Any, say: Saying) -> str:
    """The decision, else the plan, or the layer that a street's width is from; plans are named further up."""
    if isinstance(source, dict) and source.get("plan"):
        decision = source.get("decision_no")
        return say("hit.decision", number=decision) if decision else str(source["plan"])
    if isinstance(source, dict) and source.get("layer") == "streets":
        return say("line.by_streets")
    return _told(source)


def _frontages(entry: dict[str, Any], say: Saying) -> list[Part]:
    frontages = entry.get("frontages") or []
    if not frontages:
        return []
    measures = ("length_m", "width_m", "planned_width_m", "setback_m")
    columns = [
        Column(say("frontage.street"), share=1),
        *(Column(say(f"frontage.{name}"), share=None, number=True) for name in measures),
    ]
    rows = [
        [
            cell(f.get("name") or say("frontage.unnamed")),
            *(cell(say.fixed(f.get(name), 2)) for name in measures),
        ]
        for f in frontages
    ]
    return [Subheading(say("frontage.title")), Table(columns, rows)]
