"""The ``Workflow`` type: states, moves and clocks of one kind of case, and what holds for each.

It is declared once, as ``WORKFLOW`` in a module or package of the layers room, and looked at when it is made:
what could not work is refused at import. From it follow what the database allows, the lists, the console and
the tracking.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from gis_platform.access.roles import Audience
from gis_platform.casework.checking import faults_of
from gis_platform.casework.effect import Outcome
from gis_platform.casework.parts import Clock, Detail, Document, Move, State
from gis_platform.layer.text import Text


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Workflow:
    """One kind of case.

    Attributes:
        initial: the state a case is opened in.
        starts: clocks that are started then; the first is the one that a receipt promises a day by.
        readers: who sees the cases, without the people in them.
        openers: who takes a case in, for a unit of their own.
        subject: the layer whose features the cases speak of; None where they speak of none.
        details: what else a case says of itself, by name.
        kind: the detail, one with choices, that tells kinds of case apart: their dossiers differ.
        consultation: code of the dated rule, as that of a clock, within which other bodies answer; None where
            nobody is asked. Who keeps silent past the due day has consented.
        online: citizens file such cases themselves, without a sign-in; the ward follows from the
            subject's place.
        outcomes: what its moves may bring about and people are told, by name; the rest is for programs.
    """

    name: str
    title: Text
    about: Text
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    initial: str
    readers: Audience
    openers: Audience
    clocks: tuple[Clock, ...] = ()
    documents: tuple[Document, ...] = ()
    starts: tuple[str, ...] = ()
    subject: str | None = None
    details: Mapping[str, Detail] = field(default_factory=dict)
    kind: str | None = None
    consultation: str | None = None
    online: bool = False
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)

    def __post_init__(self) -> None:
        faults = faults_of(self)
        if faults:
            raise ValueError(f"workflow {self.name}: " + "; ".join(faults))

    @property
    def handlers(self) -> Audience:
        """Who may make any move at all: they see the people in the cases of their unit."""
        return frozenset(role for move in self.moves for role in move.roles)

    def state(self, name: str) -> State:
        """One state; KeyError where there is none."""
        return next((s for s in self.states if s.name == name), None) or _none(name)

    def move(self, name: str) -> Move | None:
        """One move, None where there is none of that name."""
        return next((move for move in self.moves if move.name == name), None)

    def clock(self, name: str) -> Clock:
        """One clock; KeyError where there is none."""
        return next((c for c in self.clocks if c.name == name), None) or _none(name)

    def document(self, name: str) -> Document | None:
        """One kind of document, None where there is none of that name."""
        return next((kind for kind in self.documents if kind.name == name), None)

    def dossier(self, details: Mapping[str, str]) -> tuple[Document, ...]:
        """The documents that belong to a case with these details."""
        kind = details.get(self.kind) if self.kind else None
        return tuple(document for document in self.documents if kind in document.needed_for)

    def needs(self, move: Move, details: Mapping[str, str]) -> tuple[Document, ...]:
        """The documents that a move of such a case needs, each once."""
        whole = self.dossier(details) if move.dossier else ()
        return tuple(one for one in self.documents if one in whole or one.name in move.documents)

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """The ways out of a state, the next step first."""
        out = [move for move in self.moves if state in move.sources]
        return tuple(sorted(out, key=lambda move: not move.next_step))


def _none(name: str) -> NoReturn:
    raise KeyError(name)
