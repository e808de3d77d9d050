"""The check asks the register: ground for which somebody holds a permit is told, of the day asked about."""

from datetime import date
from typing import Any

from tests.support.office import Office
from tests.support.permit_desk import building, checked, handed, issued


def _line(told: dict[str, Any]) -> dict[str, Any]:
    return next(one for one in told["lines"] if one["code"] == "permits")


def _asked(office: Office, **more: Any) -> dict[str, Any]:
    answer = office.post("/api/permits/check", {**building(), **more}, "")
    assert answer.status_code == 200, answer.text
    return _line(answer.json())


def test_a_permit_in_force_is_met_and_its_own_is_not(office: Office) -> None:
    assert _asked(office)["outcome"] == "pass"
    issued(office)
    met = _asked(office)
    assert (met["outcome"], met["measured"]) == ("fail", 96.0)
    assert "15/GPXD" in met["reason"]
    assert _asked(office, on="2026-11-10")["outcome"] == "pass"
    office.on(date(2026, 12, 1))
    case = checked(office, kind="adjustment", permit="15/GPXD")
    kept = handed(office, case, building(inset=3, floors=2))
    assert _line(kept["check"])["outcome"] == "pass"
    lapsed = _asked(office, on="2027-12-01")
    assert (lapsed["outcome"], lapsed["measured"]) == ("cannot_decide", 96.0)
