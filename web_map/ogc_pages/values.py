"""Values of documents as people read them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from gis_platform.layer import Property
from gis_platform.layer.text import Language
from gis_platform.vietnamese_numbers import format_number

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}.*")


def is_link(value: object) -> bool:
    """A web address, and nothing that a browser would run."""
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def short_crs(uri: str) -> str:
    """EPSG:9210 for the URI of a reference system."""
    parts = uri.rstrip("/").split("/")
    return f"{parts[-3]}:{parts[-1]}" if len(parts) > 3 and "def" in parts else uri


def shown_day(value: object) -> str:
    """22/11/2026, in both languages; an en dash where there is none."""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else "–"


def shown_number(value: object, language: Language) -> str:
    """7.887 or 7,887; decimals as they are, at most three."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return "–"
    decimals = 0
    if isinstance(value, float):
        decimals = min(3, len(f"{value:.3f}".rstrip("0").partition(".")[2]))
    return format_number(value, decimals) if language == "vi" else f"{value:,.{decimals}f}"


def shown_value(
    value: object, language: Language, texts: Mapping[str, str], known: Property | None = None
) -> str:
    """One value of a property, in its words and unit where the declaration has them."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return texts["yes"] if value else texts["no"]
    if isinstance(value, int | float):
        return shown_number(value, language) + (f" {known.unit}" if known and known.unit else "")
    if isinstance(value, list):
        # A comma between decimals would be read as one of them.
        between = "; " if any(isinstance(one, float) for one in value) else ", "
        return between.join(shown_value(one, language, texts, known) for one in value)
    if isinstance(value, dict):
        return "; ".join(_members(value, language, texts, known))
    text = str(value)
    if known and text in known.meanings:
        return known.meanings[text].in_language(language)
    if _DAY.fullmatch(text):
        return shown_day(text)
    if _MOMENT.fullmatch(text):
        moment = datetime.fromisoformat(text)
        return moment.strftime("%d/%m/%Y %H:%M") + (" UTC" if text.endswith(("Z", "+00:00")) else "")
    return text


def _members(
    value: Mapping[str, object], language: Language, texts: Mapping[str, str], known: Property | None
) -> Iterator[str]:
    """Each member with its name: those that are declared first, in their words; empty ones left out."""
    declared = {one.name: one for one in known.members} if known else {}
    for name in (*declared, *(name for name in value if name not in declared)):
        if value.get(name) not in (None, "", []):
            member = declared.get(name)
            title = member.title.in_language(language) if member else name
            yield f"{title}: {shown_value(value[name], language, texts, member)}"


def values_in(document: object) -> Iterator[tuple[str, object]]:
    """Members of an object that a page shows as text: all but its links."""
    if isinstance(document, dict):
        yield from ((name, value) for name, value in document.items() if name not in ("links", "$schema"))


def is_flat(rows: Sequence[Mapping[str, object]]) -> bool:
    """Rows that make a table: the same members in each, and nothing within them."""
    return len(rows) > 1 and all(
        row.keys() == rows[0].keys() and not any(isinstance(cell, dict | list) for cell in row.values())
        for row in rows
    )
