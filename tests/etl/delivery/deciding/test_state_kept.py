"""What is in force of a delivery stays known, whatever becomes of its rest or of a process too many."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from etl.delivery.approve import Word, approve
from etl.delivery.deciding import reject
from etl.delivery.deliver import deliver, propose
from etl.delivery.rollback import rollback
from etl.delivery.turns import held
from etl.delivery.work import work
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.delivered import DAY, Sample, parcels, request, write_sample

Connection = psycopg.Connection[Any]
LATER = date(2021, 3, 1)
SHEETS = ("12", "13")


def _sheets(address: str) -> Sample:
    one, two = (parcels(4, sheet) for sheet in SHEETS)
    columns = {name: values + two.columns[name] for name, values in one.columns.items()}
    return Sample(columns, one.shapes + two.shapes).with_column("address", address)


@pytest.fixture
def half(settings: Settings, database: Logins, tmp_path: Path) -> int:
    """A delivery over two sheets of which one is in force, and the other waits."""
    deliver(settings, request(write_sample(tmp_path / "1.gpkg", _sheets("cũ")), day=DAY), database.owner)
    proposed = propose(
        settings, request(write_sample(tmp_path / "2.gpkg", _sheets("mới")), day=LATER), database.owner
    )
    assert proposed.id is not None
    approve(settings, proposed.id, database.owner, Word(by="steward", parts=("28249/13",)))
    return proposed.id


def _status(owner: Connection, delivery: int) -> str:
    row = owner.execute("SELECT status FROM core.delivery WHERE id = %s", [delivery]).fetchone()
    assert row is not None
    return str(row[0])


def _addresses(owner: Connection) -> list[Any]:
    return owner.execute(
        "SELECT sheet_no, address, count(*) FROM layer.parcels GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()


def _approved(owner: Connection, delivery: int) -> None:
    owner.execute(
        "UPDATE core.delivery SET status = 'approved', decided_by = 'steward' WHERE id = %s", [delivery]
    )


def test_a_word_that_cannot_be_followed_leaves_it_partly_applied(
    settings: Settings, database: Logins, half: int, owner: Connection
) -> None:
    owner.execute("DELETE FROM layer.parcels WHERE sheet_no = '12' AND parcel_no = '1'")
    _approved(owner, half)
    work(settings, half, database.owner)
    assert _status(owner, half) == "partly_applied"
    reject(database.owner, half, by="steward", note="tờ 12 đã khác")
    assert _status(owner, half) == "applied"
    rollback(settings, half, database.owner, by="steward")
    assert _addresses(owner) == [("12", "cũ", 3), ("13", "cũ", 4)]


def test_rows_lost_in_a_breakdown_are_read_again_and_what_is_in_force_stays_known(
    settings: Settings, database: Logins, half: int, owner: Connection
) -> None:
    # As a server that breaks down leaves unlogged tables.
    owner.execute(f"TRUNCATE delivery_{half:d}.staged, delivery_{half:d}.change".encode())
    owner.execute(
        "UPDATE layer.parcels SET valid_from = '2022-01-01' WHERE sheet_no = '12' AND parcel_no = '1'"
    )
    _approved(owner, half)
    work(settings, half, database.owner)
    assert _status(owner, half) == "partly_applied"
    rollback(settings, half, database.owner, by="steward")
    assert _status(owner, half) == "rolled_back"
    assert _addresses(owner) == [("12", "cũ", 4), ("13", "cũ", 4)]


def test_after_a_breakdown_the_rest_is_applied(
    settings: Settings, database: Logins, half: int, owner: Connection
) -> None:
    owner.execute(f"TRUNCATE delivery_{half:d}.staged, delivery_{half:d}.change".encode())
    assert approve(settings, half, database.owner, Word(by="steward")).status == "applied"
    rollback(settings, half, database.owner, by="steward")
    assert _addresses(owner) == [("12", "cũ", 4), ("13", "cũ", 4)]


@contextmanager
def _another_process_at(conninfo: str, delivery: int) -> Iterator[None]:
    with psycopg.connect(conninfo) as connection, held(connection, delivery):
        yield


def test_a_process_too_many_says_nothing_of_the_delivery(
    settings: Settings, database: Logins, half: int, owner: Connection
) -> None:
    _approved(owner, half)
    with _another_process_at(database.owner, half):
        work(settings, half, database.owner)
    assert _status(owner, half) == "approved"
    work(settings, half, database.owner)
    assert _status(owner, half) == "applied"
    row = owner.execute(
        """INSERT INTO core.delivery (layer, source, source_date, file_name, sha256, size_bytes, received_by,
                                      status, kind, undoes, decided_by)
           SELECT layer, source, source_date, file_name, sha256, size_bytes, 'steward',
                  'approved', 'rollback', id, 'steward' FROM core.delivery WHERE id = %s RETURNING id""",
        [half],
    ).fetchone()
    assert row is not None
    with _another_process_at(database.owner, half):
        work(settings, row[0], database.owner)
    assert _status(owner, row[0]) == "approved"
    work(settings, row[0], database.owner)
    assert (_status(owner, row[0]), _status(owner, half)) == ("applied", "rolled_back")
