"""Following a case by its code: what its holder may know, and nothing by guessing."""

import json

import pytest

from gis_platform.casework.codes import SYMBOLS, is_code, new_code, shown_code
from tests.support.office import Office
from tests.support.problems import problem


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
