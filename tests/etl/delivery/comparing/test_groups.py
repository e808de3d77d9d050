"""Splits, merges and land dealt out anew: who goes on, what is doubtful, and where ground is lost."""

import pytest
import shapely

from etl.delivery.request import Counts
from tests.support.compared import Comparer, Difference, holds_together
from tests.support.delivered import EAST, NORTH, Sample, parcels


def _strip(*pieces: tuple[str, float, float], sheet: str = "12") -> Sample:
    """Parcels in a row, each with its number and from where to where it reaches, in metres; 20 m deep."""
    return Sample(
        {
            "unit_code": ["28249"] * len(pieces),
            "sheet_no": [sheet] * len(pieces),
            "parcel_no": [number for number, _, _ in pieces],
        },
        [shapely.box(EAST + a, NORTH, EAST + b, NORTH + 20) for _, a, b in pieces],
    )


WHOLE = _strip(("1", 0, 30), ("2", 30, 60), ("3", 60, 90))


def _confidence(found: Difference) -> float:
    return float(min(change["confidence"] for change in found.changes))


def test_a_split_that_keeps_the_number_goes_on_as_it(comparer: Comparer) -> None:
    after = _strip(("1", 0, 30), ("2", 30, 50), ("4", 50, 60), ("3", 60, 90))
    found = comparer(after, after=WHOLE)
    assert found.counts == Counts(read=4, split=1, unchanged=2)
    assert found.events("split") == [(["2"], ["2", "4"], ["2"])]
    assert sorted(edge["area_m2"] for edge in found.edges) == [200, 400]
    assert found.changes[0]["evidence"] == {
        "before": 1, "after": 2, "size_before": 600, "size_after": 600, "covered": 1,
    }  # fmt: skip
    holds_together(found)


def test_the_smaller_piece_may_keep_the_number(comparer: Comparer) -> None:
    found = comparer(_strip(("9", 0, 27), ("1", 27, 30), ("2", 30, 60), ("3", 60, 90)), after=WHOLE)
    assert found.events("split") == [(["1"], ["1", "9"], ["1"])]


def test_of_a_split_under_new_numbers_none_goes_on(comparer: Comparer) -> None:
    found = comparer(_strip(("8", 0, 28.5), ("9", 28.5, 30), ("2", 30, 60), ("3", 60, 90)), after=WHOLE)
    assert found.events("split") == [(["1"], ["8", "9"], [])]
    assert found.counts == Counts(read=4, split=1, unchanged=2)
    holds_together(found)


@pytest.mark.parametrize(("number", "goes_on"), [("1", ["1"]), ("2", ["2"]), ("7", [])])
def test_a_merge_goes_on_under_the_number_that_was_kept(
    comparer: Comparer, number: str, goes_on: list[str]
) -> None:
    found = comparer(_strip((number, 0, 60), ("3", 60, 90)), after=WHOLE)
    assert found.events("merged") == [(["1", "2"], [number], goes_on)]
    assert found.counts == Counts(read=2, merged=1, unchanged=1)
    assert _confidence(found) > 0.99
    holds_together(found)


def test_land_dealt_out_anew_is_reshaped(comparer: Comparer) -> None:
    found = comparer(_strip(("7", 0, 45), ("8", 45, 90)), after=WHOLE)
    assert found.events("reshaped") == [(["1", "2", "3"], ["7", "8"], [])]
    assert (found.counts.reshaped, found.counts.doubtful) == (1, 0)
    assert sum(edge["area_m2"] for edge in found.edges) == pytest.approx(1800)


def test_much_land_that_went_over_between_two_that_stay_is_on_record(comparer: Comparer) -> None:
    found = comparer(_strip(("1", 0, 45), ("2", 45, 60), ("3", 60, 90)), after=WHOLE)
    assert found.events("reshaped") == [(["1", "2"], ["1", "2"], ["1", "2"])]
    assert len(found.edges) == 3


def test_a_border_moved_a_little_is_two_changes_of_shape(comparer: Comparer) -> None:
    found = comparer(_strip(("1", 0, 32), ("2", 32, 60), ("3", 60, 90)), after=WHOLE)
    assert found.counts == Counts(read=3, changed_geometry=2, unchanged=1)
    assert not found.edges


def test_where_ground_is_lost_a_split_is_doubtful(comparer: Comparer) -> None:
    found = comparer(_strip(("8", 0, 12), ("9", 12, 21), ("2", 30, 60), ("3", 60, 90)), after=WHOLE)
    assert (found.counts.split, found.counts.doubtful) == (1, 1)
    assert found.changes[0]["evidence"]["covered"] == 0.7


def test_an_unchanged_neighbour_is_no_part_of_it(comparer: Comparer) -> None:
    # The new one lies on what is unchanged: a fault of the file, and no split.
    found = comparer(_strip(("1", 0, 30), ("2", 30, 60), ("3", 60, 90), ("4", 40, 50)), after=WHOLE)
    assert found.counts == Counts(read=4, added=1, unchanged=3)


def test_replaced_parcels_end_without_a_scope_and_others_only_with_it(comparer: Comparer) -> None:
    after = _strip(("7", 0, 60))
    found = comparer(after, after=WHOLE)
    assert [found.features[c["id"]]["parcel_no"] for c in found.changes if c["row_no"] is None] == ["1", "2"]
    scoped = comparer(after, after=WHOLE, scope=("unit_code", "sheet_no"))
    assert scoped.counts == Counts(read=1, merged=1, vanished=1)
    assert scoped.numbers("vanished") == {("3", None)}


def test_a_group_across_sheets_is_one_part_and_the_balance_is_of_each_sheet(comparer: Comparer) -> None:
    other = _strip(("5", 90, 120), sheet="13")
    columns = {name: [*WHOLE.columns[name], *other.columns[name]] for name in WHOLE.columns}
    before = Sample(columns, [*WHOLE.shapes, *other.shapes])
    after = before.rows(1, 2, 3).with_shape(3, shapely.box(EAST + 60, NORTH, EAST + 120, NORTH + 20))
    found = comparer(after, after=before)
    assert found.events("merged") == [(["3", "5"], ["3"], ["3"])]
    assert {change["part"] for change in found.changes} == {"28249/12"}
    told = {part["part"]: part for part in found.summary["parts"]}
    assert (told["28249/12"]["area_before_m2"], told["28249/12"]["area_after_m2"]) == (1800, 2400)
    assert (told["28249/13"]["area_before_m2"], told["28249/13"]["area_after_m2"]) == (600, 0)
    assert (told["28249/12"]["merged"], told["28249/12"]["read"], told["28249/12"]["unchanged"]) == (1, 3, 2)
    assert (told["28249/12"]["unit_code"], told["28249/12"]["sheet_no"]) == ("28249", "12")


def test_a_share_of_many_parcels_needs_no_more_than_its_own_ground(comparer: Comparer) -> None:
    found = comparer(parcels(500).rows(*range(1, 21)), after=parcels(500))
    assert found.counts == Counts(read=20, unchanged=20)
