"""What a workflow is made of: states, moves between them, clocks and kinds of documents."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gis_platform.access.roles import Audience
from gis_platform.casework.effect import Effect, Input
from gis_platform.layer.text import Text

MOST_DOCUMENT_BYTES = 20 * 2**20


class Onto(StrEnum):
    """What a move does to a clock."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class ClockChange:
    """One clock and what becomes of it."""

    clock: str
    onto: Onto


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a case may be. ``waits``: on somebody else, not on the office. ``public`` is what tracking
    says.
    """

    name: str
    title: Text
    waits: bool = False
    ends: bool = False
    public: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What a case says of itself beside its place; no personal data.

    Attributes:
        choices: the words it may be, each with its title; a line of text where there are none.
        required: a case is not taken in without it.
        most: characters of a line of text.
    """

    title: Text
    hint: Text | None = None
    choices: Mapping[str, Text] = field(default_factory=dict)
    required: bool = False
    most: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A kind of document a case may hold, one file or several of it.

    Attributes:
        needed_for: under which kinds of case it belongs to a whole dossier (see ``Workflow.kind``).
        office: made by the office: no applicant hands it in.
    """

    name: str
    title: Text
    most_bytes: int = MOST_DOCUMENT_BYTES
    needed_for: frozenset[str] = frozenset()
    office: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A term. ``rule`` is the code of a dated rule whose value is ``{"days": 15, "counts": "working"}``, or
    what tells it from the details of the case.

    Where none is loaded for the day the clock starts, nothing is due by it, and the case says why.
    """

    name: str
    title: Text
    rule: str | Callable[[Mapping[str, str]], str]

    def rule_for(self, details: Mapping[str, str]) -> str:
        """The code of the rule that counts for a case."""
        return self.rule if isinstance(self.rule, str) else self.rule(details)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A way from some states to one.

    Attributes:
        title: as the button says it.
        help: what it means, in a sentence beside the button.
        roles: who may make it.
        own_unit: only for cases of the unit one works for.
        next_step: the one step a case in these states waits for.
        decides: rests on the subject as it is now: where that changed since it was seen, the officer confirms
            first.
        reason: needs words that everybody who reads the case may know, the applicant too.
        note: needs words for colleagues of the unit.
        documents: kinds of which the case must hold one.
        dossier: needs every document that belongs to the kind of case.
        once: may be made once in the life of a case.
        after: a clock that must have run out, its due day being over.
        consulted: waits until every body that was asked has answered, or kept silent past its day.
        clocks: what becomes of its clocks. A move to an end stops those that run.
        tells: what the applicant is written, where he agreed to it.
        asks: what the officer fills in for it.
        does: what happens with it beside the move; such a move is made on one case at a time.
        grave: cannot be taken back.
    """

    name: str
    title: Text
    help: Text
    sources: tuple[str, ...]
    to: str
    roles: Audience
    own_unit: bool = True
    next_step: bool = False
    decides: bool = False
    reason: bool = False
    note: bool = False
    documents: tuple[str, ...] = ()
    dossier: bool = False
    once: bool = False
    after: str | None = None
    consulted: bool = False
    clocks: tuple[ClockChange, ...] = ()
    tells: Text | None = None
    asks: tuple[Input, ...] = ()
    does: Effect | None = None
    grave: bool = False
