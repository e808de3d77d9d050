"""What has changed since an answer was kept: the same question, answered by what is known now.

An answer speaks of a day. What was known of that day then is held against what is known of it now; what is
otherwise today is another matter, and told apart.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gis_platform.city import City
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, NotFound
from gis_platform.layer.text import Language
from layers.planning.answer import answer_for
from layers.planning.asking.by_ground import by_ground
from layers.planning.asking.corners import ground_of_corners
from layers.planning.asking.drawing import ground_of_drawing
from layers.planning.asking.question import Ground, Times
from layers.planning.kept.answers import Kept, canonical
from layers.planning.kept.asked_again import AskedAgain, Meant
from layers.planning.kept.change import Change, Document
from layers.planning.kept.changed_ground import too_many_parcels
from layers.planning.kept.changed_rules import Known
from layers.planning.kept.changes import changes_between


@dataclass(frozen=True, slots=True)
class Since:
    """``changes``: of the day that the answer speaks of; ``today``: what is otherwise today than on that day,
    as both are known now.
    """

    day: date
    checked_on: date
    changes: list[Change]
    today: list[Change]

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "as_of": self.day.isoformat(),
            "checked_on": self.checked_on.isoformat(),
            "unchanged": not self.changes and not self.today,
            "changes": self.changes,
            "today": self.today,
        }


async def since_kept(work: UnitOfWork, kept: Kept, city: City, today: date, language: Language) -> Since:
    """What a reader of the answer should know today, in ``language``."""
    then = kept.document
    day = date.fromisoformat(then["as_of"])
    # Ages alone are no change: they are counted to the day on which they were counted then.
    made_on = kept.made_at.astimezone(ZoneInfo(city.timezone)).date()
    again = _Again(work, kept, city, language)
    now, crowded = await again.answered(day, today if day == today else made_on, today)
    known_at = then.get("known_at")
    known_then = Known(day, datetime.fromisoformat(known_at) if known_at else kept.made_at)
    changes = await changes_between(work, then, now, (known_then, Known(day)), language)
    meaning = _Meaning(AskedAgain(work, kept, city, language), day, known_then.at or kept.made_at)
    changes += await meaning.otherwise_by_now(day == today, changes)
    if day == today:
        return Since(day, today, [*changes, *crowded], [])
    of_today, more = await again.answered(today, today, today)
    otherwise = await changes_between(work, now, of_today, (Known(day), Known(today)), language)
    otherwise += await meaning.otherwise_today(otherwise)
    return Since(day, today, [*changes, *crowded], [*otherwise, *more])


@dataclass(frozen=True, slots=True)
class _Meaning:
    """Which parcels the question means by now, of its own day and of today."""

    again: AskedAgain
    day: date
    known_then: datetime

    async def otherwise_by_now(self, of_today: bool, told: list[Change]) -> list[Change]:
        then = Meant(frozenset(parcel["id"] for parcel in self.again.kept.document["parcels"]))
        return await self._between(then, Times() if of_today else Times(as_of=self.day), told)

    async def otherwise_today(self, told: list[Change]) -> list[Change]:
        return await self._between(None, Times(), told)

    async def _between(self, before: Meant | None, times: Times, told: list[Change]) -> list[Change]:
        again, question = self.again, self.again.question()
        if question is None:
            return []
        after = await again.meant(question, times)
        before = before or await again.meant(question, Times(as_of=self.day))
        lines = await again.between(before, after, times, told)
        if lines and after.refused is None and not await again.was_asked_so(question, self.known_then):
            return []
        return lines


@dataclass(frozen=True, slots=True)
class _Again:
    """The question of a kept answer, asked again by what is known now."""

    work: UnitOfWork
    kept: Kept
    city: City
    language: Language

    async def answered(self, day: date, counted_to: date, today: date) -> tuple[Document, list[Change]]:
        """The answer for a day, in the language it was kept in; and that its ground has too many parcels now,
        so that it speaks of those that it had.
        """
        times = Times() if day == today else Times(as_of=day)
        ids = [parcel["id"] for parcel in self.kept.document["parcels"]]
        ground = self._ground()
        crowded: list[Change] = []
        if ground is not None:
            try:
                found = await by_ground(self.work, ground, times, self.language)
            except NotFound:
                found = None
            except BadParameter as fault:
                found, crowded = None, [too_many_parcels(fault)]
            ids = sorted({*ids, *(found.ids if found else ())})
        answer = await answer_for(self.work, ids, counted_to, self.kept.language, times=times, ground=ground)
        return json.loads(canonical(answer)), crowded

    def _ground(self) -> Ground | None:
        """What was drawn, from the question as it is kept; None where nothing was."""
        query = self.kept.document["query"]
        if "area" in query:
            return ground_of_drawing(query["area"], self.city, self.language)
        if "corners" in query:
            crs = query.get("crs")
            grid = int(str(crs).upper().removeprefix("EPSG:")) if crs is not None else None
            return ground_of_corners(query["corners"], grid, self.city, self.language)
        return None
