"""Whatever is done to a sheet: ground is kept, nothing is spoken of twice, and doing nothing is nothing."""

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.compared import Comparer, holds_together
from tests.support.delivered import EAST, NORTH, Sample

Plan = list[tuple[str, float]]
#: What may happen to a strip of land, and where in it.
DONE = st.lists(
    st.tuples(
        st.sampled_from(["stay", "split", "split off", "merge", "renumber", "vanish", "words", "border"]),
        st.floats(0.2, 0.8),
    ),
    min_size=1,
    max_size=12,
)


def _before(plan: Plan) -> Sample:
    """Two neighbouring parcels for each step, 40 m wide in all, with a road between the steps."""
    rows = [(f"{2 * n + side + 1}", 50 * n + 20 * side, 50 * n + 20 * side + 20)
            for n in range(len(plan)) for side in (0, 1)]  # fmt: skip
    return _sample([(number, a, b, "x") for number, a, b in rows])


def _after(plan: Plan) -> Sample:
    rows: list[tuple[str, float, float, str]] = []
    for n, (what, share) in enumerate(plan):
        left, cut, middle, right = 50.0 * n, 50.0 * n + 20 * share, 50.0 * n + 20, 50.0 * n + 40
        one, other, new, newer = f"{2 * n + 1}", f"{2 * n + 2}", f"{900 + 2 * n}", f"{901 + 2 * n}"
        done: dict[str, list[tuple[str, float, float, str]]] = {
            "stay": [(one, left, middle, "x")],
            "split": [(new, left, cut, "x"), (newer, cut, middle, "x")],
            "split off": [(one, left, cut, "x"), (new, cut, middle, "x")],
            "renumber": [(new, left, middle, "x")],
            "vanish": [],
            "words": [(one, left, middle, "y")],
            "border": [(one, left, middle + share, "x"), (other, middle + share, right, "x")],
            "merge": [(one, left, right, "x")],
        }
        rows += done[what]
        if what not in ("merge", "border"):
            rows.append((other, middle, right, "x"))
    return _sample(rows)


def _sample(rows: list[tuple[str, float, float, str]]) -> Sample:
    return Sample(
        {
            "unit_code": ["28249"] * len(rows),
            "sheet_no": ["12"] * len(rows),
            "parcel_no": [number for number, _, _, _ in rows],
            "address": [words for _, _, _, words in rows],
        },
        [shapely.box(EAST + a, NORTH, EAST + b, NORTH + 25) for _, a, b, _ in rows],
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=DONE, order=st.integers(0, 99))
def test_what_was_done_is_what_is_found(comparer: Comparer, plan: Plan, order: int) -> None:
    after = _after(plan).shuffled(order)
    found = comparer(after, after=_before(plan), scope=("unit_code", "sheet_no"))
    done = [what for what, _ in plan]
    counts = found.counts
    assert counts.split == done.count("split") + done.count("split off")
    assert counts.merged == done.count("merge")
    assert counts.renumbered == done.count("renumber")
    assert counts.vanished == done.count("vanish")
    assert counts.changed_attributes == done.count("words")
    assert counts.changed_geometry == 2 * done.count("border")
    assert (counts.added, counts.reshaped, counts.doubtful) == (0, 0, 0)
    holds_together(found)
    for group in {c["group_no"] for c in found.changes if c["group_no"] is not None}:
        evidence = next(c["evidence"] for c in found.changes if c["group_no"] == group)
        carried = sum(e["area_m2"] for e in found.edges if e["group_no"] == group)
        assert evidence["size_after"] == pytest.approx(evidence["size_before"], rel=1e-6)
        assert carried == pytest.approx(evidence["size_before"], rel=1e-6)
    part = found.summary["parts"][0]
    ground = sum(shape.area for shape in after.shapes if shape is not None)
    assert part["area_after_m2"] == pytest.approx(ground, abs=0.1)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=DONE, order=st.integers(0, 99))
def test_the_later_state_against_itself_is_no_difference(comparer: Comparer, plan: Plan, order: int) -> None:
    after = _after([*plan, ("stay", 0.5)])
    found = comparer(after.shuffled(order), after=after, scope=("unit_code", "sheet_no"))
    assert not found.changes
    assert found.counts.unchanged == found.counts.read
