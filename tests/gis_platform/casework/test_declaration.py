"""A workflow that could not work is refused when it is declared, in words that name what is wrong."""

from dataclasses import replace
from typing import Any

import pytest

from gis_platform.access.roles import EVERYONE, STAFF, Role
from gis_platform.casework import (
    Clock,
    ClockChange,
    Detail,
    Document,
    Input,
    Move,
    Onto,
    Outcome,
    State,
    Workflow,
    registry,
)
from gis_platform.casework.registry import Workflows, installed_workflows
from gis_platform.layer import installed_layers
from gis_platform.layer.text import Text

WORDS = Text("Lời", "Words")
ROLE = frozenset({Role.PERMIT})


def _state(name: str, **more: Any) -> State:
    return State(name=name, title=WORDS, **more)


def _move(name: str, source: str, to: str, **more: Any) -> Move:
    settled: dict[str, Any] = {"roles": ROLE, "next_step": True, **more}
    return Move(name=name, title=WORDS, help=WORDS, sources=(source,), to=to, **settled)


def _workflow(**change: Any) -> Workflow:
    plain: dict[str, Any] = {
        "name": "plain",
        "title": WORDS,
        "about": WORDS,
        "readers": ROLE,
        "openers": ROLE,
        "initial": "new",
        "states": (_state("new"), _state("done", ends=True)),
        "moves": (_move("finish", "new", "done"),),
    }
    return Workflow(**plain | change)


def _moved(name: str, **more: Any) -> Move:
    """The way of the smallest workflow, changed."""
    return replace(_move(name, "new", "done"), **more)


def _input(name: str) -> Input:
    return Input(name=name, title=WORDS, hint=WORDS)


def test_the_smallest_workflow_is_taken() -> None:
    workflow = _workflow()
    assert workflow.handlers == ROLE
    assert [move.name for move in workflow.moves_from("new")] == ["finish"]
    assert workflow.moves_from("done") == ()


_CLOCK = Clock(name="limit", title=WORDS, rule="some.rule")
_KIND = Detail(title=WORDS, choices={"small": WORDS, "large": WORDS}, required=True)
_STOP = ClockChange("limit", Onto.STOP)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"states": (_state("new"), _state("lost"), _state("done", ends=True))}, "lost is never reached"),
        ({"initial": "nowhere"}, "'nowhere' is none of its states"),
        ({"initial": "done"}, "would end as it begins"),
        ({"states": (_state("new"), _state("done"))}, "no state is an end"),
        ({"states": (_state("new"), _state("new"), _state("done", ends=True))}, "two of state"),
        ({"name": "Plain!"}, "no plain name"),
        ({"title": Text("", "Words")}, "lacks a text"),
        ({"openers": frozenset()}, "nobody may open"),
        ({"openers": frozenset({Role.PUBLIC}), "readers": EVERYONE}, "openers are staff"),
        ({"openers": frozenset({Role.AUDITOR}), "readers": STAFF}, "auditors only read"),
        ({"openers": frozenset({Role.PLANNER})}, "must read the cases"),
        ({"moves": (_move("finish", "new", "elsewhere"),)}, "'elsewhere', which there is not"),
        ({"moves": (_move("finish", "new", "done", next_step=False),)}, "0 next steps"),
        ({"moves": (_move("finish", "new", "done"), _move("other", "new", "done"))}, "2 next steps"),
        ({"moves": (_move("finish", "new", "done"), _move("back", "done", "new"))}, "which is an end"),
        ({"moves": (_move("finish", "new", "done", roles=frozenset()),)}, "nobody may make"),
        ({"moves": (_move("finish", "new", "done", documents=("paper",)),)}, "unknown document 'paper'"),
        ({"moves": (_move("finish", "new", "done", decides=True),)}, "the cases have none"),
        ({"online": True}, "no subject says which ward"),
        (
            {"moves": (_move("finish", "new", "done", clocks=(ClockChange("x", Onto.STOP),)),)},
            "unknown clock",
        ),
        ({"clocks": (_CLOCK,)}, "never started"),
        ({"starts": ("limit",)}, "is no clock"),
        (
            {
                "clocks": (_CLOCK,),
                "starts": ("limit",),
                "moves": (_move("finish", "new", "done", clocks=(ClockChange("limit", Onto.PAUSE),)),),
            },
            "never resumed",
        ),
        (
            {
                "states": (_state("new"), _state("trap"), _state("done", ends=True)),
                "moves": (
                    _move("finish", "new", "done"),
                    _move("fall", "new", "trap", next_step=False),
                    _move("turn", "trap", "trap"),
                ),
            },
            "from trap no way leads to an end",
        ),
        ({"readers": EVERYONE}, "the public reads no case"),
        ({"moves": (_moved("finish", sources=()),)}, "leads from nowhere"),
        ({"moves": (_moved("finish"), _moved("finish", next_step=False))}, "two of move are called 'finish'"),
        ({"moves": (_moved("finish", help=Text("Lời", " ")),)}, "finish lacks a text"),
        ({"moves": (_moved("finish", after="limit"),)}, "waits for an unknown clock 'limit'"),
        ({"moves": (_moved("finish", consulted=True),)}, "waits for bodies that were asked"),
        ({"moves": (_moved("finish", dossier=True),)}, "needs the whole dossier"),
        ({"moves": (_moved("finish", asks=(_input("number"),)),)}, "asks for something and does nothing"),
        (
            {"moves": (_moved("finish", asks=(_input("number"), _input("number"))),)},
            "two of input of finish are called 'number'",
        ),
        (
            {
                "clocks": (_CLOCK,),
                "starts": ("limit",),
                "moves": (_moved("finish", clocks=(_STOP, _STOP)),),
            },
            "changes the clock 'limit' twice",
        ),
        ({"clocks": (_CLOCK, _CLOCK), "starts": ("limit",)}, "two of clock are called 'limit'"),
        ({"consultation": "Hỏi ý kiến"}, "is no code of a rule"),
        ({"documents": (Document(name="form", title=WORDS),) * 2}, "two of document are called 'form'"),
        ({"details": {"Loại": Detail(title=WORDS)}}, "the detail 'Loại' has no plain name"),
        ({"details": {"use": Detail(title=Text("", "Use"))}}, "use lacks a text"),
        ({"details": {"use": replace(_KIND, choices={"a": Text("A", "")})}}, "use lacks a text"),
        ({"outcomes": {"so nha": Outcome(WORDS)}}, "the outcome 'so nha' has no plain name"),
        ({"kind": "kind"}, "'kind' is no detail that must be one of several"),
        ({"kind": "kind", "details": {"kind": Detail(title=WORDS, required=True)}}, "one of several"),
        ({"kind": "kind", "details": {"kind": replace(_KIND, required=False)}}, "one of several"),
        (
            {
                "kind": "kind",
                "details": {"kind": _KIND},
                "documents": (Document(name="form", title=WORDS, needed_for=frozenset({"huge"})),),
            },
            "document form is needed for 'huge', which is no kind",
        ),
        (
            {"documents": (Document(name="form", title=WORDS, needed_for=frozenset({"small"})),)},
            "document form is needed for 'small', which is no kind",
        ),
    ],
)
def test_what_could_not_work_is_named(change: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match="workflow ") as refused:
        _workflow(**change)
    assert told in str(refused.value)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(ValueError, match=r"nobody may open.*never reached"):
        _workflow(openers=frozenset(), states=(_state("new"), _state("lost"), _state("done", ends=True)))


def test_two_workflows_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="one name"):
        Workflows([_workflow(), replace(_workflow(), about=WORDS)])


def test_a_dossier_and_a_term_go_by_the_kind() -> None:
    form, plan = (
        Document(name=name, title=WORDS, needed_for=frozenset(kinds))
        for name, kinds in (("form", {"small", "large"}), ("plan", {"large"}))
    )
    photo = Document(name="photo", title=WORDS)
    workflow = _workflow(
        kind="kind",
        details={"kind": _KIND},
        documents=(form, plan, photo),
        moves=(_moved("finish", dossier=True, documents=("photo", "form")),),
    )
    assert workflow.dossier({"kind": "small"}) == (form,)
    assert workflow.dossier({}) == ()
    finish = workflow.moves[0]
    assert workflow.needs(finish, {"kind": "small"}) == (form, photo)
    assert workflow.needs(finish, {"kind": "large"}) == (form, plan, photo)
    by_kind = replace(_CLOCK, rule=lambda details: f"limit.{details['kind']}")
    assert by_kind.rule_for({"kind": "large"}) == "limit.large"
    assert _CLOCK.rule_for({"kind": "large"}) == "some.rule"


def test_a_workflow_that_speaks_of_no_layer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "held_in", lambda *_: [_workflow(subject="nowhere"), None])
    with pytest.raises(ValueError, match="plain speaks of nowhere"):
        installed_workflows.__wrapped__()


def test_those_installed_speak_of_layers_that_are_there_and_keep_versions() -> None:
    assert "house_number" in installed_workflows()
    for workflow in installed_workflows().values():
        if workflow.subject is not None:
            assert installed_layers()[workflow.subject].history, workflow.name
        assert all(isinstance(kind, Document) for kind in workflow.documents)
