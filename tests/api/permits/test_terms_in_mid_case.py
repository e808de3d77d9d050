"""A law that changes while a case is under way changes nothing of it; terms differ by what is applied for."""

from datetime import date

import pytest

from tests.support.office import Office
from tests.support.permit_desk import opened
from tests.support.problems import problem


def test_a_case_keeps_the_term_of_the_law_it_was_filed_under(office: Office) -> None:
    office.on(date(2026, 6, 30))
    old = opened(office)
    office.on(date(2026, 7, 1))
    new = opened(office, 2)
    (before,), (after,) = old["clocks"], new["clocks"]
    assert (before["days"], before["counts"], before["due_on"]) == (15, "calendar", "2026-07-15")
    assert (after["days"], after["counts"], after["due_on"]) == (7, "working", "2026-07-10")
    assert before["rule"]["reading"] == "unverified"
    assert after["rule"]["reading"] == "seen"
    # Under way, past the change, with a pause: the fifteen days stay fifteen days.
    office.on(date(2026, 7, 3))
    old = office.moved(
        office.moved(office.read(old), "take_up"), "ask_supplement", reason="Thiếu bản vẽ mặt cắt"
    )
    limit, added = old["clocks"]
    assert (limit["paused"], limit["used"]) == (True, 3)
    assert (added["days"], added["due_on"]) == (2, "2026-07-07")
    office.on(date(2026, 7, 7))
    old = office.moved(old, "supplemented")
    assert old["clocks"][0]["due_on"] == "2026-07-20"  # twelve days after the 7th are the 19th, a Sunday
    assert office.read(new)["clocks"][0]["due_on"] == "2026-07-10"


def test_seven_working_days_stand_still_too(office: Office) -> None:
    office.on(date(2026, 7, 1))
    case = office.moved(opened(office), "take_up")
    office.on(date(2026, 7, 3))
    case = office.moved(case, "ask_supplement", reason="Thiếu bản vẽ mặt cắt")
    office.on(date(2026, 7, 8))
    # Past the two working days nothing came: the case may be refused, or the supplement taken all the same.
    assert {move["name"] for move in case["moves"]["others"]} >= {"refuse_unsupplemented"}
    case = office.moved(office.read(case), "supplemented")
    assert case["clocks"][0]["due_on"] == "2026-07-15"
    told = problem(office.move(case, "ask_supplement", reason="Thiếu ảnh"), 409, "move")
    assert "một lần" in told["detail_vi"]


def test_a_file_that_nobody_completes_is_refused_after_its_days_alone(office: Office) -> None:
    office.on(date(2026, 7, 1))
    case = office.moved(opened(office), "ask_supplement", reason="Thiếu bản vẽ")
    office.on(date(2026, 7, 3))
    problem(office.move(case, "refuse_unsupplemented", reason="Không bổ sung"), 409, "move")
    office.on(date(2026, 7, 4))
    assert office.moved(case, "refuse_unsupplemented", reason="Không bổ sung")["state"]["name"] == "refused"


@pytest.mark.parametrize(
    ("kind", "use", "days"),
    [
        ("new", "house", 7),
        ("temporary", "house", 7),
        ("new", "shop", 10),
        ("relocation", "office", 10),
        ("repair", "house", 9),
        ("adjustment", "house", 9),
        ("extension", "shop", 5),
    ],
)
def test_the_term_goes_by_what_is_applied_for(office: Office, kind: str, use: str, days: int) -> None:
    (clock,) = opened(office, kind=kind, use=use, permit="15/GPXD")["clocks"]
    assert (clock["days"], clock["counts"]) == (days, "working")
