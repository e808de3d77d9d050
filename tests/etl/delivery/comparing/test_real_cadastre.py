"""A real cadastre and a later state of it: what was done to it is found again exactly."""

import pytest

from tests.support.compared import Comparer, Difference, holds_together
from tests.support.delivered import Sample
from tests.support.derived import Derived, Truth, french_parcels

SCOPE = ("unit_code", "sheet_no")


def _later(before: Sample, seed: int) -> Derived:
    derived = Derived(before, seed)
    derived.splits(12, keep=False)
    derived.splits(12, keep=True)
    derived.merges(10, keep=False)
    derived.merges(10, keep=True)
    derived.reshapes(5)
    derived.swaps(5)
    derived.chains(3, 4, closed=True)
    derived.chains(3, 5, closed=False)
    derived.new_shapes(20)
    derived.new_words(20)
    derived.vanish(10)
    derived.add(5)
    return derived


def _found(difference: Difference) -> Truth:
    def after(kind: str) -> set[str]:
        return {str(new) for _, new in difference.numbers(kind)}

    return Truth(
        split=difference.events("split"),
        merged=difference.events("merged"),
        reshaped=difference.events("reshaped"),
        renumbered={(str(old), str(new)) for old, new in difference.numbers("renumbered")},
        changed_geometry=after("changed_geometry"),
        changed_attributes=after("changed_attributes"),
        added=after("added"),
        vanished={str(old) for old, _ in difference.numbers("vanished")},
    )


def _sorted(truth: Truth) -> Truth:
    for events in (truth.split, truth.merged, truth.reshaped):
        events.sort()
    return truth


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_all_that_was_done_is_found_and_nothing_else(cadastre: Comparer, seed: int) -> None:
    derived = _later(french_parcels(), seed)
    found = cadastre(derived.sample(), scope=SCOPE)
    truth = _sorted(derived.truth)
    assert _found(found) == truth
    holds_together(found)
    assert found.counts.doubtful == 0
    assert (found.counts.split, found.counts.merged, found.counts.reshaped) == (24, 20, 5)
    # None of it was made out of nothing: each kind is there.
    assert len(truth.renumbered) == 37
    assert truth.added
    assert truth.vanished


@pytest.mark.parametrize("seed", [5, 6])
def test_a_new_survey_of_everything_hides_no_event(cadastre: Comparer, seed: int) -> None:
    derived = Derived(french_parcels(), seed)
    derived.splits(8, keep=True)
    derived.splits(8, keep=False)
    derived.merges(8, keep=True)
    derived.swaps(4)
    derived.all_moved(0.2, -0.2)
    found = cadastre(derived.sample())
    holds_together(found)
    assert found.events("split") == sorted(derived.truth.split)
    assert found.events("merged") == sorted(derived.truth.merged)
    assert found.counts.reshaped == 0
    assert {(o, n) for o, n in found.numbers("renumbered")} == derived.truth.renumbered
    assert found.counts.added == 0
    assert found.counts.changed_geometry == 1990 - 16 - 16 - 8
