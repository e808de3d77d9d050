"""What counts as a permit in force, and whom a change of the ground concerns."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql

from gis_platform.layer import installed_concerns, installed_layers

Connection = psycopg.Connection[Any]
LAYER = installed_layers()["building_permits"]
TODAY = date(2026, 7, 10)


@pytest.mark.parametrize(
    ("state", "start_by", "started_on", "valid_until", "holds"),
    [
        ("valid", 1, None, None, True),
        ("valid", 0, None, None, True),
        ("valid", -1, None, None, False),
        ("valid", -1, -30, None, True),
        ("adjusted", 1, None, None, True),
        ("revoked", 1, -30, None, False),
        ("valid", 1, None, -1, False),
        ("valid", 1, -30, 0, True),
        # No rule was loaded that said by when to begin.
        ("valid", None, None, None, True),
    ],
)
def test_in_force(
    connection: Connection,
    state: str,
    start_by: int | None,
    started_on: int | None,
    valid_until: int | None,
    holds: bool,
) -> None:
    days = [None if n is None else TODAY + timedelta(days=n) for n in (start_by, started_on, valid_until)]
    row = connection.execute("SELECT permits.in_force(%s, %s, %s, %s, %s)", [state, *days, TODAY]).fetchone()
    assert row == (holds,)


def _permit(connection: Connection, number: str, x: float, **more: Any) -> int:
    values: dict[str, Any] = {
        "permit_no": number, "kind": "new", "use": "house", "floors": 2, "height_m": 7, "footprint_m2": 64,
        "floor_area_m2": 128, "issued_on": date(2026, 7, 1), "start_by": date(9999, 1, 1),
        "unit_code": "28261", "source_date": date(2026, 7, 1), "valid_from": date(2026, 7, 1),
        "parcel_id": None,
    } | more  # fmt: skip
    statement = sql.SQL(
        "INSERT INTO layer.building_permits ({}, geom) VALUES ({}, ST_Multi(ST_MakeEnvelope(%s, 1145150, %s, "
        "1145158, core.working_srid()))) RETURNING id"
    ).format(
        sql.SQL(", ").join(map(sql.Identifier, values)), sql.SQL(", ").join(sql.Placeholder() * len(values))
    )
    row = connection.execute(statement, [*values.values(), x, x + 8]).fetchone()
    assert row is not None
    return int(row[0])


def _concerned(connection: Connection, changed: str) -> dict[int, list[int]]:
    (concern,) = [one for one in installed_concerns() if one.name == "building_permits"]
    rows = connection.execute(concern.impact.text.encode(), {"layer": changed}).fetchall()
    return {row[0]: row[5] for row in rows}


def test_a_change_concerns_the_permits_on_its_ground_and_of_its_parcels(connection: Connection) -> None:
    connection.execute("CREATE TEMPORARY TABLE touched (id bigint, geom geometry) ON COMMIT DROP")
    inside = _permit(connection, "1/GPXD", 567200, parcel_id=71)
    of_parcel = _permit(connection, "2/GPXD", 567400, parcel_id=72)
    _permit(connection, "3/GPXD", 567202, state="revoked")
    lapsed = _permit(connection, "4/GPXD", 567203, issued_on=date(2020, 1, 1), start_by=date(2020, 12, 1))
    _permit(connection, "5/GPXD", 567300)
    connection.execute(
        "INSERT INTO touched VALUES "
        "(72, ST_MakeEnvelope(567190, 1145140, 567205, 1145170, core.working_srid()))"
    )
    assert _concerned(connection, "parcels") == {inside: [71], of_parcel: [72]}
    assert _concerned(connection, "zoning") == {inside: [71]}
    assert _concerned(connection, "building_permits") == {}
    assert lapsed not in _concerned(connection, "zoning")


def test_a_ward_gives_a_number_once_a_year(connection: Connection) -> None:
    _permit(connection, "15/GPXD", 567200)
    _permit(connection, "15/GPXD", 567220, issued_on=date(2025, 7, 1))
    _permit(connection, "15/GPXD", 567240, unit_code="28249")
    with pytest.raises(psycopg.errors.UniqueViolation):
        _permit(connection, "15/GPXD", 567260, issued_on=date(2026, 12, 31))
    connection.rollback()


def test_what_is_known_of_the_case_is_no_business_of_the_public() -> None:
    (case,) = [one for one in LAYER.properties if one.name == "case_code"]
    assert "public" not in case.audience
