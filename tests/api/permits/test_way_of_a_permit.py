"""The whole way over HTTP: counter, building, check, proposal, signature, paper."""

from datetime import date
from typing import Any

import psycopg
import pytest

from tests.support.accounts import audited
from tests.support.office import PDF, Office
from tests.support.permit_desk import (
    DESPITE,
    SIGNED,
    at,
    building,
    checked,
    handed,
    issued,
    opened,
    path,
    proposed,
)
from tests.support.problems import problem


def rows(office: Office, columns: str = "permit_no, state, floors, footprint_m2, start_by") -> list[Any]:
    """The permits as they stand."""
    with psycopg.connect(office.places.owner) as owner:
        return owner.execute(f"SELECT {columns} FROM layer.building_permits ORDER BY id").fetchall()  # noqa: S608


def test_from_the_counter_to_the_signed_permit(office: Office) -> None:
    case = opened(office)
    assert case["due_on"] == "2026-11-26"  # seven working days, the doubtful 24th passed over
    case = office.moved(case, "take_up")
    problem(office.move(case, "propose"), 409, "documents")
    for paper in ("application", "land_paper", "drawings"):
        office.add(case, paper, PDF)
    case = office.read(case)
    assert "công trình" in problem(office.move(case, "propose"), 409, "building")["detail_vi"]
    told = handed(office, case, building())
    assert (told["submission"], told["made_by"], told["check"]["parcel"]["id"]) == (
        1,
        "an",
        office.parcels[0],
    )
    case = office.moved(office.read(case), "propose", given=DESPITE)
    assert case["outcome"]["submission"] == 1
    problem(office.move(case, "issue", given=SIGNED | {"document": "15/GPXD ông B"}), 400, "document")
    problem(
        office.move(case, "issue", given=SIGNED | {"signer_title": "Ông Nguyễn Văn A"}), 400, "signer_title"
    )
    assert rows(office) == []
    case = office.moved(case, "issue", given=SIGNED)
    assert rows(office) == [("15/GPXD", "valid", 3, 96.0, date(2027, 11, 16))]
    assert case["outcome"]["permit_no"] == "15/GPXD"
    paper = next(one for one in case["results"] if one["name"] == "paper")
    assert paper["link"] == f"/giay-phep/{paper['text']}"
    page = office.get(paper["link"], "")
    assert page.status_code == 200, page.text
    assert "Giấy phép còn hiệu lực" in page.text
    (entry,) = [one for one in audited(office.places) if one[1] == "building-permit.issued"]
    assert entry[0] == "an"
    for text in (page.text, str(case["outcome"]), str(case["journal"]), str(audited(office.places))):
        assert "Trần Văn Ký" not in text


def test_the_building_is_kept_as_often_as_it_is_handed_in(office: Office) -> None:
    case = checked(office)
    problem(office.get(path(case)), 404, "submission")
    first = handed(office, case, building(floors=9))
    second = handed(office, case, building(inset=3))
    assert (first["submission"], second["submission"]) == (1, 2)
    assert office.get(path(case)).json() == second
    assert office.get(path(case), submission=1).json() == first
    problem(office.get(path(case), submission=3), 404, "submission")
    told = [
        entry["detail"] for entry in office.read(case)["journal"] if entry["action"] == "building.submitted"
    ]
    assert [one["submission"] for one in told] == [1, 2]
    for statement in ("UPDATE permits.submission SET floors = 1", "DELETE FROM permits.submission"):
        with (
            psycopg.connect(office.places.owner) as owner,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            owner.execute(statement)
    # Once proposed no other building takes its place.
    case = office.moved(office.read(case), "propose", given=DESPITE)
    problem(office.post(path(case), building()), 409, "state")
    case = office.moved(case, "back_to_checking", note="Sửa bản vẽ")
    assert handed(office, case, building())["submission"] == 3


def test_what_fails_is_proposed_for_a_reason_alone(office: Office) -> None:
    case = checked(office)
    outside = at(567_218, 1_145_152, 567_228, 1_145_168)
    told = handed(office, case, outside)["check"]
    assert "inside_parcel" in {line["code"] for line in told["lines"] if line["outcome"] == "fail"}
    case = office.read(case)
    refused = problem(office.move(case, "propose"), 400, "why_despite")
    assert "ngoài thửa đất" in refused["detail_vi"]
    case = office.moved(case, "propose", given=DESPITE)
    assert "inside_parcel" in case["outcome"]["failed"]
    assert DESPITE["why_despite"] in str(case["results"])


def test_a_building_checked_on_a_parcel_that_changed_is_checked_again(office: Office) -> None:
    case = checked(office)
    handed(office, case, building())
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("UPDATE layer.parcels SET address = 'mới' WHERE id = %s", [office.parcels[0]])
    case = office.read(case)
    version = problem(office.move(case, "propose", given=DESPITE), 409)["subject_version"]
    seen = {"given": DESPITE, "confirm_subject_version": version}
    assert "thay đổi" in problem(office.move(case, "propose", **seen), 409, "building")["detail_vi"]
    handed(office, case, building())
    assert office.moved(case, "propose", **seen)["state"]["name"] == "proposed"


def test_a_parcel_whose_change_was_under_way_is_checked_again(office: Office) -> None:
    """A change begins before the building is handed in, and is there for others after it."""
    case = checked(office)
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("UPDATE layer.parcels SET address = 'mới' WHERE id = %s", [office.parcels[0]])
        handed(office, case, building())
    case = office.read(case)
    version = problem(office.move(case, "propose", given=DESPITE), 409)["subject_version"]
    seen = {"given": DESPITE, "confirm_subject_version": version}
    assert "thay đổi" in problem(office.move(case, "propose", **seen), 409, "building")["detail_vi"]
    handed(office, case, building())
    # Which version was read is not known of buildings of before.
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("ALTER TABLE permits.submission DISABLE TRIGGER append_only")
        owner.execute("UPDATE permits.submission SET parcel_seen = NULL")
        owner.execute("ALTER TABLE permits.submission ENABLE TRIGGER append_only")
    problem(office.move(case, "propose", **seen), 409, "building")
    handed(office, case, building())
    assert office.moved(case, "propose", **seen)["state"]["name"] == "proposed"


def test_two_permits_do_not_overlap_without_a_reason(office: Office) -> None:
    issued(office)
    case = proposed(office)
    told = problem(office.move(case, "issue", given=SIGNED | {"document": "16/GPXD"}), 409, "why_overlap")
    assert [one["permit_no"] for one in told["overlaps"]] == ["15/GPXD"]
    assert len(rows(office)) == 1
    why = {"why_overlap": "Xây thay nhà cũ, chủ cũ đã trả giấy phép"}
    case = office.moved(case, "issue", given=SIGNED | {"document": "16/GPXD"} | why)
    assert len(rows(office)) == 2
    assert why["why_overlap"] in str(case["results"])


def test_less_than_half_a_square_metre_is_the_play_of_two_drawings(office: Office) -> None:
    issued(office)
    for width, outcome in ((0.04, 200), (0.06, 409)):
        case = checked(office, 2)
        # 10 m of a common edge: 0.4 m² and 0.6 m².
        handed(office, case, at(567_228 - width, 1_145_155, 567_236, 1_145_165))
        case = office.moved(office.read(case), "propose", given=DESPITE)
        given = SIGNED | {"document": f"{20 + outcome}/GPXD"}
        if outcome == 409:
            with psycopg.connect(office.places.owner) as owner:
                owner.execute("DELETE FROM layer.building_permits WHERE permit_no = '220/GPXD'")
        assert office.move(case, "issue", given=given).status_code == outcome


def test_a_building_close_to_another_lot_comes_with_a_commitment(office: Office) -> None:
    case = office.moved(opened(office), "take_up")
    for paper in ("application", "land_paper", "drawings"):
        office.add(case, paper, PDF)
    with psycopg.connect(office.places.owner) as owner:
        # The lot to the east begins 0.95 m east of the building; what is a metre away asks for nothing.
        owner.execute(
            "UPDATE layer.parcels SET geom = "
            "ST_Multi(ST_MakeEnvelope(567230, 1145150, 567250, 1145170, core.working_srid())) WHERE id = %s",
            [office.parcels[1]],
        )
    handed(office, case, at(567_222, 1_145_152, 567_229.05, 1_145_168))
    told = problem(office.move(office.read(case), "propose", given=DESPITE), 409, "documents")
    assert told["document"] == "neighbours_commitment"
    assert "Cam kết bảo đảm an toàn" in told["detail_vi"]
    handed(office, case, at(567_222, 1_145_152, 567_229, 1_145_168))
    far = office.moved(office.read(case), "propose", given=DESPITE)
    case = office.moved(far, "back_to_checking", note="Sửa bản vẽ")
    handed(office, case, at(567_222, 1_145_152, 567_229.05, 1_145_168))
    office.add(case, "neighbours_commitment", PDF)
    assert office.moved(office.read(case), "propose", given=DESPITE)["state"]["name"] == "proposed"


def test_a_number_is_given_once_a_year(office: Office) -> None:
    issued(office)
    case = proposed(office, 2)
    told = problem(office.move(case, "issue", given=SIGNED), 409, "document")
    assert "15/GPXD" in told["detail_vi"]
    assert office.read(case)["state"]["name"] == "proposed"


def test_a_number_is_one_however_it_is_written(office: Office) -> None:
    issued(office, number="35a/gpxd")
    assert [one[0] for one in rows(office)] == ["35A/GPXD"], "it is kept in upper case"
    case = proposed(office, 2)
    for again in ("35A/GPXD", "35a/Gpxd", "0035a/gpxd"):
        problem(office.move(case, "issue", given=SIGNED | {"document": again}), 409, "document")
    for none in ("٣٥/GPXD", "１５/GPXD", "15/GPXDſ"):
        problem(office.move(case, "issue", given=SIGNED | {"document": none}), 400, "document")
    for figures in ({"floor_area": "٣٤٠"}, {"ground_level": "١,٨٥"}):
        problem(office.move(case, "issue", given=SIGNED | {"document": "36/GPXD"} | figures), 400)
    office.moved(case, "issue", given=SIGNED | {"document": "36/GPXD"})
    longer = proposed(office, kind="extension", permit="035a/gpxd")
    assert longer["state"]["name"] == "proposed", "the permit is found as it was written"


def test_deliveries_too_bring_a_number_once(office: Office) -> None:
    issued(office, number="7/QĐ-GPXD")
    copied = "kind, use, floors, height_m, footprint_m2, floor_area_m2, issued_on, unit_code, geom, "
    copied += "source_date, valid_from"
    with (
        psycopg.connect(office.places.owner) as owner,
        pytest.raises(psycopg.errors.UniqueViolation, match="one_permit_a_number"),
    ):
        owner.execute(
            f"INSERT INTO layer.building_permits (permit_no, {copied})"  # noqa: S608
            f" SELECT '007/qđ-gpxd', {copied} FROM layer.building_permits"
        )


def test_figures_and_the_day_of_a_temporary_permit(office: Office) -> None:
    case = proposed(office, kind="temporary")
    problem(office.move(case, "issue", given=SIGNED), 400, "valid_until")
    for until in ("mai", "31/02/2030", "16/11/2026"):
        problem(office.move(case, "issue", given=SIGNED | {"valid_until": until}), 400, "valid_until")
    figures = {"valid_until": "31/12/2030", "ground_level": "1,85", "floor_area": "250,5"}
    for wrong in ({"ground_level": "cao"}, {"floor_area": "1.234.567"}, {"floor_area": "20"}):
        problem(office.move(case, "issue", given=SIGNED | figures | wrong), 400, next(iter(wrong)))
    office.moved(case, "issue", given=SIGNED | figures)
    told = rows(office, "kind, valid_until, ground_level, floor_area_m2, density_percent, far")
    assert told == [("temporary", date(2030, 12, 31), 1.85, 250.5, 48.0, 1.25)]
    problem(
        office.move(proposed(office, 2), "issue", given=SIGNED | figures | {"document": "9/GPXD"}),
        400,
        "valid_until",
    )
