"""Whether a workflow can work: told in full when it is declared, so that no officer meets a dead end."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from gis_platform.access.roles import STAFF, Audience, Role
from gis_platform.casework.effect import Outcome
from gis_platform.casework.parts import Clock, Detail, Document, Move, State
from gis_platform.layer.text import Text

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_RULE = re.compile(r"[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)*")


class Declared(Protocol):
    """A workflow, as far as it is looked at here."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> Text: ...
    @property
    def about(self) -> Text: ...
    @property
    def states(self) -> tuple[State, ...]: ...
    @property
    def moves(self) -> tuple[Move, ...]: ...
    @property
    def initial(self) -> str: ...
    @property
    def readers(self) -> Audience: ...
    @property
    def openers(self) -> Audience: ...
    @property
    def handlers(self) -> Audience: ...
    @property
    def clocks(self) -> tuple[Clock, ...]: ...
    @property
    def documents(self) -> tuple[Document, ...]: ...
    @property
    def starts(self) -> tuple[str, ...]: ...
    @property
    def subject(self) -> str | None: ...
    @property
    def details(self) -> Mapping[str, Detail]: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def consultation(self) -> str | None: ...
    @property
    def online(self) -> bool: ...
    @property
    def outcomes(self) -> Mapping[str, Outcome]: ...


def faults_of(workflow: Declared) -> list[str]:
    """What is wrong with it, each in words; empty where nothing is."""
    return [
        *_names(workflow),
        *_people(workflow),
        *(fault for move in workflow.moves for fault in _move(workflow, move)),
        *_ways(workflow),
        *_clocks(workflow),
        *_kinds(workflow),
    ]


def _names(workflow: Declared) -> Iterator[str]:
    kinds = {
        "workflow": [workflow.name],
        "state": [state.name for state in workflow.states],
        "move": [move.name for move in workflow.moves],
        "clock": [clock.name for clock in workflow.clocks],
        "document": [kind.name for kind in workflow.documents],
        "detail": list(workflow.details),
        "outcome": list(workflow.outcomes),
        **{f"input of {move.name}": [one.name for one in move.asks] for move in workflow.moves},
    }
    for kind, names in kinds.items():
        yield from (f"the {kind} {name!r} has no plain name" for name in names if not _NAME.fullmatch(name))
        yield from (f"two of {kind} are called {name!r}" for name in _doubled(names))
    texts = [
        *((workflow.name, text) for text in (workflow.title, workflow.about)),
        *((state.name, state.title) for state in workflow.states),
        *((move.name, move.title) for move in workflow.moves),
        *((move.name, move.help) for move in workflow.moves),
        *((one.name, text) for move in workflow.moves for one in move.asks for text in (one.title, one.hint)),
        *(
            (name, text)
            for name, one in workflow.details.items()
            for text in (one.title, *one.choices.values())
        ),
    ]
    yield from (f"{name} lacks a text" for name, text in texts if not (text.vi.strip() and text.en.strip()))


def _people(workflow: Declared) -> Iterator[str]:
    if not workflow.openers:
        yield "nobody may open a case"
    for name, roles in {"openers": workflow.openers, "handlers": workflow.handlers}.items():
        if roles - STAFF:
            yield f"{name} are staff: the public's filings come in by an intake of their own"
        if roles - workflow.readers:
            yield f"{name} must read the cases: {sorted(roles - workflow.readers)} do not"
        if Role.AUDITOR in roles:
            yield f"{name} write, and auditors only read"
    if workflow.online and workflow.subject is None:
        yield "citizens file it, and no subject says which ward it goes to"
    if workflow.readers - STAFF:
        yield "the public reads no case; it follows one by its code"


def _move(workflow: Declared, move: Move) -> Iterator[str]:
    states = {state.name: state for state in workflow.states}
    for name in (*move.sources, move.to):
        if name not in states:
            yield f"move {move.name} names the state {name!r}, which there is not"
    if not move.sources:
        yield f"move {move.name} leads from nowhere"
    if not move.roles:
        yield f"nobody may make the move {move.name}"
    for name in move.sources:
        if name in states and states[name].ends:
            yield f"move {move.name} leaves {name}, which is an end"
    kinds = {kind.name for kind in workflow.documents}
    yield from (f"move {move.name} needs an unknown document {n!r}" for n in move.documents if n not in kinds)
    clocks = {clock.name for clock in workflow.clocks}
    changed = [change.clock for change in move.clocks]
    yield from (f"move {move.name} names an unknown clock {n!r}" for n in changed if n not in clocks)
    yield from (f"move {move.name} changes the clock {n!r} twice" for n in _doubled(changed))
    yield from _waiting(workflow, move, clocks)
    if move.asks and move.does is None:
        yield f"move {move.name} asks for something and does nothing with it"
    if move.decides and workflow.subject is None:
        yield f"move {move.name} rests on a subject, and the cases have none"


def _waiting(workflow: Declared, move: Move, clocks: set[str]) -> Iterator[str]:
    if move.after is not None and move.after not in clocks:
        yield f"move {move.name} waits for an unknown clock {move.after!r}"
    if move.consulted and workflow.consultation is None:
        yield f"move {move.name} waits for bodies that were asked, and nobody may be"


def _ways(workflow: Declared) -> Iterator[str]:
    states = {state.name: state for state in workflow.states}
    if workflow.initial not in states:
        yield f"the initial state {workflow.initial!r} is none of its states"
        return
    if states[workflow.initial].ends:
        yield "a case would end as it begins"
    reached, edge = {workflow.initial}, [workflow.initial]
    while edge:
        here = edge.pop()
        onward = {move.to for move in workflow.moves if here in move.sources} - reached
        reached |= onward
        edge += sorted(onward)
    yield from (f"the state {name} is never reached" for name in states if name not in reached)
    if not any(state.ends for state in workflow.states):
        yield "no state is an end"
    ending = {state.name for state in workflow.states if state.ends}
    while more := {s for m in workflow.moves if m.to in ending for s in m.sources} - ending:
        ending |= more
    yield from (f"from {name} no way leads to an end" for name in states if name not in ending)
    for name, state in states.items():
        steps = [move.name for move in workflow.moves if name in move.sources and move.next_step]
        if not state.ends and len(steps) != 1:
            yield f"the state {name} has {len(steps)} next steps; an officer is shown one"


def _clocks(workflow: Declared) -> Iterator[str]:
    if workflow.consultation is not None and not _RULE.fullmatch(workflow.consultation):
        yield f"the term of consultations {workflow.consultation!r} is no code of a rule"
    changes = [(change.onto.value, change.clock) for move in workflow.moves for change in move.clocks]
    for clock in workflow.clocks:
        if clock.name not in workflow.starts and ("start", clock.name) not in changes:
            yield f"the clock {clock.name} is never started"
        if ("pause", clock.name) in changes and ("resume", clock.name) not in changes:
            yield f"the clock {clock.name} is paused and never resumed"
    known = {clock.name for clock in workflow.clocks}
    yield from (f"{name!r} is started and is no clock" for name in workflow.starts if name not in known)


def _kinds(workflow: Declared) -> Iterator[str]:
    detail = workflow.details.get(workflow.kind) if workflow.kind else None
    if workflow.kind and (detail is None or not detail.choices or not detail.required):
        yield f"the kind {workflow.kind!r} is no detail that must be one of several"
    known = set(detail.choices) if detail else set()
    for document in workflow.documents:
        yield from (
            f"document {document.name} is needed for {name!r}, which is no kind"
            for name in sorted(document.needed_for - known)
        )
    if not known and any(move.dossier for move in workflow.moves):
        yield "a move needs the whole dossier, and no kind says what that is"


def _doubled(names: Iterable[str]) -> list[str]:
    listed = list(names)
    return sorted({name for name in listed if listed.count(name) > 1})
