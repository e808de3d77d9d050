"""Two connections change one feature: no version is lost, and knowledge never runs backwards."""

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest

from tests.support.versions import Connection, Parcel

D2018, D2020, D2022 = (date(year, 1, 1) for year in (2018, 2020, 2022))


@pytest.fixture
def early(parcel: Parcel) -> Iterator[Connection]:
    """Another connection, in a transaction that began before what the test does, but after the insert."""
    parcel.insert(D2018, "one")
    with psycopg.connect(parcel.connection.info.dsn) as connection:
        connection.execute("SELECT now()")
        yield connection
        connection.rollback()


def test_a_change_over_a_later_one_is_refused(parcel: Parcel, early: Connection) -> None:
    known = parcel.change(D2020, "two")
    with pytest.raises(psycopg.errors.SerializationFailure, match="changed after this transaction began"):
        Parcel(early, parcel.id).change(D2022, "three")
    early.rollback()
    again = Parcel(early, parcel.id).change(D2022, "three")
    early.commit()
    assert [parcel.at(day, again) for day in (D2018, D2020, D2022)] == [["one"], ["two"], ["three"]]
    assert parcel.at(D2022, known) == ["two"]


def test_an_end_over_a_later_change_is_refused(parcel: Parcel, early: Connection) -> None:
    known = parcel.change(D2020, "two")
    with pytest.raises(psycopg.errors.SerializationFailure):
        Parcel(early, parcel.id).end(D2022)
    assert parcel.at(D2022, known) == ["two"]


def test_coming_back_before_the_end_was_known_is_refused(parcel: Parcel, early: Connection) -> None:
    known = parcel.end(D2020)
    with pytest.raises(psycopg.errors.SerializationFailure, match="ended after this transaction began"):
        Parcel(early, parcel.id).insert(D2022, "back")
    assert parcel.at(D2022, known) == []
