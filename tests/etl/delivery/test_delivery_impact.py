"""Whom a change concerns: open cases and what stands on the ground, on the old shape and on the new one."""

from pathlib import Path
from typing import Any

import psycopg
import pytest

from etl.delivery.deliver import deliver
from etl.delivery.impact import MOST_EXAMPLES, impact_of, impact_on
from etl.delivery.rollback import rollback
from gis_platform.database.server import Logins
from gis_platform.layer import installed_layers
from gis_platform.settings import Settings
from tests.support.delivered import DAY, parcels, request, write_sample

Connection = psycopg.Connection[Any]

LAYERS = installed_layers()
EAST = 567_000

_BOX = """CREATE FUNCTION pg_temp.box(x float) RETURNS geometry LANGUAGE sql AS
    'SELECT ST_Multi(ST_MakeEnvelope(x, 1145000, x + 10, 1145010, core.working_srid()))'"""
_SPOT = """CREATE FUNCTION pg_temp.spot(x float) RETURNS geometry LANGUAGE sql AS
    'SELECT ST_SetSRID(ST_MakePoint(x, 1145005), core.working_srid())'"""
_WORKSPACE = """
    CREATE TEMPORARY TABLE staged (row_no bigint PRIMARY KEY, geom geometry) ON COMMIT DROP;
    CREATE TEMPORARY TABLE change (row_no bigint, id bigint, kind text) ON COMMIT DROP
"""
_CASE = """
    INSERT INTO layer.violations (code, stream, state, category, office, occurred_at, due_at, plate,
                                  reporter_name, reporter_phone, source_date, geom)
    VALUES (%(code)s, 'traffic', %(state)s, 'vượt đèn đỏ', 'csgt', '2023-01-01T00:00:00Z', %(due)s,
            '63B1-123.45', 'Nguyễn Văn A', '0901234567', '2023-01-01', pg_temp.spot(%(x)s))
"""


@pytest.fixture
def ground(connection: Connection) -> Connection:
    """A database in which things are put by their easting alone."""
    connection.execute(_BOX)
    connection.execute(_SPOT)
    return connection


@pytest.fixture
def workspace(ground: Connection) -> Connection:
    """The tables of a delivery's workspace, nothing in them yet."""
    ground.execute(_WORKSPACE)
    return ground


def _parcel(connection: Connection, number: str, x: float) -> int:
    row = connection.execute(
        """INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom)
           VALUES ('28249', '12', %(number)s, '2018-09-01', '2018-09-01', pg_temp.box(%(x)s))
           RETURNING id""",
        {"number": number, "x": x},
    ).fetchone()
    assert row is not None
    return int(row[0])


def _delivered(connection: Connection, kind: str, feature: int | None, row: int | None, x: float = 0) -> None:
    if row is not None:
        connection.execute("INSERT INTO staged VALUES (%(row)s, pg_temp.box(%(x)s))", {"row": row, "x": x})
    connection.execute("INSERT INTO change VALUES (%s, %s, %s)", [row, feature, kind])


def _case(connection: Connection, code: str, state: str, x: float, due: str | None = None) -> None:
    connection.execute(_CASE, {"code": code, "state": state, "x": x, "due": due})


def _hotspot(connection: Connection, code: str, x: float, status: str = "active") -> None:
    connection.execute(
        """INSERT INTO layer.hotspots (code, name, status, source_date, geom)
           VALUES (%(code)s, 'Chợ 100%%', %(status)s, '2023-01-01', pg_temp.spot(%(x)s))""",
        {"code": code, "status": status, "x": x},
    )


def _counts(impact: list[dict[str, Any]]) -> dict[str, int]:
    return {one["layer"]: one["count"] for one in impact}


def _titles(impact: list[dict[str, Any]], layer: str) -> list[str]:
    return [e["title"] for one in impact if one["layer"] == layer for e in one["examples"]]


def test_open_cases_count_and_closed_ones_do_not(workspace: Connection) -> None:
    _delivered(workspace, "changed_attributes", _parcel(workspace, "1", EAST), 1, EAST)
    for state in ("detected", "notified", "recorded", "paid", "cancelled"):
        _case(workspace, f"P-{state}", state, EAST + 5)
    _case(workspace, "P-beside", "detected", EAST + 15)
    impact = impact_of(workspace, LAYERS["parcels"])
    assert _counts(impact) == {"violations": 3}
    titles = _titles(impact, "violations")
    assert titles == [f"Vụ việc P-{state}: vượt đèn đỏ" for state in ("detected", "notified", "recorded")]


def test_old_ground_and_new_ground_both_count(workspace: Connection) -> None:
    moved = _parcel(workspace, "1", EAST)
    _delivered(workspace, "changed_geometry", moved, 1, EAST + 100)
    _delivered(workspace, "added", None, 2, EAST + 200)
    _delivered(workspace, "vanished", _parcel(workspace, "2", EAST + 300), None)
    for place in range(5):
        _hotspot(workspace, f"W{place}", EAST + 100 * place + 5)
    impact = impact_of(workspace, LAYERS["parcels"])
    assert _titles(impact, "hotspots") == [f"Điểm wifi W{place}, Chợ 100%" for place in range(4)]


def test_what_is_unchanged_concerns_nobody(workspace: Connection) -> None:
    _parcel(workspace, "1", EAST)
    _case(workspace, "P", "detected", EAST + 5)
    assert impact_of(workspace, LAYERS["parcels"]) == []


def test_one_case_on_many_changes_counts_once(workspace: Connection) -> None:
    """A point on the edge that two changed parcels share, each with an old and a new shape."""
    for row, x in enumerate((EAST, EAST + 10), start=1):
        _delivered(workspace, "changed_geometry", _parcel(workspace, str(row), x), row, x + 0.5)
    _case(workspace, "P", "detected", EAST + 10)
    assert _counts(impact_of(workspace, LAYERS["parcels"])) == {"violations": 1}


def test_all_are_counted_and_the_first_are_told(workspace: Connection) -> None:
    _delivered(workspace, "vanished", _parcel(workspace, "1", EAST), None)
    for number in range(MOST_EXAMPLES + 7):
        _case(workspace, f"P{number}", "detected", EAST + 5)
    (cases,) = impact_of(workspace, LAYERS["parcels"])
    assert cases["count"] == MOST_EXAMPLES + 7
    assert len(cases["examples"]) == MOST_EXAMPLES


def test_nobody_is_named(workspace: Connection) -> None:
    _delivered(workspace, "vanished", _parcel(workspace, "1", EAST), None)
    _case(workspace, "P", "detected", EAST + 5, due="2023-02-01T16:59:59Z")
    told = impact_of(workspace, LAYERS["parcels"])
    assert told[0]["examples"][0]["note"] == "Đang xử lý, hạn 01/02/2023"
    assert told[0]["examples"][0]["note_en"] == "Open, due 2023-02-01"
    for person in ("63B1", "Nguyễn", "0901234567"):
        assert person not in str(told)


def test_any_ground_can_be_asked_about(ground: Connection) -> None:
    """A rollback brings a list of its own; parcels whose edge alone is touched are not concerned."""
    for number, x in (("1", EAST), ("2", EAST + 10)):
        _parcel(ground, number, x)
    ground.execute(
        """CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
           SELECT CAST(7 AS bigint) AS id, pg_temp.box(%(x)s) AS geom""",
        {"x": EAST},
    )
    _hotspot(ground, "old", EAST + 5, "retired")
    impact = impact_on(ground, LAYERS["zoning"])
    assert _counts(impact) == {"parcels": 1}
    assert _titles(impact, "parcels") == ["Thửa 1, tờ 12, mã đơn vị 28249"]


def _keep_answer(connection: Connection, parcel: int) -> str:
    row = connection.execute(
        """INSERT INTO planning.answer (id, sha256, language, document, parcels, synthetic)
           SELECT left(h, 20), h, 'vi', t, ARRAY[%(parcel)s]::bigint[], false
           FROM (SELECT t, encode(sha256(convert_to(t, 'UTF8')), 'hex') AS h
                 FROM (SELECT '{"parcel":' || %(parcel)s || '}' AS t) q) w RETURNING id""",
        {"parcel": parcel},
    ).fetchone()
    assert row is not None
    return str(row[0])


def test_kept_answers_on_a_changed_parcel_count(workspace: Connection) -> None:
    changed, beside = _parcel(workspace, "1", EAST), _parcel(workspace, "2", EAST + 10)
    kept = _keep_answer(workspace, changed)
    _keep_answer(workspace, beside)
    _delivered(workspace, "changed_attributes", changed, 1, EAST)
    (answers,) = impact_of(workspace, LAYERS["parcels"])
    assert (answers["layer"], answers["count"]) == ("planning_answers", 1)
    assert answers["examples"][0]["id"] == kept


def test_kept_answers_on_the_ground_of_a_changed_zone_count(ground: Connection) -> None:
    kept = _keep_answer(ground, _parcel(ground, "1", EAST))
    _keep_answer(ground, _parcel(ground, "2", EAST + 10))
    ground.execute(
        """CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
           SELECT CAST(7 AS bigint) AS id, pg_temp.box(%(x)s) AS geom""",
        {"x": EAST},
    )
    (answers,) = [one for one in impact_on(ground, LAYERS["zoning"]) if one["layer"] == "planning_answers"]
    assert [example["id"] for example in answers["examples"]] == [kept]


def test_twice_in_one_transaction(workspace: Connection) -> None:
    _delivered(workspace, "vanished", _parcel(workspace, "1", EAST), None)
    _case(workspace, "P", "detected", EAST + 5)
    assert impact_of(workspace, LAYERS["parcels"]) == impact_of(workspace, LAYERS["parcels"])


def test_a_delivery_and_its_rollback_tell_whom_they_concern(
    database: Logins, settings: Settings, tmp_path: Path
) -> None:
    deliver(settings, request(write_sample(tmp_path / "a.gpkg", parcels(3)), day=DAY), database.owner)
    with psycopg.connect(database.owner) as connection:
        connection.execute(_SPOT)
        _case(connection, "P", "detected", EAST + 5)
    moved = parcels(3).with_column("address", ["số 1 cũ", *parcels(3).columns["address"][1:]])
    later = request(write_sample(tmp_path / "b.gpkg", moved), day=DAY.replace(month=11))
    result = deliver(settings, later, database.owner)
    assert [(one["layer"], one["count"]) for one in result.impact] == [("violations", 1)]
    assert result.id is not None
    undone = rollback(settings, result.id, database.owner, by="test")
    assert [(one["layer"], one["count"]) for one in undone.impact] == [("violations", 1)]
