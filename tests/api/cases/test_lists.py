"""Lists as an officer needs them: today's work first, found without accents, page by page, as files."""

import csv
import io
import zipfile
from datetime import date
from typing import Any
from xml.etree import ElementTree

import psycopg
import pytest

from tests.support.many_cases import many_cases, plan_of
from tests.support.office import OTHER_WARD, WARD, Office
from tests.support.problems import problem

#: Due 1 December 2026 by the city's target of ten working days, counted from Monday 16 November.
_DUE = date(2026, 12, 1)


def _codes(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [case["code"] for case in answer.json()["cases"]]


def test_each_list_holds_what_its_name_says(office: Office) -> None:
    late, waits = office.open(), office.open(feature=office.parcels[1])
    waits = office.moved(waits, "ask_supplement", reason="Thiếu giấy tờ")
    office.on(date(2026, 11, 17))
    last = office.open(feature=office.parcels[2])
    office.on(_DUE)
    told = office.get("/api/cases", list="today").json()
    assert told["counts"] == {"open": 3, "overdue": 0, "today": 1, "soon": 1, "waiting": 1}
    assert [case["code"] for case in told["cases"]] == [late["code"]]
    assert _codes(office.get("/api/cases", list="soon")) == [last["code"]]
    assert _codes(office.get("/api/cases", list="waiting")) == [waits["code"]]
    assert _codes(office.get("/api/cases")) == [late["code"], last["code"], waits["code"]]
    office.on(date(2026, 12, 3))
    told = office.get("/api/cases", list="overdue").json()
    assert [case["code"] for case in told["cases"]] == [late["code"], last["code"]]
    assert all(case["overdue"] for case in told["cases"])
    ended = office.moved(office.read(late), "withdraw", reason="Không còn nhu cầu")
    assert _codes(office.get("/api/cases", list="closed")) == [ended["code"]]
    assert _codes(office.get("/api/cases", list="overdue")) == [last["code"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hung vuong", True),
        ("HÙNG VƯƠNG", True),
        ("thua 41", True),
        ("nguyen thi dep", True),
        ("đẹp", True),
        ("dep", True),
        ("tran van", False),
        ("%", None),
        ("_", None),
        ("' OR 1=1 --", False),
    ],
)
def test_a_case_is_found_without_accents(office: Office, text: str, found: bool | None) -> None:
    case = office.open()
    answer = office.get("/api/cases", q=text)
    if found is None:
        problem(answer, 400, "q")
    else:
        assert _codes(answer) == ([case["code"]] if found else [])


def test_a_code_finds_its_case_and_a_name_finds_none_for_another_ward(office: Office) -> None:
    case = office.open()
    assert _codes(office.get("/api/cases", q=case["code"].lower().replace("-", ""))) == [case["code"]]
    assert _codes(office.get("/api/cases", "binh", q=case["code"], unit="*")) == [case["code"]]
    for who in ("binh", "kien", "khong"):
        assert _codes(office.get("/api/cases", who, q="dep", unit="*")) == [], who
    assert _codes(office.get("/api/cases", "thanh", q="dep")) == [case["code"]]


def test_an_officer_sees_the_own_ward_first_and_others_when_asked(office: Office) -> None:
    mine = office.open()
    with office.no_ward_known():
        other = office.open("binh", unit_code=OTHER_WARD, feature=office.parcels[1])
    assert _codes(office.get("/api/cases")) == [mine["code"]]
    assert _codes(office.get("/api/cases", unit=OTHER_WARD)) == [other["code"]]
    assert set(_codes(office.get("/api/cases", unit="*"))) == {mine["code"], other["code"]}
    assert office.get("/api/cases", "thanh").json()["counts"]["open"] == 2


def test_pages_tell_every_case_once_whatever_comes_between(office: Office) -> None:
    cases = [office.open(feature=office.parcels[place % 3])["code"] for place in range(7)]
    seen, after = [], None
    while True:
        asked: dict[str, Any] = {"limit": 2} | ({"after": after} if after else {})
        told = office.get("/api/cases", **asked).json()
        seen += [case["code"] for case in told["cases"]]
        after = told["next"]
        if len(seen) == 4:
            office.on(date(2026, 11, 17))
            cases.append(office.open()["code"])
        if after is None:
            break
    assert seen == cases
    ended: list[str] = []
    for code in cases[:5]:
        case = office.get(f"/api/cases/{code}").json()
        ended.insert(0, office.moved(case, "withdraw", reason="Thử nghiệm")["code"])
        office.at(office.client.app.state.clock.now().replace(minute=len(ended)))  # type: ignore[attr-defined]
    first = office.get("/api/cases", list="closed", limit=3).json()
    rest = office.get("/api/cases", list="closed", limit=3, after=first["next"]).json()
    assert [case["code"] for case in first["cases"] + rest["cases"]] == ended


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"list": "mine"}, "list"),
        ({"workflow": "nothing"}, "workflow"),
        ({"after": "x"}, "after"),
        ({"after": "2026-13-01_1"}, "after"),
        ({"after": "2026-12-01_1", "list": "closed"}, None),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"q": "a\x00b"}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_question_that_is_none_is_named(
    office: Office, asked: dict[str, str], parameter: str | None
) -> None:
    answer = office.get("/api/cases", **asked)
    if parameter is None:
        assert answer.status_code in (200, 400)
    else:
        problem(answer, 400, parameter)


def test_a_list_as_csv_holds_no_formula_and_no_person(office: Office) -> None:
    places = ["=1+1", "+84 1", "-2", "@SUM(A1)", " =cmd|' /C calc'!A0", "Thửa 41, tờ 12"]
    for place in places:
        office.open(place=place)
    answer = office.get("/api/cases/list.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Thửa đất, địa chỉ"] for row in rows] == [
        "'=1+1", "'+84 1", "-2", "'@SUM(A1)", "'=cmd|' /C calc'!A0", "Thửa 41, tờ 12",
    ]  # fmt: skip
    assert {row["Hạn giải quyết"] for row in rows} == {"01/12/2026"}
    assert "Đẹp" not in text


def test_a_list_as_a_workbook_has_days_as_days_and_texts_as_texts(office: Office) -> None:
    office.open(place="=1+1")
    with office.no_ward_known():
        office.open("binh", unit_code=OTHER_WARD, feature=office.parcels[1])
    answer = office.get("/api/cases/list.xlsx", unit=WARD, lang="en")
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314  # our own file
    names = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    rows = sheet.findall(".//m:row", names)
    assert len(rows) == 2
    assert sheet.findall(".//m:f", names) == []
    texts = [cell.text for cell in rows[1].findall(".//m:t", names)]
    assert texts[4] == "=1+1"
    numbers = [cell.text for cell in rows[1].findall(".//m:v", names)]
    assert numbers[1] == "46357"  # 1 December 2026, in days since 1899-12-30


def test_what_is_wrong_with_a_file_is_said_before_it_begins(office: Office) -> None:
    problem(office.get("/api/cases/list.csv", list="mine"), 400, "list")
    problem(office.get("/api/cases/list.csv", q="%"), 400, "q")
    problem(office.get("/api/cases/list.xlsx", workflow="nothing"), 400, "workflow")


def test_ten_thousand_open_cases_are_read_by_their_index(office: Office) -> None:
    """What makes a page cheap: it reads the rows it shows, in order, whatever the row policies add."""
    many_cases(office.places.owner, 10_000)
    office.who("an")
    with psycopg.connect(office.places.app) as connection:
        connection.execute(
            "SELECT set_config('role', 'gis_permit', true), set_config('gis.unit', '28261', true)"
        )
        plan = plan_of(connection, due_from="2026-12-01", due_to="2026-12-01")
    assert "case_by_due" in plan, plan
    assert "Sort" not in plan, plan
    assert "Seq Scan on case_file" not in plan, plan
    told = office.get("/api/cases", limit=50)
    assert len(_codes(told)) == 50
    assert told.json()["counts"]["open"] == 2_000
