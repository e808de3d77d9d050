"""Valid time and recorded time of a delivered layer: nothing is lost, and no day has two versions."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from tests.support.versions import Parcel

D2018, D2020, D2022, D2024 = (date(year, 1, 1) for year in (2018, 2020, 2022, 2024))
MOMENT = timedelta(microseconds=1)


def test_a_change_keeps_what_was_and_what_was_believed(parcel: Parcel) -> None:
    first = parcel.insert(D2018, "old")
    second = parcel.change(D2022, "new")
    assert parcel.history() == [
        ("old", D2018, None, first, second),
        ("old", D2018, D2022, second, None),
    ]
    assert parcel.at(D2020, second) == ["old"]
    assert parcel.at(D2022, second) == ["new"]
    # The day before we heard of the change, we believed that the old one still held.
    assert parcel.at(D2024, second - MOMENT) == ["old"]
    assert parcel.at(D2018, first - MOMENT) == []
    assert parcel.at(D2018 - timedelta(days=1), second) == []


def test_a_correction_of_the_same_day_replaces_the_belief(parcel: Parcel) -> None:
    first = parcel.insert(D2018, "mistyped")
    second = parcel.change(D2018, "right")
    assert parcel.history() == [("mistyped", D2018, None, first, second)]
    assert parcel.at(D2020, second) == ["right"]
    assert parcel.at(D2020, second - MOMENT) == ["mistyped"]


def test_a_change_told_late_counts_from_its_own_day(parcel: Parcel) -> None:
    parcel.insert(D2022, "as heard first")
    later = parcel.change(D2018, "in truth since 2018")
    assert parcel.at(D2020, later) == ["in truth since 2018"]
    assert parcel.at(D2020, later - MOMENT) == []
    assert parcel.at(D2024, later - MOMENT) == ["as heard first"]


def test_an_end_leaves_the_past(parcel: Parcel) -> None:
    parcel.insert(D2018, "stood here")
    gone = parcel.end(D2022)
    assert parcel.at(D2020, gone) == ["stood here"]
    assert parcel.at(D2022, gone) == []
    assert parcel.at(D2024, gone - MOMENT) == ["stood here"]
    back = parcel.insert(D2024, "stands again")
    assert parcel.at(D2024, back) == ["stands again"]
    assert parcel.at(D2022, back) == []


def test_an_end_on_the_first_day_says_that_it_never_was(parcel: Parcel) -> None:
    first = parcel.insert(D2020, "phantom")
    gone = parcel.end(D2020)
    assert parcel.history() == [("phantom", D2020, None, first, gone)]
    assert parcel.at(D2024, gone) == []


def test_a_change_before_a_closed_version_is_refused_and_nothing_stays(parcel: Parcel) -> None:
    parcel.insert(D2018, "one")
    parcel.change(D2020, "two")
    before = parcel.history()
    with pytest.raises(psycopg.errors.ExclusionViolation, match="two versions on one day"):
        parcel.change(D2018, "backdated over one")
    assert parcel.history() == before
    assert parcel.at(D2024, datetime.now(UTC)) == ["two"]


def test_coming_back_before_the_end_is_refused(parcel: Parcel) -> None:
    parcel.insert(D2018, "one")
    parcel.end(D2022)
    with pytest.raises(psycopg.errors.ExclusionViolation):
        parcel.insert(D2020, "too early")


def test_history_itself_takes_no_overlap(parcel: Parcel) -> None:
    """Whoever writes it: the exclusion constraint stands below the triggers."""
    parcel.insert(D2018, "one")
    parcel.change(D2020, "two")
    with pytest.raises(psycopg.errors.ExclusionViolation):
        parcel.connection.execute(
            """INSERT INTO layer.parcels_history
                   (id, unit_code, sheet_no, parcel_no, land_uses, status, source_date, geom,
                    valid_period, recorded_period)
               SELECT id, unit_code, sheet_no, parcel_no, land_uses, status, source_date, geom,
                      daterange('2019-06-01', '2019-07-01'), recorded_period
               FROM layer.parcels_history WHERE upper_inf(recorded_period) AND id = %s""",
            [parcel.id],
        )


def test_two_changes_in_one_transaction_leave_the_one_between(parcel: Parcel) -> None:
    """A delivery may bring several steps at once: each was so in the world, none was believed before."""
    parcel.insert(D2018, "one")
    with parcel.connection.transaction():
        parcel.change(D2020, "two")
        known = parcel.change(D2022, "three")
    assert [parcel.at(day, known) for day in (D2018, D2020, D2022)] == [["one"], ["two"], ["three"]]


def test_who_changes_does_not_say_when_it_was_learned(parcel: Parcel) -> None:
    parcel.insert(D2018, "one")
    row = parcel.connection.execute(
        "UPDATE layer.parcels SET recorded_from = '1999-01-01' WHERE id = %s "
        "RETURNING recorded_from = transaction_timestamp()",
        [parcel.id],
    ).fetchone()
    assert row == (True,)


def test_nor_does_who_inserts(parcel: Parcel) -> None:
    parcel.insert(D2018, "one")
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="not the writer's to say"):
        parcel.connection.execute(
            """INSERT INTO layer.parcels
                   (id, unit_code, sheet_no, parcel_no, land_uses, status, source_date, geom, valid_from,
                    recorded_from)
               OVERRIDING SYSTEM VALUE
               SELECT id + 2000000, unit_code, sheet_no, 'x', land_uses, status, source_date, geom,
                      valid_from, '1999-01-01'
               FROM layer.parcels WHERE id = %s""",
            [parcel.id],
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE layer.parcels_history SET address = 'never so' WHERE id = %s",
        "DELETE FROM layer.parcels_history WHERE id = %s",
    ],
)
def test_history_is_not_written_over(parcel: Parcel, statement: str) -> None:
    parcel.insert(D2018, "one")
    parcel.change(D2020, "two")
    before = parcel.history()
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="closed versions"):
        parcel.connection.execute(statement.encode(), [parcel.id])
    assert parcel.history() == before


@pytest.mark.parametrize("table", ["parcels_history", "parcels, layer.parcel_owners"])
def test_nothing_that_was_delivered_is_truncated(parcel: Parcel, table: str) -> None:
    parcel.insert(D2018, "one")
    parcel.change(D2020, "two")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="TRUNCATE is refused"):
        parcel.connection.execute(f"TRUNCATE layer.{table}".encode())


def test_a_feature_keeps_its_id(parcel: Parcel) -> None:
    parcel.insert(D2018, "one")
    with pytest.raises(psycopg.errors.IntegrityError, match="its history goes by its id"):
        parcel.connection.execute(
            "UPDATE layer.parcels SET id = id + 1000000 WHERE id = %s",
            [parcel.id],
        )


def test_what_comes_and_goes_in_one_transaction_leaves_nothing(parcel: Parcel) -> None:
    with parcel.connection.transaction():
        parcel.insert(D2018, "by mistake")
        parcel.change(D2020, "still by mistake")
        parcel.end(D2022)
    assert parcel.history() == []


def test_what_was_there_before_keeps_its_steps_and_its_end(parcel: Parcel) -> None:
    first = parcel.insert(D2018, "one")
    with parcel.connection.transaction():
        parcel.change(D2020, "two")
        known = parcel.end(D2022)
    assert [parcel.at(day, known) for day in (D2018, D2020, D2022)] == [["one"], ["two"], []]
    assert parcel.at(D2024, first) == ["one"]
