"""What stands before the sections and after them: title, verdict, notices; disclaimer, signature, receipt."""

from typing import Any

from gis_platform.city import City
from web_map.extract.saying import NOTHING, Saying

_TIERS = {"allowed": "yes", "not_allowed": "no", "not_enough_data": "unknown"}
"""The tiers of a verdict, and what the template calls their colours."""

# Letters of the subject that fit the head of a page, and of the receipt's id that fit its foot.
_RUNNING, _ID = 90, 40


def signature_on(document: dict[str, Any]) -> dict[str, Any] | None:
    """What makes the answer a statement: the signature that its receipt tells of, or None."""
    found: dict[str, Any] | None = (document.get("receipt") or {}).get("statement")
    return found


def head_of(document: dict[str, Any], city: City, say: Saying) -> dict[str, Any]:
    """The head of the first page and what is repeated on each."""
    signature, subject = signature_on(document), _subject(document, say)
    kind = "statement" if signature else "reference"
    publisher = city.publisher.name if city.publisher else None
    office = (signature or {}).get("office") or (publisher.in_language(say.language) if publisher else "")
    dated = [say("head.as_of", date=say.day(document.get("as_of")))]
    if document.get("known_at"):
        dated.append(say("head.known_at", moment=say.moment(document["known_at"])))
    synthetic = {"short": say("synthetic.short"), "notice": say("synthetic.notice")}
    return {
        "kind": say(f"kind.{kind}"),
        "title": say(f"title.{kind}"),
        "city": city.title_vi if say.language == "vi" else city.title_en,
        "office": office,
        "state": [say("state.name"), say("state.motto")] if signature else None,
        "state-dated": _place_and_day(city, signature, say) if signature else None,
        "number": say("head.number", number=signature.get("number") or NOTHING) if signature else None,
        "subject": subject,
        "running": _cut(subject, _RUNNING),
        "dated": ", ".join(dated),
        "synthetic": synthetic if document.get("synthetic") else None,
        "verdict": _verdict(document.get("verdict"), say),
        "notices": [str(notice) for notice in document.get("notices") or []],
        "page_of": say("page.of", page="{page}", pages="{pages}"),
    }


def end_of(document: dict[str, Any], address: str | None, say: Saying) -> dict[str, Any]:
    """What closes the last page. A signed statement is not for reference only: it has no such disclaimer."""
    signature = signature_on(document)
    return {
        "disclaimer": None if signature else document.get("disclaimer"),
        "signature": _signature(signature, say) if signature else None,
        "receipt": _receipt(document, address, say),
        "qr_described": say("qr.described"),
    }


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _subject(document: dict[str, Any], say: Saying) -> str:
    parcels = document.get("parcels") or []
    if len(parcels) != 1:
        return say("subject.several", count=len(parcels)) if parcels else ""
    parcel = parcels[0]
    number = say(
        "subject.one", parcel=parcel.get("parcel_no") or NOTHING, sheet=parcel.get("sheet_no") or NOTHING
    )
    place = parcel.get("unit_now") or parcel.get("unit_name")
    return f"{number}, {place}" if place else number


def _verdict(verdict: Any, say: Saying) -> dict[str, str] | None:
    if not isinstance(verdict, dict) or not verdict.get("sentence"):
        return None
    given = str(verdict.get("tier"))
    tier = given if given in _TIERS else "not_enough_data"
    label = say(f"verdict.{tier}")
    return {"colour": _TIERS[tier], "label": label, "sentence": below(label, str(verdict["sentence"]), say)}


def below(label: str, sentence: str, say: Saying) -> str:
    """The sentence under its label: what it begins with stands there already."""
    return say.sentence(sentence.removeprefix(f"{label}: "))


def _place_and_day(city: City, signature: dict[str, Any], say: Saying) -> str:
    """Mỹ Tho, ngày 05 tháng 02 năm 2026: as offices write it, with a nought before small numbers."""
    place = city.title_vi if say.language == "vi" else city.title_en
    written = say.day(signature.get("signed_at"))
    day, month, year = written.split("/") if written.count("/") == 2 else ("…", "…", "…")
    if month.isdigit() and int(month) > 2:
        month = str(int(month))
    return say("head.place_and_day", place=place, day=day, month=month, year=year)


def _signature(signature: dict[str, Any], say: Saying) -> dict[str, str]:
    return {
        "dated": say("head.signed_on", date=say.day(signature.get("signed_at"))),
        "position": str(signature.get("position") or say("signature.officer")),
        "place": say("signature.place"),
        "officer": str(signature.get("officer") or NOTHING),
    }


def _receipt(document: dict[str, Any], address: str | None, say: Saying) -> dict[str, Any]:
    receipt = document.get("receipt") or {}
    known = {name: receipt.get(name) for name in ("id", "sha256")}
    pairs = [(say(f"receipt.{name}"), str(value)) for name, value in known.items() if value]
    if receipt.get("made_at"):
        pairs.insert(1, (say("receipt.made_at"), say.moment(receipt["made_at"])))
    if address:
        pairs.append((say("receipt.address"), address))
    about = say("receipt.about") if address else "" if pairs else say("receipt.none")
    about = " ".join(filter(None, (about, (receipt.get("withheld") or {}).get("reason"))))
    short = f"{say('receipt.id')}: {_cut(str(receipt['id']), _ID)}" if known["id"] else ""
    return {"title": say("receipt.title"), "pairs": pairs, "about": about, "short": short}
