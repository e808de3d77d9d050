"""Before an adjustment is filed: the permit that is named is no other one, as the case's own check has it."""

from typing import Any

from tests.support.office import Office
from tests.support.permit_desk import building, issued


def _line(office: Office, **more: Any) -> dict[str, Any]:
    answer = office.post("/api/permits/check", building() | {"kind": "adjustment"} | more, "")
    assert answer.status_code == 200, answer.text
    return next(one for one in answer.json()["lines"] if one["code"] == "permits")


def test_the_permit_that_is_named_is_not_met(office: Office) -> None:
    issued(office)
    assert _line(office)["outcome"] == "cannot_decide"
    assert _line(office, permit=" 15/GPXD ")["outcome"] == "pass"
    assert _line(office, permit="16/GPXD")["outcome"] == "fail"
