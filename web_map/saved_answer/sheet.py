"""What stands beside the map: what was asked, the verdict, what it is worth, and all of the map as lists."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from layers.zoning import LAYER as ZONING
from web_map.extract.map.looks import BUILDABLE
from web_map.extract.saying import Saying
from web_map.extract.surroundings import Surroundings
from web_map.saved_answer.drawing import RED_LINE, affecting
from web_map.snapshot.features import plain
from web_map.snapshot.inline import data_uri
from web_map.style.palette import SELECTED
from web_map.style.pictures import pictures, swatch_name
from web_map.texts import catalogue

Document = Mapping[str, Any]


def card(document: Document, around: Surroundings, city_title: str, say: Saying) -> str:
    """The box as HTML."""
    words = catalogue(say.language)
    verdict = document["verdict"]
    caveat = _caveat(words["snapshot.synthetic"]) if document["synthetic"] else ""
    return (
        f'<main class="card answer"><p class="city">{_text(city_title)}</p>'
        f"<h1>{_text(subject(document, say))}</h1>"
        f"{_standing(document, say)}{caveat}"
        f'<p class="verdict {_text(verdict["tier"])}">{_text(verdict["sentence"])}</p>'
        f"{_part(words['layers.legend'], _legend(document, around, say), wide=True)}"
        f"{_part(words['saved.lines'], _buckets(document, say))}"
        f"{_part(words['source.title'], _sources(document, say))}"
        f"{_receipt(document, say)}<p>{_text(document['disclaimer'])}</p></main>"
    )


def subject(document: Document, say: Saying) -> str:
    """What was asked about, in a line."""
    parcels = document["parcels"]
    if len(parcels) != 1:
        return say("subject.several", count=len(parcels))
    one = parcels[0]
    return say("subject.one", parcel=one["parcel_no"], sheet=one["sheet_no"])


def _standing(document: Document, say: Saying) -> str:
    """For reference, or signed; and the day it is of."""
    statement = document["receipt"]["statement"]
    lines = [f'<p class="kind">{_text(say("kind.statement") if statement else say("kind.reference"))}</p>']
    if statement:
        signed = f"{statement['officer']}, {statement['office']}"
        lines.append(_line(say("head.number", number=statement["number"])))
        lines.append(_line(say("head.signed_on", date=say.day(statement["signed_at"]))))
        lines.append(_line(f"{say('signature.officer')}: {signed}"))
    known = document.get("known_at")
    also = f", {say('head.known_at', moment=say.moment(known))}" if known else ""
    lines.append(_line(say("head.as_of", date=say.day(document["as_of"])) + also))
    return "".join(lines)


def _legend(document: Document, around: Surroundings, say: Saying) -> str:
    """The kinds of zone that touch the site, then the lines."""
    words, drawn = catalogue(say.language), pictures(ZONING)
    touching = affecting(document)
    codes = {hit["function_code"] for hits in touching.values() for hit in hits}
    beside = {zone.style_class for zone in around.of(ZONING.name)} - codes
    entries = [
        (
            data_uri(drawn[swatch_name(ZONING, index)].encode(), "image/svg+xml"),
            kind.label,
            codes & {*kind.values},
        )
        for index, kind in enumerate(ZONING.style.classes)
        if {*kind.values} & (codes | beside)
    ]
    rows = [
        _entry(picture, label.in_language(say.language), strong=bool(here))
        for picture, label, here in entries
    ]
    lines = [
        (_stroke(SELECTED, ""), say("legend.asked"), True),
        (
            _stroke(BUILDABLE, "4 2"),
            say("legend.buildable"),
            any(e["buildable"] for e in document["building"]),
        ),
        (
            _stroke(str(RED_LINE["color"]), "6 3"),
            words["saved.red_lines"],
            any(street.planned_width_m for street in around.of("streets")),
        ),
    ]
    rows += [_entry(picture, label) for picture, label, here in lines if here]
    note = f'<p class="quiet">{_text(words["saved.faint"])}</p>' if beside else ""
    return f"<ul>{''.join(rows)}</ul>{note}"


def _stroke(colour: str, dashes: str) -> str:
    line = f'<path d="M1 10H31" fill="none" stroke="{colour}" stroke-width="3" stroke-dasharray="{dashes}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="32" height="20">{line}</svg>'
    return data_uri(svg.encode(), "image/svg+xml")


def _entry(picture: str, label: str, *, strong: bool = False) -> str:
    told = f"<b>{_text(label)}</b>" if strong else _text(label)
    return f'<li><img alt="" src="{picture}"><span>{told}</span></li>'


def _buckets(document: Document, say: Saying) -> str:
    """The three buckets, each line with its parcel where there are several."""
    named = {p["id"]: say.parcel(dict(p)) for p in document["parcels"]}

    def of(line: Mapping[str, Any]) -> str:
        return f"{named.get(line['parcel_id'], '')}: " if len(named) > 1 else ""

    affected = (
        f"{of(hit)}{hit['theme_title']}: {hit['title']}, {say.fixed(hit['area_m2'], 2)}\u00a0m² "
        f"({say.share(hit['share'])}); {_basis(hit, say)}"
        for hit in document["affected"]
    )
    clear = (f"{of(line)}{line['theme_title']}" for line in document["not_affected"])
    unknown = (f"{of(line)}{line['theme_title']}: {line['reason']}" for line in document["no_data"])
    return "".join(
        f"<h2>{_text(say('section.' + name))}</h2>{_list(lines) or _line(say(name + '.none'))}"
        for name, lines in (("affected", affected), ("not_affected", clear), ("no_data", unknown))
    )


def _basis(hit: Mapping[str, Any], say: Saying) -> str:
    """The plan and its decision; of a street what its ground is worked out from."""
    plan = hit["plan"]
    if plan is None:
        return str(hit["basis"]).rstrip(".")
    return f"{plan['name']}, {say('hit.decision', number=plan['decision_no'])}"


def _sources(document: Document, say: Saying) -> str:
    words = catalogue(say.language)
    return _list(
        source["warning"]
        or words["snapshot.as_of"].format(layer=source["title"], date=say.day(source["source_date"]))
        for source in document["sources"]
    )


def _receipt(document: Document, say: Saying) -> str:
    receipt = document["receipt"]
    rows = (
        (say("receipt.id"), receipt["id"]),
        (say("receipt.made_at"), say.moment(receipt["made_at"])),
        (say("receipt.address"), receipt["url"]),
        (say("receipt.sha256"), receipt["sha256"]),
    )
    told = "".join(f"<dt>{_text(title)}</dt><dd>{_text(str(value))}</dd>" for title, value in rows)
    withheld = receipt.get("withheld")
    return f'<dl class="receipt">{told}</dl>' + (_line(withheld["reason"]) if withheld else "")


def _part(title: str, inside: str, *, wide: bool = False) -> str:
    kind = ' class="wide"' if wide else ""
    return f"<details{kind}><summary>{_text(title)}</summary>{inside}</details>"


def _list(lines: Iterable[str]) -> str:
    rows = "".join(f"<li>{_text(line)}</li>" for line in lines)
    return f'<ul class="lines">{rows}</ul>' if rows else ""


def _line(words: str) -> str:
    return f"<p>{_text(words)}</p>"


def _caveat(words: str) -> str:
    return f'<p class="synthetic">{_text(words)}</p>'


def _text(words: str) -> str:
    """A saved file names no address that could be followed, whoever wrote it."""
    return escape(str(plain(words)))
