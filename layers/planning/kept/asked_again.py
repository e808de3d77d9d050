"""The question of a kept answer, asked again: whether what was asked still means the same parcels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gis_platform.city import City
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.find import find
from layers.planning.asking.question import Question, Times
from layers.planning.kept.answers import Kept
from layers.planning.kept.change import Change, parcel_name

SQL = named_queries(__file__)

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Meant:
    """The parcels that a question means; ``refused`` says why where it is understood no more."""

    ids: frozenset[int] = frozenset()
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A kept answer's question. Ground that was drawn is none: what lies on it is compared elsewhere."""

    work: UnitOfWork
    kept: Kept
    city: City
    language: Language

    def question(self) -> Question | None:
        """None where nothing was kept that could be asked again, or something of it is withheld."""
        if self.kept.withheld:
            return None
        try:
            return _read(self.kept.document["query"], self.language)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None

    async def meant(self, question: Question, times: Times) -> Meant:
        """By what is known at ``times``; nothing where nothing is found."""
        try:
            found = await find(self.work, question, self.city, times)
        except NotFound:
            return Meant()
        except BadParameter as fault:
            return Meant(refused=fault.detail)
        return Meant(frozenset(found.ids))

    async def was_asked_so(self, question: Question, known_at: datetime) -> bool:
        """Whether the question as it is kept led to the parcels of the answer: old ones were kept in words
        that need not.
        """
        then = self.kept.document
        day = date.fromisoformat(then["as_of"])
        meant = await self.meant(question, Times(as_of=day, known_at=known_at))
        return meant.ids == {parcel["id"] for parcel in then["parcels"]}

    async def between(
        self, before: Meant, after: Meant, times: Times, told: Iterable[Change]
    ) -> list[Change]:
        """What the question means otherwise, beside what is ``told``: parcels that ended, and their
        successors.
        """
        if after.refused is not None:
            if before.refused is not None:
                return []
            words = _REFUSED.in_language(self.language).format(after.refused)
            return [{"kind": "question_refused", "parcel_id": None, "sentence": words}]
        known = set()
        for line in told:
            if line["kind"] == "parcel_ended":
                known |= {line["parcel_id"], *line["successors"]}
        if not (before.ids ^ after.ids) - known:
            return []
        names = await self._names(after.ids, times)
        now = [names[one] for one in sorted(after.ids) if one in names]
        shown, more = ", ".join(now[:_MOST_NAMED]), len(now) - _MOST_NAMED
        if more > 0:
            shown += _MORE.in_language(self.language).format(more)
        words = (_OTHERS if now else _NONE).in_language(self.language).format(shown)
        parcels = {"before": sorted(before.ids), "now": sorted(after.ids)}
        return [{"kind": "question_changed", "parcel_id": None, "sentence": words, "parcels": parcels}]

    async def _names(self, ids: Iterable[int], times: Times) -> dict[int, str]:
        rows = await self.work.rows(SQL["names"], ids=sorted(ids), **times.parameters())
        return {row["id"]: parcel_name(dict(row)) for row in rows}


def _read(query: Mapping[str, Any], language: Language) -> Question | None:
    if query.get("parcels"):
        parts = tuple(_read(part, language) for part in query["parcels"])
        whole = tuple(part for part in parts if part is not None)
        return Question(parcels=whole, language=language) if len(whole) == len(parts) else None
    if "point" in query:
        lon, lat = str(query["point"]).split(",")
        return Question(point=(float(lon), float(lat)), language=language)
    if "address" in query or "identifier" in query or "id" in query:
        return Question(
            address=query.get("address"),
            identifier=query.get("identifier"),
            id=int(query["id"]) if "id" in query else None,
            language=language,
        )
    if "sheet" not in query or "parcel" not in query:
        return None
    return Question(
        sheet=query["sheet"],
        parcel=query["parcel"],
        unit=query.get("unit"),
        issued=date.fromisoformat(query["issued"]) if "issued" in query else None,
        language=language,
    )


_OTHERS = Text(
    "Tra cứu lại cùng nội dung này, kết quả là thửa đất khác: {0}.",
    "The same question, asked again, leads to other parcels: {0}.",
)
_NONE = Text(
    "Tra cứu lại cùng nội dung này thì không còn tìm thấy thửa đất nào.",
    "The same question, asked again, leads to no parcel any more.",
)
_MORE = Text(" và {0} thửa khác", " and {0} more")
_REFUSED = Text(
    "Nội dung tra cứu này nay không còn hiểu được: {0}",
    "What was asked cannot be understood any more: {0}",
)
