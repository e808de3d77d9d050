"""The register is everybody's: by ward, day, state and words, page by page, as a table and as a page."""

import csv
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from tests.support.accounts import audited
from tests.support.office import WARD, Office
from tests.support.permit_desk import issued
from tests.support.problems import problem

REGISTER, NEAR = "/api/permits", "/api/permits/precedents"
_PERMIT = """
    INSERT INTO layer.building_permits (permit_no, kind, use, floors, height_m, footprint_m2, floor_area_m2,
        state, issued_on, start_by, unit_code, address, geom, source_date, valid_from)
    SELECT %(number)s, 'new', 'house', 2, 7.5, 64, 128, %(state)s, CAST(%(on)s AS date), %(start_by)s,
           %(unit)s, %(address)s,
           ST_Multi(ST_MakeEnvelope(%(x)s, 1145100, %(x)s + 8, 1145108, core.working_srid())), %(on)s, %(on)s
"""
ZONE = """
    INSERT INTO layer.zoning (code, plan_code, plan_name, plan_level, decision_no, decision_date, theme,
                              title, function_code, function_name, geom, source_date, valid_from)
    SELECT %(code)s, 'P1', 'Đồ án', 'chi_tiet', '1/QĐ-UBND', '2025-01-01', 'land_function', 'Ô', %(code)s,
           'Chức năng', ST_Multi(ST_MakeEnvelope(%(x0)s, 1145000, %(x1)s, 1145300, core.working_srid())),
           '2025-01-01', '2025-01-01'
"""


def _add(office: Office, number: str, **change: Any) -> None:
    values = {
        "number": number, "state": "valid", "on": date(2026, 8, 1), "start_by": date(2027, 8, 1),
        "unit": WARD, "address": "12 Hùng Vương", "x": 567_100,
    } | change  # fmt: skip
    with psycopg.connect(office.places.owner) as owner:
        owner.execute(_PERMIT, values)


def _numbers(office: Office, **asked: Any) -> list[str]:
    answer = office.get(REGISTER, "", **asked)
    assert answer.status_code == 200, answer.text
    return [one["permit_no"] for one in answer.json()["permits"]]


@pytest.fixture
def five(office: Office) -> Office:
    """Five permits, one of each kind of state and one of another ward."""
    _add(office, "1/GPXD")
    _add(office, "2/GPXD", state="adjusted", on=date(2026, 8, 2))
    _add(office, "3/GPXD", state="revoked", on=date(2026, 8, 3), address="5/2 Ấp Bắc")
    _add(office, "4/GPXD", on=date(2025, 8, 4), start_by=date(2026, 8, 4))
    _add(office, "5/GPXD", unit="28249", on=date(2026, 8, 5))
    return office


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "5 3 2 1 4"),
        ({"unit": WARD}, "3 2 1 4"),
        ({"from": "2026-08-02", "to": "2026-08-03"}, "3 2"),
        ({"state": "valid"}, "5 1"),
        ({"state": "adjusted"}, "2"),
        ({"state": "revoked"}, "3"),
        ({"state": "expired"}, "4"),
        ({"q": "3/gpxd"}, "3"),
        ({"q": "ap bac"}, "3"),
        ({"q": "HÙNG  VƯƠNG", "state": "valid"}, "5 1"),
        ({"unit": "", "from": "", "to": "", "state": "", "q": ""}, "5 3 2 1 4"),
    ],
)
def test_it_is_found_by_what_people_know(five: Office, asked: dict[str, str], found: str) -> None:
    assert _numbers(five, **asked) == [f"{number}/GPXD" for number in found.split()]


def test_it_goes_on_page_by_page_whatever_comes_in_between(five: Office) -> None:
    first = five.get(REGISTER, "", limit=2).json()
    _add(five, "6/GPXD", on=date(2026, 9, 1))
    second = five.get(REGISTER, "", limit=2, after=first["next"]).json()
    last = five.get(REGISTER, "", limit=2, after=second["next"]).json()
    told = [one["permit_no"][0] for page in (first, second, last) for one in page["permits"]]
    assert told == ["5", "3", "2", "1", "4"]
    assert last["next"] is None


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"from": "mai"}, "from"),
        ({"from": "2026-08-03", "to": "2026-08-01"}, "from"),
        ({"after": "x"}, "after"),
        ({"after": "2026-99-99_1"}, "after"),
        ({"state": "good"}, "state"),
        ({"q": "…"}, "q"),
        ({"q": "%"}, "q"),
        ({"limit": "0"}, "limit"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_asked_is_told(office: Office, asked: dict[str, str], parameter: str) -> None:
    problem(office.get(REGISTER, "", **asked), 400, parameter)


def test_the_table_holds_every_row_and_no_formula(five: Office) -> None:
    for number in range(30):
        _add(five, f"{100 + number}/GPXD", on=date(2026, 6, 1) + timedelta(days=number))
    _add(five, "7/GPXD", address="=HYPERLINK(1)")
    answer = five.get(REGISTER, "", f="csv", limit=3)
    assert answer.headers["content-type"].startswith("text/csv")
    head, *rows = csv.reader(answer.text.removeprefix("\ufeff").splitlines())
    assert head[0] == "Số giấy phép"
    assert len(rows) == 36
    assert {len(row) for row in rows} == {len(head)}
    assert "'=HYPERLINK(1)" in {row[9] for row in rows}


def test_the_page_finds_lists_and_leads_to_the_paper(five: Office) -> None:
    code = issued(five)["outcome"]["paper"]
    page = five.get("/giay-phep", "", q="15/GPXD")
    assert page.headers["content-type"].startswith("text/html")
    assert f'href="/giay-phep/{code}"' in page.text
    assert 'value="15/GPXD"' in page.text
    assert "3/GPXD" not in page.text
    assert "Không tìm thấy" in five.get("/giay-phep", "", q="999/GPXD").text
    assert five.get("/giay-phep", "", f="json", q="15/GPXD").json()["permits"][0]["paper"] == code
    for text in (page.text, five.get(REGISTER, "").text, five.get(REGISTER, "", f="csv").text):
        assert "Trần Văn Ký" not in text
        assert "case" not in text or "case_code" not in text


def test_what_was_permitted_near_by_for_the_same_function(office: Office) -> None:
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("DELETE FROM layer.zoning")
        owner.execute(ZONE, {"code": "ODT", "x0": 566_000, "x1": 567_300})
        owner.execute(ZONE, {"code": "TMD", "x0": 567_300, "x1": 568_000})
    lot = office.parcels[0]  # 567220 to 567230 east
    _add(office, "1/GPXD", x=567_150)
    _add(office, "2/GPXD", x=566_930)
    _add(office, "3/GPXD", x=566_900)  # more than 300 m away
    _add(office, "4/GPXD", x=567_310)  # another function
    _add(office, "5/GPXD", x=567_160, state="revoked")
    _add(office, "6/GPXD", x=567_170, on=date(2025, 1, 2), start_by=date(2026, 1, 2))
    told = office.get(NEAR, "", parcel=lot).json()
    assert (told["function_code"], told["within_m"]) == ("ODT", 300)
    assert [one["permit_no"] for one in told["permits"]] == ["1/GPXD", "2/GPXD"]
    assert told["permits"][0]["away_m"] == pytest.approx(74.9, abs=0.2)
    assert told["permits"][0]["geometry"]["type"] == "MultiPolygon"
    by_point = office.get(NEAR, "", point="106.365661,10.354786").json()
    assert [one["permit_no"] for one in by_point["permits"]] == ["1/GPXD", "2/GPXD"]
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("DELETE FROM layer.zoning")
    bare = office.get(NEAR, "", parcel=lot).json()
    assert (bare["permits"], len(bare["notices"])) == ([], 1)


@pytest.mark.parametrize(
    ("asked", "status", "parameter"),
    [
        ({}, 400, "parcel"),
        ({"parcel": "1", "point": "106.36,10.35"}, 400, "point"),
        ({"parcel": "999999"}, 404, "parcel"),
        ({"parcel": "x"}, 400, "parcel"),
        ({"point": "10,50"}, 400, "point"),
    ],
)
def test_a_place_to_look_around_must_be_there(
    office: Office, asked: dict[str, str], status: int, parameter: str
) -> None:
    problem(office.get(NEAR, "", **asked), status, parameter)


def test_a_permit_that_was_begun_does_not_expire(office: Office) -> None:
    case = issued(office)
    start = f"/api/permits/{case['outcome']['permit']}/start"
    office.on(date(2027, 3, 1))
    problem(office.post(start, {"started_on": "2027-03-02"}), 400, "started_on")
    problem(office.post(start, {"started_on": "2026-11-15"}), 400, "started_on")
    problem(office.post(start, {"started_on": "hôm qua"}), 400)
    for who, status in (("", 401), ("kien", 403), ("binh", 403)):
        problem(office.post(start, {"started_on": "2027-02-28"}, who), status)
    problem(office.post("/api/permits/999999/start", {"started_on": "2027-02-28"}), 404, "permit")
    assert office.post(start, {"started_on": "2027-02-28"}).json()["started_on"] == "2027-02-28"
    problem(office.post(start, {"started_on": "2027-02-28"}), 409, "permit")
    office.on(date(2028, 3, 1))
    told = office.get(f"/api/permits/papers/{case['outcome']['paper']}", "").json()
    assert (told["state"], told["started_on"]) == ("valid", "2027-02-28")
    assert [one for one in audited(office.places) if one[1] == "building-permit.begun"]


def test_who_comes_too_late_has_not_begun(office: Office) -> None:
    case = issued(office)
    office.on(date(2027, 12, 1))
    body = {"started_on": "2027-11-17"}
    told = problem(office.post(f"/api/permits/{case['outcome']['permit']}/start", body), 409, "started_on")
    assert "16/11/2027" in told["detail_vi"]


def test_a_permit_that_a_case_issued_in_a_city_made_up_says_so(office: Office) -> None:
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("DELETE FROM layer.zoning")
        owner.execute(ZONE, {"code": "ODT", "x0": 566_000, "x1": 568_000})
    permit = issued(office)["outcome"]["permit"]
    _add(office, "1/GPXD", x=567_150)
    for path, asked in ((REGISTER, {}), (NEAR, {"parcel": office.parcels[0]})):
        told = {one["permit_no"]: one["synthetic"] for one in office.get(path, "", **asked).json()["permits"]}
        assert told == {"15/GPXD": True, "1/GPXD": False}
    rows = csv.reader(office.get(REGISTER, "", f="csv").text.removeprefix("\ufeff").splitlines())
    assert {row[0]: row[-1] for row in rows if "GPXD" in row[0]} == {"15/GPXD": "x", "1/GPXD": ""}
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("UPDATE layer.building_permits SET state = 'revoked' WHERE id = %s", [permit])
    [revoked] = office.get(REGISTER, "", state="revoked").json()["permits"]
    assert (revoked["paper"], revoked["synthetic"]) == (None, True)
