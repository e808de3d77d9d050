"""A machine key works on cases, and signs nothing: what a person answers for is done in person."""

from typing import Any

import pytest

from tests.support.keys import make_key
from tests.support.office import GIVEN, PDF, Office
from tests.support.problems import problem


@pytest.fixture
def machine(office: Office) -> dict[str, str]:
    """Headers of a key for cases, of an officer's account."""
    office.who("an")
    return {"X-API-Key": make_key(office.places, "mot-cua", "api:cases", account="an")}


def _move(office: Office, machine: dict[str, str], case: Any, move: str, **more: Any) -> Any:
    body = {"move": move, "version": case["version"], **more}
    return office.client.post(f"/api/cases/{case['code']}/moves", json=body, headers=machine)


def test_a_key_signs_nothing(office: Office, machine: dict[str, str]) -> None:
    case = office.proposed()
    told = problem(_move(office, machine, case, "issue", given=GIVEN), 403)
    assert "khoá máy “mot-cua”" in told["detail_vi"]
    assert "in person" in told["detail"]
    problem(_move(office, machine, case, "withdraw", reason="Không còn nhu cầu"), 403)
    assert office.read(case)["version"] == case["version"]
    # The officer of the same account does.
    office.moved(case, "issue", given=GIVEN)


def test_a_key_proposes_no_decision(office: Office, machine: dict[str, str]) -> None:
    case = office.moved(office.open(), "take_up")
    office.add(case, "application", PDF)
    problem(_move(office, machine, office.read(case), "propose"), 403)


def test_a_key_reads_no_personal_data(office: Office, machine: dict[str, str]) -> None:
    case = office.open()
    number = office.add(case, "land_paper", PDF).json()["document"]
    base = f"/api/cases/{case['code']}"
    for path in (
        f"{base}/applicant?reason=Tra+c%E1%BB%A9u",
        f"{base}/receipt.pdf",
        f"{base}/documents/{number}",
    ):
        told = problem(office.client.get(path, headers=machine), 403)
        assert "dữ liệu cá nhân" in told["detail_vi"]
    assert office.get(f"{base}/documents/{number}").content == PDF


def test_the_rest_stays_open_to_a_key(office: Office, machine: dict[str, str]) -> None:
    case = office.client.post("/api/cases", json=office.filing(), headers=machine).json()
    assert _move(office, machine, case, "take_up").status_code == 200
    assert office.client.get(f"/api/cases/{case['code']}", headers=machine).status_code == 200
    added = office.client.post(
        f"/api/cases/{case['code']}/documents",
        params={"kind": "land_paper", "name": "giay.pdf"},
        content=PDF,
        headers=machine | {"Content-Type": "application/octet-stream"},
    )
    assert added.status_code == 201
