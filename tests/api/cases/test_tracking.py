"""Following a case by its code: what its holder may know, and nothing by guessing."""

import json
from datetime import date, datetime
from typing import Any

import pytest

from gis_platform.casework.codes import SYMBOLS, is_code, new_code, shown_code
from tests.support.office import MONDAY, Office
from tests.support.problems import problem
from tests.support.trials import open_trial


def test_whoever_has_the_code_sees_where_the_case_is_and_no_person(office: Office) -> None:
    case = office.moved(office.open(), "take_up", note="Người nộp đi vắng")
    case = office.moved(case, "ask_supplement", reason="Thiếu giấy tờ")
    answer = office.get(f"/api/track/{case['code'].lower().replace('-', ' ')}", "")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["state"].startswith("Chờ người nộp bổ sung")
    assert told["waits_for_you"] is True
    assert [step["state"] for step in told["steps"]] == ["Mới tiếp nhận", "Đang kiểm tra", told["state"]]
    assert [clock["due_on"] for clock in told["clocks"]] == [None, None, "2026-12-16"]
    for hidden in ("Đẹp", "0901234567", "Hùng Vương", "đi vắng", "Thiếu giấy tờ", '"an"'):
        assert hidden not in json.dumps(told, ensure_ascii=False)
    english = office.get(f"/api/track/{case['code']}", "", lang="en").json()
    assert english["workflow"] == "House number"


def test_a_code_that_was_not_given_out_is_not_there_and_guessing_is_slowed(office: Office) -> None:
    case = office.open()
    answers = [office.get(f"/api/track/{new_code()}", "") for _ in range(130)]
    problem(answers[0], 404, "code")
    told = problem(answers[-1], 429)
    assert "retry-after" in answers[-1].headers
    assert "giấy hẹn" in told["detail_vi"]
    # Who guesses is not told of one that is there either: else the bound would slow nobody.
    for _ in range(300):
        office.get(f"/api/track/{new_code()}", "")
        if office.get(f"/api/track/{case['code']}", "").status_code == 429:
            break
    else:
        raise AssertionError("a code that is there is told to who guesses")


def test_a_slip_of_the_pen_is_found_before_anything_is_asked() -> None:
    for _ in range(40):
        code = new_code()
        for place, symbol in enumerate(code):
            for other in SYMBOLS:
                assert is_code(code[:place] + other + code[place + 1 :]) is (other == symbol)
        for one in range(len(code)):
            for two in range(one + 1, len(code)):
                swapped = list(code)
                swapped[one], swapped[two] = swapped[two], swapped[one]
                assert is_code("".join(swapped)) is (code[one] == code[two])


def test_codes_look_like_nothing_else() -> None:
    assert not set("0OQD1ILZSBGUN") & set(SYMBOLS)
    assert len(SYMBOLS) == 23
    codes = {new_code() for _ in range(2_000)}
    assert len(codes) == 2_000
    assert all(is_code(shown_code(code)) for code in codes)
    drawn = "".join(codes)
    assert all(drawn.count(symbol) > len(drawn) / 23 / 2 for symbol in SYMBOLS)


@pytest.mark.parametrize("code", ["", "-", "K4TX", "%F0%9F%98%80", "x" * 41])
def test_what_is_no_code_is_said_so(office: Office, code: str) -> None:
    answer = office.get(f"/api/track/{code}", "")
    assert answer.status_code in (400, 404)


def _page(office: Office, path: str, **asked: str) -> Any:
    """As a browser asks for it, signed in as nobody."""
    return office.client.get(path, params=asked, headers={"Accept": "text/html,*/*;q=0.8"})


def test_the_page_of_a_code_tells_state_steps_and_days_and_no_person_or_place(office: Office) -> None:
    case = office.moved(office.open(), "take_up", note="Người nộp đi vắng")
    page = office.get(f"/ho-so/{case['code'].lower()}", "")
    # The journal goes by the database's clock.
    written = datetime.fromisoformat(office.get(f"/api/track/{case['code']}", "").json()["steps"][0]["at"])
    day = written.astimezone(MONDAY.tzinfo).date()
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    for told in (
        case["code"],
        "Cấp số nhà – Phường Mỹ Tho",
        "Đang kiểm tra",
        "<dd>08/12/2026</dd>",
        "15 ngày làm việc, tính từ sau ngày 16/11/2026",
        "chưa xác minh",
        "Nghỉ hằng tuần",
        "(chưa có quyết định xác nhận)",
        f'<time datetime="{day}">{day:%d/%m/%Y}</time> <span>Mới tiếp nhận',
    ):
        assert told in page.text, told
    for hidden in ("Đẹp", "0901234567", "Hùng Vương", "đi vắng", "Thửa 41"):
        assert hidden not in page.text
    assert "noindex" in page.text
    english = office.get(f"/ho-so/{case['code']}", "", lang="en")
    assert "Being checked" in english.text
    assert "15 working days" in english.text
    programs = office.get(f"/ho-so/{case['code']}", "", f="json", lang="en").json()
    tracked = office.get(f"/api/track/{case['code']}", "", lang="en").json()
    assert programs | {"opened_at": tracked["opened_at"]} == tracked


def test_the_page_says_what_a_case_waits_for(trial: Office) -> None:
    case = open_trial(trial)
    ask = f"/api/cases/{case['code']}/consultations"
    assert "Ông/bà chưa cần làm gì." in trial.get(f"/ho-so/{case['code']}", "").text
    for body in ("Phòng Cảnh sát PCCC", "Điện lực Mỹ Tho"):
        said = {"body": body, "question": "Có ý kiến gì không?", "version": case["version"]}
        case = trial.post(ask, said).json()
    number = case["consultations"][0]["id"]
    trial.post(f"{ask}/{number}/answer", {"answer": "objects", "words": "Không đạt"})
    page = trial.get(f"/ho-so/{case['code']}", "").text
    assert "Đã hỏi 2 nơi, 1 nơi đã trả lời." in page
    assert "Đang chờ ý kiến của cơ quan được hỏi." in page
    for hidden in ("PCCC", "Điện lực", "Không đạt", "Không đồng ý", "Có ý kiến gì"):
        assert hidden not in page
    trial.on(date(2026, 11, 19))
    told = trial.get(f"/api/track/{case['code']}", "").json()
    assert told["consultations"] == {"asked": 2, "answered": 1, "silent": 1}
    page = trial.get(f"/ho-so/{case['code']}", "").text
    assert "1 nơi quá hạn không trả lời, được coi là đồng ý." in page
    assert "Đang chờ ý kiến" not in page
    case = trial.moved(trial.read(case), "ask")
    page = trial.get(f"/ho-so/{case['code']}", "").text
    assert "đang chờ phần còn thiếu" in page
    assert "<dd>Đang tạm dừng tính thời hạn</dd>" in page
    trial.on(date(2026, 12, 1))
    assert "Đã quá hạn" not in trial.get(f"/ho-so/{case['code']}", "").text  # it stands still
    case = trial.moved(case, "drop")
    assert "Hồ sơ đã kết thúc ngày 01/12/2026." in trial.get(f"/ho-so/{case['code']}", "").text


def test_an_overdue_case_says_so_to_whoever_follows_it(office: Office) -> None:
    case = office.open()
    office.on(date(2026, 12, 8))
    assert "Đã quá hạn" not in office.get(f"/ho-so/{case['code']}", "").text
    office.on(date(2026, 12, 9))
    assert "Đã quá hạn" in office.get(f"/ho-so/{case['code']}", "").text
    assert office.get(f"/api/track/{case['code']}", "").json()["clocks"][0]["overdue"] is True


def test_a_code_is_asked_for_and_led_to_its_page(office: Office) -> None:
    case = office.open()
    assert "Mã hồ sơ" in office.get("/ho-so", "").text
    led = office.client.get(
        "/ho-so", params={"code": case["code"].lower(), "lang": "en"}, follow_redirects=False
    )
    assert (led.status_code, led.headers["location"]) == (303, f"/ho-so/{case['code']}?lang=en")


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ("", 200, "Chưa nhập mã hồ sơ."),
        ("K4TX", 400, "Mã gồm 12 chữ và số"),
        ("K4TX-92MR-PAV0", 400, "trong mã không có 0"),
        ('"><script>alert(1)</script>', 400, "Mã gồm 12 chữ và số"),
    ],
)
def test_what_is_no_code_is_told_beside_the_box(office: Office, typed: str, status: int, told: str) -> None:
    answer = _page(office, "/ho-so", code=typed)
    assert answer.status_code == status
    assert told in answer.text
    assert "<script>alert" not in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_slip_and_a_code_that_nothing_has_are_told_on_the_page(office: Office) -> None:
    code = office.open()["code"]
    slip = code[:-1] + next(symbol for symbol in SYMBOLS if symbol != code[-1])
    for path in (f"/ho-so/{slip}", "/ho-so/K4TX"):
        answer = _page(office, path)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
    assert "một ký tự bị gõ sai" in _page(office, f"/ho-so/{slip}").text
    problem(office.get("/ho-so", "", code=slip), 400, "code")
    nobody = new_code()
    answer = _page(office, f"/ho-so/{nobody}", lang="en")
    assert answer.status_code == 404
    assert f"There is no case {shown_code(nobody)}." in answer.text
    problem(office.get(f"/ho-so/{nobody}", ""), 404, "code")


def test_guessing_is_slowed_on_the_page_too(office: Office) -> None:
    case = office.open()
    answers = [_page(office, f"/ho-so/{new_code()}") for _ in range(130)]
    assert (answers[0].status_code, answers[-1].status_code) == (404, 429)
    assert "giấy hẹn" in answers[-1].text
    assert answers[-1].headers["retry-after"] == "60"
    for _ in range(300):
        _page(office, f"/ho-so/{new_code()}")
        if _page(office, f"/ho-so/{case['code']}").status_code == 429:
            break
    else:
        raise AssertionError("a code that is there is told to who guesses")
