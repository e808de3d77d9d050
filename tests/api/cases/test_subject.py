"""A case is bound to the parcel it is decided on: a delivery that changes it is told of before any
decision.
"""

from typing import Any

import psycopg
import pytest

from gis_platform.layer.registry import installed_concerns
from tests.support.office import GIVEN, Office
from tests.support.problems import problem

_REDRAW = """
    UPDATE layer.parcels SET valid_from = '2026-11-01', recorded_from = DEFAULT,
           geom = ST_Multi(ST_Buffer(geom, -0.5)) WHERE id = %s
"""


def _run(office: Office, statement: str, *values: object) -> None:
    with psycopg.connect(office.places.owner) as owner:
        owner.execute(statement.encode(), list(values))


def test_a_redrawn_parcel_is_confirmed_before_the_decision(office: Office) -> None:
    case = office.proposed()
    assert case["subject"]["changed"] is False
    _run(office, _REDRAW, office.parcels[0])
    case = office.read(case)
    assert case["subject"]["changed"] is True
    told = problem(office.move(case, "issue", given=GIVEN), 409, "confirm_subject_version")
    assert told["type"].endswith("subject-changed")
    assert told["subject_version"] == case["subject"]["version"]
    problem(office.move(case, "issue", given=GIVEN, confirm_subject_version=case["subject"]["seen"]), 409)
    # What decides nothing goes on without.
    back = office.moved(case, "back_to_checking", note="Thửa đất vừa thay đổi")
    again = office.moved(back, "propose", confirm_subject_version=told["subject_version"])
    assert again["subject"]["changed"] is False
    assert again["journal"][-1]["detail"]["subject_version"] == told["subject_version"]
    assert office.moved(again, "issue", given=GIVEN)["state"]["name"] == "issued"


def test_a_parcel_that_was_split_is_told_with_what_came_of_it(office: Office) -> None:
    case, (parcel, one, two) = office.proposed(), office.parcels
    _run(office, "DELETE FROM layer.parcels WHERE id = %s", parcel)
    _run(
        office,
        """WITH d AS (
               INSERT INTO core.delivery (layer, source, source_date, file_name, sha256, size_bytes, srid,
                                          received_by, status, counts)
               SELECT 'parcels', 'x', '2026-11-01', 'x', decode(repeat('00', 32), 'hex'), 1, 9210, 'x',
                      'applied', '{}' RETURNING id)
           INSERT INTO core.lineage (layer, predecessor, successor, kind, delivery_id, valid_from, area_m2)
           SELECT 'parcels', %s, s, 'split', d.id, '2026-11-01', 100 FROM d, unnest(%s::bigint[]) s""",
        parcel,
        [one, two],
    )
    case = office.read(case)
    assert case["subject"] | {"seen": None} == {
        "layer": "parcels",
        "id": parcel,
        "there": False,
        "changed": True,
        "version": "gone",
        "seen": None,
        "became": [one, two],
    }
    told = problem(office.move(case, "refuse", reason="Thửa đất đã tách"), 409)
    assert told["became"] == [one, two]
    ended = office.moved(case, "refuse", reason="Thửa đất đã tách", confirm_subject_version="gone")
    assert ended["state"]["ends"] is True


@pytest.mark.parametrize(("closed", "found"), [(False, 1), (True, 0)])
def test_a_steward_hears_of_open_cases_before_a_delivery_is_approved(
    office: Office, closed: bool, found: int
) -> None:
    case = office.proposed()
    if closed:
        office.moved(case, "issue", given=GIVEN)
    (concern,) = [one for one in installed_concerns() if one.name == "cases"]
    with psycopg.connect(office.places.owner) as owner:
        owner.execute(
            "CREATE TEMPORARY TABLE touched ON COMMIT DROP AS SELECT id, geom FROM layer.parcels WHERE id = "
            "%s",
            [office.parcels[0]],
        )
        rows: list[Any] = owner.execute(concern.impact.text.encode(), {"layer": "parcels"}).fetchall()
        assert len(rows) == found
        if found:
            assert rows[0][1] == f"Hồ sơ {case['code']}"
            assert "Đẹp" not in str(rows)
        # By the ground, where something else than parcels changes.
        other = owner.execute(concern.impact.text.encode(), {"layer": "zoning"}).fetchall()
        assert len(other) == found
