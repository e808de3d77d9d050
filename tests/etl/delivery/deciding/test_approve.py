"""A steward's word: all of it, parts of it, doubtful changes one by one, and only what was looked at."""

from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from etl.delivery.approve import Word, approve
from etl.delivery.deciding import reject
from etl.delivery.deliver import deliver, propose
from etl.delivery.request import Counts
from etl.delivery.rollback import rollback
from gis_platform.database.server import Logins
from gis_platform.errors import BadParameter, Conflict, NotFound
from gis_platform.settings import Settings
from tests.support.delivered import DAY, Sample, in_force, parcels, request, write_sample

Connection = psycopg.Connection[Any]
LATER = date(2021, 3, 1)
SCOPE = ("unit_code", "sheet_no")


def _sheets(address: str, count: int = 4) -> Sample:
    """Two sheets in one file."""
    one, two = parcels(count, "12"), parcels(count, "13")
    columns = {name: values + two.columns[name] for name, values in one.columns.items()}
    return Sample(columns, one.shapes + two.shapes).with_column("address", address)


@pytest.fixture
def ready(settings: Settings, database: Logins, tmp_path: Path) -> int:
    """A delivery over two sheets that waits for a word."""
    first = write_sample(tmp_path / "first.gpkg", _sheets("cũ"))
    deliver(settings, request(first, day=DAY), database.owner)
    second = write_sample(tmp_path / "second.gpkg", _sheets("mới", 3))
    proposed = propose(settings, request(second, day=LATER, scope=SCOPE), database.owner)
    assert (proposed.status, proposed.counts) == ("ready", Counts(read=6, changed_attributes=6, vanished=2))
    assert proposed.id is not None
    return proposed.id


def _held(owner: Connection) -> list[tuple[Any, ...]]:
    return owner.execute(
        "SELECT sheet_no, address, count(*) FROM layer.parcels GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()


def test_nothing_changes_before_the_word(ready: int, owner: Connection) -> None:
    assert _held(owner) == [("12", "cũ", 4), ("13", "cũ", 4)]
    status = owner.execute("SELECT status, srid, kept_file FROM core.delivery WHERE id = %s", [ready])
    assert status.fetchone() == ("ready", 9210, f"{ready}/second.gpkg")


def test_a_part_is_applied_and_the_rest_waits(
    settings: Settings, database: Logins, ready: int, owner: Connection
) -> None:
    word = Word(by="steward", parts=("28249/13",))
    assert approve(settings, ready, database.owner, word).status == "partly applied"
    assert _held(owner) == [("12", "cũ", 4), ("13", "mới", 3)]
    with pytest.raises(BadParameter, match="no longer"):
        approve(settings, ready, database.owner, word)
    assert approve(settings, ready, database.owner, Word(by="steward")).status == "applied"
    assert _held(owner) == [("12", "mới", 3), ("13", "mới", 3)]
    with pytest.raises(Conflict, match="is applied"):
        approve(settings, ready, database.owner, Word(by="steward"))
    # What was applied in two steps is undone in one.
    rollback(settings, ready, database.owner, by="steward")
    assert _held(owner) == [("12", "cũ", 4), ("13", "cũ", 4)]


def test_what_is_left_of_a_part_can_be_rejected(
    settings: Settings, database: Logins, ready: int, owner: Connection
) -> None:
    approve(settings, ready, database.owner, Word(by="steward", parts=("28249/13",)))
    reject(database.owner, ready, by="steward", note="tờ 12 còn sai")
    assert _held(owner) == [("12", "cũ", 4), ("13", "mới", 3)]
    assert owner.execute("SELECT status FROM core.delivery WHERE id = %s", [ready]).fetchone() == ("applied",)
    rollback(settings, ready, database.owner, by="steward")
    assert _held(owner) == [("12", "cũ", 4), ("13", "cũ", 4)]


def test_what_is_rejected_leaves_the_layer_and_cannot_be_approved(
    settings: Settings, database: Logins, ready: int, owner: Connection
) -> None:
    before = in_force(database.owner)
    reject(database.owner, ready, by="steward", note="nhầm tháng")
    assert in_force(database.owner) == before
    with pytest.raises(Conflict, match="is rejected"):
        approve(settings, ready, database.owner, Word(by="steward"))
    told = owner.execute("SELECT decided_by, decision_note FROM core.delivery WHERE id = %s", [ready])
    assert told.fetchone() == ("steward", "nhầm tháng")
    schema = owner.execute("SELECT count(*) FROM pg_namespace WHERE nspname = %s", [f"delivery_{ready}"])
    assert schema.fetchone() == (0,)


def test_a_layer_that_changed_meanwhile_is_looked_at_again(
    settings: Settings, database: Logins, ready: int, owner: Connection
) -> None:
    owner.execute("UPDATE layer.parcels SET address = 'mới', valid_from = %s WHERE parcel_no = '1'", [LATER])
    with pytest.raises(Conflict, match="made anew: look at it again"):
        approve(settings, ready, database.owner, Word(by="steward"))
    assert _held(owner) == [("12", "cũ", 3), ("12", "mới", 1), ("13", "cũ", 3), ("13", "mới", 1)]
    # What was found of the file itself is told as before.
    summary = owner.execute("SELECT summary FROM core.delivery WHERE id = %s", [ready]).fetchone()
    assert summary is not None
    assert {"shift", "encodings", "parts"} <= set(summary[0])
    again = approve(settings, ready, database.owner, Word(by="steward"))
    assert again.counts == Counts(read=6, changed_attributes=4, unchanged=2, vanished=2)
    assert _held(owner) == [("12", "mới", 3), ("13", "mới", 3)]


def test_what_was_staged_and_lost_is_read_again(
    settings: Settings, database: Logins, ready: int, owner: Connection
) -> None:
    # As a server that broke down leaves it: unlogged tables are there, and empty.
    owner.execute(f"TRUNCATE delivery_{ready}.staged, delivery_{ready}.change, delivery_{ready}.paired")
    assert approve(settings, ready, database.owner, Word(by="steward")).status == "applied"
    assert _held(owner) == [("12", "mới", 3), ("13", "mới", 3)]


def test_doubtful_changes_wait_for_a_word(
    settings: Settings, database: Logins, ready: int, owner: Connection
) -> None:
    change = sql.Identifier(f"delivery_{ready}", "change")
    owner.execute(sql.SQL("UPDATE {} SET confidence = 0.5 WHERE row_no = 1").format(change))
    with pytest.raises(Conflict, match="1 doubtful changes wait for a word"):
        approve(settings, ready, database.owner, Word(by="steward"))
    owner.execute(sql.SQL("UPDATE {} SET decision = 'separate' WHERE row_no = 1").format(change))
    approve(settings, ready, database.owner, Word(by="steward"))
    # Not the same thing: the row is a new parcel, and the one in force ends by scope.
    first = owner.execute("SELECT id FROM layer.parcels WHERE sheet_no = '12' AND parcel_no = '1'").fetchone()
    assert first is not None
    assert first[0] > 8
    assert _held(owner) == [("12", "mới", 3), ("13", "mới", 3)]


def test_no_such_delivery(settings: Settings, database: Logins) -> None:
    with pytest.raises(NotFound, match="no delivery 77"):
        approve(settings, 77, database.owner, Word(by="steward"))
