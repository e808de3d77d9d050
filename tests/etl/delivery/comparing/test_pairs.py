"""Which row is which feature, and what became of it: unchanged, changed, renumbered, moved."""

from pathlib import Path

import shapely
from shapely.affinity import translate

from etl.delivery.request import Counts
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.compared import Comparer, holds_together
from tests.support.delivered import EAST, NORTH, Sample, parcels


def test_shuffled_rows_are_unchanged(comparer: Comparer) -> None:
    found = comparer(parcels(50).shuffled(), after=parcels(50))
    assert found.counts == Counts(read=50, unchanged=50)
    assert not found.changes
    holds_together(found)


def test_into_an_empty_layer_all_is_new(comparer: Comparer) -> None:
    found = comparer(parcels(5).with_column("parcel_no", ["1", "2", "2", "2", "5"]))
    assert found.counts == Counts(read=5, added=5, duplicates=3)
    holds_together(found)


def test_two_numbers_that_were_swapped_are_two_renumberings(comparer: Comparer) -> None:
    swapped = parcels(6).with_column("parcel_no", ["1", "3", "2", "4", "5", "6"])
    found = comparer(swapped, after=parcels(6))
    assert found.counts == Counts(read=6, renumbered=2, unchanged=4)
    assert found.numbers("renumbered") == {("2", "3"), ("3", "2")}
    assert all(change["confidence"] >= 0.8 for change in found.changes)
    holds_together(found)


def test_a_chain_of_numbers_is_followed(comparer: Comparer) -> None:
    found = comparer(parcels(6).with_column("parcel_no", ["2", "3", "4", "5", "6", "7"]), after=parcels(6))
    assert found.counts == Counts(read=6, renumbered=6)
    assert found.numbers("renumbered") == {(str(n), str(n + 1)) for n in range(1, 7)}
    holds_together(found)


def test_numbers_swapped_across_sheets_are_approved_together(comparer: Comparer) -> None:
    before = parcels(4).with_column("sheet_no", ["12", "12", "13", "14"])
    after = before.with_column("sheet_no", ["12", "13", "12", "14"]).with_column(
        "parcel_no", ["1", "3", "2", "4"]
    )
    found = comparer(after, after=before)
    assert found.counts == Counts(read=4, renumbered=2, unchanged=2)
    assert {change["part"] for change in found.changes} == {"28249/12"}


def test_a_number_in_force_elsewhere_makes_a_renumbering_doubtful(comparer: Comparer) -> None:
    # The file holds the first alone, under the number that the second has.
    found = comparer(parcels(1).with_column("parcel_no", ["2"]), after=parcels(2))
    assert found.counts == Counts(read=1, renumbered=1, doubtful=1)
    assert found.changes[0]["evidence"]["number_in_force"] in found.features


def test_a_number_at_another_place_is_moved_and_doubtful(comparer: Comparer) -> None:
    moved = parcels(3).with_shape(2, shapely.box(EAST + 300, NORTH, EAST + 310, NORTH + 18))
    found = comparer(moved, after=parcels(3))
    assert found.counts == Counts(read=3, changed_geometry=1, unchanged=2, doubtful=1)
    assert found.changes[0]["evidence"]["distance"] == 278
    holds_together(found)


def test_numbers_that_occur_twice_go_by_their_place(comparer: Comparer) -> None:
    twice = parcels(6).with_column("parcel_no", ["1", "7", "7", "7", "5", "6"])
    grown = twice.with_shape(3, shapely.box(EAST + 24, NORTH, EAST + 34, NORTH + 19)).shuffled()
    found = comparer(grown, after=twice)
    assert found.counts == Counts(read=6, changed_geometry=1, unchanged=5, duplicates=3)
    holds_together(found)


def test_a_heap_of_rows_at_one_place_is_told_apart_by_words(comparer: Comparer) -> None:
    heap = parcels(1).rows(1, 1, 1, 1).with_column("address", ["a", "b", "c", "d"])
    found = comparer(heap.with_column("address", ["d", "x", "b", "a"]), after=heap)
    assert found.counts == Counts(read=4, changed_attributes=1, unchanged=3, duplicates=4)
    assert found.numbers("changed_attributes", "address") == {("c", "x")}
    holds_together(found)


def test_a_new_survey_is_a_change_of_shape_with_its_evidence(comparer: Comparer) -> None:
    surveyed = parcels(200)
    moved = [translate(shape, 0.2, 0.2) for shape in surveyed.shapes if shape is not None]
    found = comparer(Sample(surveyed.columns, list(moved), surveyed.srid), after=surveyed)
    assert found.counts == Counts(read=200, changed_geometry=200)
    evidence = found.changes[0]["evidence"]
    assert 0.9 < evidence["iou"] < 1
    assert (evidence["size_before"], evidence["size_after"]) == (180, 180)
    assert (evidence["by"], evidence["alike"], evidence["differing"]) == ("key", 1, [])


def test_a_layer_whose_key_was_left_out_goes_by_place(comparer: Comparer) -> None:
    before = parcels(8).with_column("parcel_no", ["?"] * 8)
    found = comparer(before.shuffled().with_column("address", "x"), after=before)
    assert found.counts == Counts(read=8, changed_attributes=8, duplicates=8)
    holds_together(found)


def test_streets_are_known_by_where_they_run(settings: Settings, database: Logins, tmp_path: Path) -> None:
    comparer = Comparer(settings, database.owner, tmp_path, "streets")
    west, south = EAST, NORTH
    lines = [shapely.LineString([(west, south + 50 * n), (west + 200, south + 50 * n)]) for n in range(4)]
    before = Sample({"name": ["Lê Lợi", None, None, "Hùng Vương"], "kind": ["duong_pho"] * 4}, list(lines))
    halves = [shapely.LineString([(west + a, south), (west + b, south)]) for a, b in ((0, 80), (80, 200))]
    after = Sample(
        {"name": ["Lê Lợi", "Lê Lai", None, "Trần Phú", "Hùng Vương"], "kind": ["duong_pho"] * 5},
        [*halves, translate(lines[1], 0, 0.3), lines[2], lines[3]],
    )
    found = comparer(after.shuffled(), after=before)
    assert found.counts == Counts(read=5, changed_geometry=1, renumbered=1, split=1, unchanged=1)
    assert found.numbers("renumbered", "name") == {(None, "Trần Phú")}
    assert found.events("split", "name") == [(["Lê Lợi"], ["Lê Lai", "Lê Lợi"], ["Lê Lợi"])]
    assert {edge["area_m2"] for edge in found.edges} == {0}
    assert found.counts.doubtful == 0
    holds_together(found)


def test_things_on_one_pole_are_not_taken_for_each_other(
    settings: Settings, database: Logins, tmp_path: Path
) -> None:
    comparer = Comparer(settings, database.owner, tmp_path, "cameras")
    place = [shapely.Point(EAST + 100 * n, NORTH) for n in (0, 0, 1, 2)]
    columns = {"code": ["C1", "C2", "C3", "C4"], "name": ["Bắc", "Nam", "Chợ", "Cầu"]}
    before = Sample(columns, [*place]).with_column("smart", [True] * 4)
    after = before.with_column("code", ["C1", "C9", "C3", "C4"])
    after = after.with_shape(3, translate(place[2], 10, 0)).with_shape(4, translate(place[3], 500, 0))
    found = comparer(after, after=before)
    assert found.numbers("renumbered", "code") == {("C2", "C9")}
    assert found.numbers("changed_geometry", "code") == {("C3", "C3"), ("C4", "C4")}
    doubtful = {found.rows[c["row_no"]]["code"] for c in found.changes if c["confidence"] < 0.8}
    assert doubtful == {"C4"}
    holds_together(found)


def test_a_word_said_stands_when_the_difference_is_made_anew(comparer: Comparer) -> None:
    moved = parcels(3).with_shape(2, shapely.box(EAST + 300, NORTH, EAST + 310, NORTH + 18))
    found = comparer(moved, after=parcels(3), decide="separate")
    assert [change["decision"] for change in found.changes] == ["separate"]
    holds_together(found)
