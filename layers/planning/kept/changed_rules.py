"""Rules that differ between two answers, each by its title in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language, Text
from gis_platform.rules import Rule, rules_on
from layers.planning.kept.change import Change, Document


@dataclass(frozen=True, slots=True)
class Known:
    """The day that an answer speaks of, and the moment as of whose knowledge; None is now."""

    day: date
    at: datetime | None = None


async def rules_between(
    work: UnitOfWork, then: Document, now: Document, known: tuple[Known, Known], language: Language
) -> list[Change]:
    """Rules of the one answer that the other lacks, or has in another version."""
    before, after = _loaded(then), _loaded(now)
    codes = [code for code in {**before, **after} if before.get(code) != after.get(code)]
    if not codes:
        return []
    titles = await _titles(work, codes, known)
    told = []
    for code in codes:
        kind = "ended" if code not in after else "new" if code not in before else "changed"
        # One that nobody holds any more in a version that names it.
        title = titles.get(code, Text(code, code)).in_language(language)
        sentence = _WORDS[kind].in_language(language).format(title)
        told.append({"kind": f"rule_{kind}", "parcel_id": None, "sentence": sentence})
    return told


def _loaded(document: Document) -> dict[str, object]:
    """Versions of those that are loaded: of one that is not, the words name the day and are no rule."""
    return {rule["code"]: rule.get("id") for rule in document.get("rules", ()) if rule.get("loaded", True)}


async def _titles(work: UnitOfWork, codes: list[str], known: tuple[Known, Known]) -> dict[str, Text]:
    """As they were called in the later answer, else in the earlier one."""
    titles: dict[str, Text] = {}
    for one in known:
        book = await rules_on(work, codes, one.day, one.at)
        found = {code: book.look_up(code) for code in codes}
        titles |= {code: rule.title for code, rule in found.items() if isinstance(rule, Rule)}
    return titles


_WORDS = {
    "ended": Text("Quy định “{0}” không còn được áp dụng.", "The rule “{0}” is no longer applied."),
    "new": Text("Có thêm quy định “{0}”.", "The rule “{0}” is applied now."),
    "changed": Text("Quy định “{0}” đã thay đổi.", "The rule “{0}” has changed."),
}
