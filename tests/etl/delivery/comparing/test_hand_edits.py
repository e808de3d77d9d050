"""What was edited by hand since the source's date is set aside, and stops nothing else."""

from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
import shapely

from etl.delivery.approve import Word, approve
from etl.delivery.deliver import deliver, propose
from gis_platform.database.server import Logins
from gis_platform.errors import Conflict
from gis_platform.settings import Settings
from tests.support.believed import clashes
from tests.support.delivered import Sample, parcels, request, write_sample

Connection = psycopg.Connection[Any]
SCOPE = ("unit_code", "sheet_no")
MONTH, EDITED = date(2021, 3, 1), date(2021, 3, 20)


def _both(word: str) -> Sample:
    held = [parcels(3, sheet).with_column("address", f"{word} {sheet}") for sheet in ("7", "8")]
    columns = {name: [v for s in held for v in s.columns[name]] for name in held[0].columns}
    return Sample(columns, [shape for s in held for shape in s.shapes])


def _addresses(owner: Connection) -> list[tuple[str, str, str]]:
    rows = owner.execute("SELECT sheet_no, parcel_no, address FROM layer.parcels ORDER BY 1, 2")
    return [(str(s), str(n), str(a)) for s, n, a in rows.fetchall()]


@pytest.fixture
def edited(settings: Settings, database: Logins, owner: Connection, tmp_path: Path) -> Path:
    """Two sheets in force; parcel 1 of sheet 7 was edited by hand after the day of the file that comes."""
    deliver(settings, request(write_sample(tmp_path / "first.gpkg", _both("cũ"))), database.owner)
    owner.execute(
        "UPDATE layer.parcels SET address = 'sửa tay', delivery_id = NULL, source_date = %(day)s,"
        " valid_from = %(day)s WHERE sheet_no = '7' AND parcel_no = '1'",
        {"day": EDITED},
    )
    return write_sample(tmp_path / "month.gpkg", _both("mới"))


def _proposed(settings: Settings, database: Logins, file: Path, **more: Any) -> int:
    proposed = propose(settings, request(file, day=MONTH, **more), database.owner)
    assert proposed.status == "ready", proposed
    assert ("edited_since", 1) in {(finding.code, finding.count) for finding in proposed.findings}
    assert proposed.counts.doubtful == 1
    assert proposed.id is not None
    return proposed.id


def test_the_rest_is_approved_and_the_edit_stays(
    settings: Settings, database: Logins, owner: Connection, edited: Path
) -> None:
    number = _proposed(settings, database, edited)
    with pytest.raises(Conflict, match="1 doubtful"):
        approve(settings, number, database.owner, Word(by="x"))
    result = approve(settings, number, database.owner, Word(by="x", parts=("28249/8",)))
    assert result.status == "partly applied"
    result = approve(settings, number, database.owner, Word(by="x", accept_doubtful=True))
    assert result.status == "applied"
    assert _addresses(owner) == [
        ("7", "1", "sửa tay"),
        *(("7", n, "mới 7") for n in "23"),
        *(("8", n, "mới 8") for n in "123"),
    ]
    assert clashes(owner, "parcels") == []
    # The file said otherwise: it does not confirm what is in force.
    kept = owner.execute(
        "SELECT core.confirmed_on('parcels', id) FROM layer.parcels WHERE address = 'sửa tay'"
    )
    assert kept.fetchone() in ((None,), (date(2020, 9, 1),))


def test_the_file_is_taken_as_a_correction_where_a_person_says_so(
    settings: Settings, database: Logins, owner: Connection, edited: Path
) -> None:
    number = _proposed(settings, database, edited)
    owner.execute(f"UPDATE delivery_{number}.change SET decision = 'accepted' WHERE evidence ? 'edited_on'")  # noqa: S608
    assert approve(settings, number, database.owner, Word(by="x")).status == "applied"
    assert ("7", "1", "mới 7") in _addresses(owner)
    at = "SELECT address FROM layer.parcels_at(%s, now()) WHERE sheet_no = '7' AND parcel_no = '1'"
    days = (date(2020, 10, 1), MONTH, EDITED)
    assert [owner.execute(at, [day]).fetchall() for day in days] == [[("cũ 7",)], [("mới 7",)], [("mới 7",)]]
    assert clashes(owner, "parcels") == []


def test_a_feature_added_by_hand_does_not_end_by_scope(
    settings: Settings, database: Logins, owner: Connection, edited: Path
) -> None:
    # The edited parcel is in the file no more.
    sample = _both("mới")
    write_sample(edited.with_name("less.gpkg"), sample.rows(2, 3, 4, 5, 6))
    number = _proposed(settings, database, edited.with_name("less.gpkg"), scope=SCOPE)
    assert approve(settings, number, database.owner, Word(by="x", accept_doubtful=True)).status == "applied"
    assert ("7", "1", "sửa tay") in _addresses(owner)
    assert len(_addresses(owner)) == 6


def test_a_split_of_what_was_edited_waits_as_a_whole(
    settings: Settings, database: Logins, owner: Connection, edited: Path
) -> None:
    first = parcels(1, "7").shapes[0]
    assert first is not None
    west, south, east, north = first.bounds
    middle = (west + east) / 2
    halves = [shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)]
    columns = {"unit_code": ["28249"] * 2, "sheet_no": ["7"] * 2, "parcel_no": ["11", "12"]}
    file = write_sample(edited.with_name("split.gpkg"), Sample(columns, [*halves]))
    proposed = propose(settings, request(file, day=MONTH), database.owner)
    assert proposed.counts.split == 1
    assert proposed.id is not None
    result = approve(settings, proposed.id, database.owner, Word(by="x", accept_doubtful=True))
    assert result.status == "applied"
    assert [n for s, n, _ in _addresses(owner) if s == "7"] == ["1", "2", "3"]
    assert owner.execute("SELECT count(*) FROM core.lineage").fetchone() == (0,)
