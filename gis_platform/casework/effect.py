"""What a move does beside moving: a number is kept, a permit written, in the transaction of the move."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from gis_platform.casework.case import Case
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One line that an officer fills in for a move. ``most``: characters."""

    name: str
    title: Text
    hint: Text
    required: bool = False
    most: int = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may have come of a case, as people are told.

    Attributes:
        link: where it leads, ``{}`` for the value.
        inside: said among officers; the applicant does not read it.
    """

    title: Text
    link: str | None = None
    inside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """A move under way: the case is locked and as it was before it.

    Attributes:
        given: what the officer filled in, by the names of the move's inputs; empty ones are left out.
        on: the civil day in the city.
    """

    work: UnitOfWork
    case: Case
    given: Mapping[str, str]
    on: date
    language: Language


class Effect(Protocol):
    """Does it, or raises a Problem: then nothing of the move happens."""

    async def __call__(self, acting: Acting) -> Mapping[str, Any]:
        """What came of it, as JSON without personal data: kept with the case and in its journal. A member
        that is None takes an earlier one away.
        """
        ...
