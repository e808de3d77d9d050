"""An answer as a PDF/A-2b: its parts are put in order here, typst sets them by the template beside."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typst

from gis_platform.city import City
from gis_platform.layer.text import Language
from web_map.extract.fonts import typeface
from web_map.extract.head import end_of, head_of
from web_map.extract.map.drawing import Drawn, draw
from web_map.extract.map.site import site_of
from web_map.extract.parts import Part, Plan, as_json
from web_map.extract.printable import Printing, printing
from web_map.extract.qr import qr_svg
from web_map.extract.saying import Saying
from web_map.extract.sections import sections_of
from web_map.extract.surroundings import Surroundings

_TEMPLATE = Path(__file__).with_name("extract.typ")


def extract_pdf(
    document: dict[str, Any],
    *,
    language: Language,
    city: City,
    address_of_receipt: str | None = None,
    map_layers: Surroundings | None = None,
) -> bytes:
    """The A4 extract of an answer; the same answer gives the same bytes.

    ``document`` is what the look-up answers; whatever it lacks is left out. One whose receipt holds a
    ``statement`` (``number``, ``officer``, ``office``, ``signed_at``) is no longer for reference only.
    ``address_of_receipt`` is the whole address that the QR code leads to. Takes tenths of a second of a core.

    Raises:
        Unavailable: the fonts are not installed.
    """
    say, printable = Saying(language, city.timezone), printing(typeface().characters)
    drawn = _map_of(document, map_layers or Surroundings(), city, say, printable)
    sections = sections_of(document, _plan(drawn, say), say)
    content = {
        "language": language,
        **head_of(document, city, say),
        "sections": as_json(sections),
        **end_of(document, address_of_receipt, say),
    }
    return _set(printable(content), drawn, address_of_receipt, _made_at(document, city))


def _map_of(
    document: dict[str, Any], around: Surroundings, city: City, say: Saying, printable: Printing
) -> Drawn | None:
    site = site_of(document, city.working_srid)
    return draw(site, around, city.working_srid, say, printable) if site is not None else None


def _plan(drawn: Drawn | None, say: Saying) -> Sequence[Part]:
    if drawn is None:
        return ()
    return (
        Plan(
            scale=say("map.scale", scale=drawn.scale),
            grid=drawn.grid,
            described=say("map.described", scale=drawn.scale),
            legend=[words for _, words in drawn.legend],
        ),
    )


def _set(content: dict[str, Any], drawn: Drawn | None, address: str | None, made_at: datetime) -> bytes:
    """Texts and pictures go to typst as data; the template alone is read as typst."""
    inputs = {"content": json.dumps(content, ensure_ascii=False)}
    if drawn is not None:
        inputs |= {"map": drawn.svg, "legend": json.dumps([picture for picture, _ in drawn.legend])}
    if address is not None:
        inputs["qr"] = qr_svg(address)
    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=typeface().fonts,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=["a-2b"],
        timestamp=made_at,
    )


def _made_at(document: dict[str, Any], city: City) -> datetime:
    """When the receipt was made, or noon of the day that is told of."""
    given = str((document.get("receipt") or {}).get("made_at") or document.get("as_of") or "")
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        return datetime.combine(date(2000, 1, 1), time(12), UTC)
    if len(given) == len("2026-11-22"):
        moment = moment.replace(hour=12)
    local = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(city.timezone))
    return local.astimezone(UTC).replace(microsecond=0)
