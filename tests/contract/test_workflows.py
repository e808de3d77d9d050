"""What holds for every workflow: the database allows what it declares alone, and its clocks have rules."""

from itertools import product
from typing import Any

import psycopg
import pytest

from gis_platform.casework import Workflow
from gis_platform.casework.derived import apply_workflows
from gis_platform.casework.registry import installed_workflows
from gis_platform.city import load_city
from gis_platform.clock.pausing import Counts
from gis_platform.rules.rule_sets import read_rule_sets

Connection = psycopg.Connection[Any]
WORKFLOWS = list(installed_workflows().values())
each_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)


def _moves(connection: Connection) -> set[tuple[str, str, str, str, tuple[str, ...], bool, bool]]:
    rows = connection.execute(
        "SELECT workflow, name, from_state, to_state, roles, own_unit, ends FROM casework.move"
    )
    return {(w, n, f, t, tuple(roles), own, ends) for w, n, f, t, roles, own, ends in rows.fetchall()}


def test_the_database_knows_the_declared_moves_and_no_other(connection: Connection) -> None:
    declared = {
        (w.name, move.name, source, move.to, tuple(sorted(move.roles)), move.own_unit, w.state(move.to).ends)
        for w in WORKFLOWS
        for move in w.moves
        for source in move.sources
    }
    assert _moves(connection) == declared


def test_what_is_declared_no_longer_is_allowed_no_longer(connection: Connection) -> None:
    apply_workflows(connection, {})
    assert _moves(connection) == set()
    row = connection.execute("SELECT count(*) FROM casework.workflow").fetchone()
    assert row == (0,)


@each_workflow
def test_each_clock_counts_by_a_rule_of_the_demo_city(workflow: Workflow) -> None:
    rules = {rule.code: rule for _, rule in read_rule_sets(load_city("my_tho").rule_sets, ["layers"])}
    choosing = {name: list(one.choices) for name, one in workflow.details.items() if one.choices}
    every = [dict(zip(choosing, words, strict=True)) for words in product(*choosing.values())]
    codes = {clock.rule_for(details) for clock in workflow.clocks for details in every}
    for code in codes | ({workflow.consultation} if workflow.consultation else set()):
        value = rules[code].value
        assert value.keys() == {"days", "counts"}, code
        assert value["days"] >= 1
        assert Counts(value["counts"])


@each_workflow
def test_every_text_is_there_in_both_languages(workflow: Workflow) -> None:
    texts = [workflow.title, workflow.about, *(move.help for move in workflow.moves)]
    texts += [state.title for state in workflow.states] + [move.title for move in workflow.moves]
    texts += [clock.title for clock in workflow.clocks] + [kind.title for kind in workflow.documents]
    texts += [
        text for text in (*(s.public for s in workflow.states), *(m.tells for m in workflow.moves)) if text
    ]
    for one in workflow.details.values():
        texts += [one.title, *one.choices.values(), *([one.hint] if one.hint else [])]
    texts += [asked.title for move in workflow.moves for asked in move.asks]
    for text in texts:
        assert text.vi == text.vi.strip() != ""
        assert text.en == text.en.strip() != ""
        assert text.vi != text.en
