"""The paper of a number: at most one holds for a house, and anybody with its code sees whether it does."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
import shapely

from gis_platform.casework.codes import new_code
from tests.api.house_numbers.conftest import Office
from tests.support.accounts import audited
from tests.support.extracts import pages_of
from tests.support.problems import problem
from tests.support.towns import UNIT, UNIT_NAME, Town

HOUSES = "/api/house-numbers"
PAPERS = "/api/house-numbers/certificates"
STREET = [(0.0, 120.0), (0.0, 0.0)]


@pytest.fixture(scope="module")
def lots(office: Office) -> list[int]:
    """A street with ten lots and no house."""
    with psycopg.connect(office.places.owner) as connection:
        town = Town(connection)
        town.unit(UNIT, UNIT_NAME, (-500, -500, 500, 500))
        town.axis(town.line("Ấp Bắc", STREET), STREET)
        return [town.lot(shapely.box(5, 110 - 8 * n, 15, 118 - 8 * n)) for n in range(10)]


def _house(office: Office, lot: int) -> dict[str, Any]:
    answer = office.post(HOUSES, {"parcel": lot, "document": "12/GCN-SN"})
    assert answer.status_code == 201, answer.text
    given: dict[str, Any] = answer.json()
    return given


def _paper(office: Office, house: dict[str, Any], **body: str) -> dict[str, Any]:
    answer = office.post(f"{HOUSES}/{house['id']}/certificate", body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_whoever_has_the_code_sees_that_it_holds(office: Office, lots: list[int]) -> None:
    house = _house(office, lots[0])
    made = _paper(office, house)
    told = office.get(f"{PAPERS}/{made['code']}").json()
    assert told == made
    assert (told["valid"], told["address"], told["document"]) == (True, house["address"], "12/GCN-SN")
    assert (round(told["lon"]), round(told["lat"])) == (106, 10)
    assert (told["unit"], told["street"]) == (UNIT_NAME, "Ấp Bắc")
    assert office.get(f"{PAPERS}/{made['code'].lower().replace('-', ' ')}").json() == made
    page = office.get(f"/so-nha/{made['code']}")
    assert page.headers["content-type"].startswith("text/html")
    assert "Giấy đang còn hiệu lực." in page.text
    assert house["address"] in page.text
    (entry,) = [e for e in audited(office.places) if e[1] == "house-number.certified"]
    assert (entry[0], entry[2]) == ("hoa", f"house_numbers/{house['id']}")


def test_the_paper_is_set_with_its_code_and_says_when_it_holds_no_more(
    office: Office, lots: list[int]
) -> None:
    house = _house(office, lots[1])
    code = _paper(office, house)["code"]
    sheet = office.get(f"{PAPERS}/{code}.pdf")
    assert (sheet.status_code, sheet.headers["content-type"]) == (200, "application/pdf")
    (said,) = pages_of(sheet.content)
    for words in ("GIẤY CHỨNG NHẬN SỐ NHÀ", house["address"], code, "chưa đối chiếu với mẫu", UNIT_NAME):
        assert words in said
    assert "HẾT HIỆU LỰC" not in said
    assert office.get(f"{PAPERS}/{code}.pdf").content == sheet.content
    office.post(f"{HOUSES}/{house['id']}/state", {"state": "retired", "reason": "Nhà đã phá dỡ"})
    (void,) = pages_of(office.get(f"{PAPERS}/{code}.pdf").content)
    assert "HẾT HIỆU LỰC TỪ" in void
    told = office.get(f"{PAPERS}/{code}", lang="en").json()
    assert (told["valid"], told["superseded_why"]) == (False, "The number is used no more.")
    assert "Giấy hết hiệu lực từ ngày" in office.get(f"/so-nha/{code}").text
    problem(office.post(f"{HOUSES}/{house['id']}/certificate", {}), 409)


def test_a_new_paper_needs_a_reason_and_ends_the_one_before(office: Office, lots: list[int]) -> None:
    house = _house(office, lots[2])
    first = _paper(office, house)
    problem(office.post(f"{HOUSES}/{house['id']}/certificate", {}), 400, "reason")
    second = _paper(office, house, reason="Giấy cũ bị mất")
    told = office.get(f"{PAPERS}/{first['code']}").json()
    assert (told["valid"], told["superseded_why"]) == (False, "Đã cấp giấy mới thay giấy này.")
    assert told["sha256"] == first["sha256"]
    assert office.get(f"{PAPERS}/{second['code']}").json()["valid"] is True


def test_of_ten_made_at_once_one_holds(office: Office, lots: list[int]) -> None:
    house = _house(office, lots[3])
    with ThreadPoolExecutor(10) as crowd:
        made = list(crowd.map(lambda _: _paper(office, house, reason="Cấp lại giấy"), range(10)))
    valid = [office.get(f"{PAPERS}/{one['code']}").json()["valid"] for one in made]
    assert sorted(valid) == [False] * 9 + [True]


@pytest.mark.parametrize("change", ["number = 95", "street_id = 4711", "parcel_id = NULL"])
def test_whatever_changes_the_number_ends_its_paper(office: Office, lots: list[int], change: str) -> None:
    """By whatever way: a delivery writes as the owner."""
    house = _house(office, lots[4])
    code = _paper(office, house)["code"]
    with psycopg.connect(office.places.owner) as owner:
        owner.execute(f"UPDATE layer.house_numbers SET {change} WHERE id = %s", [house["id"]])  # noqa: S608
        assert _why(owner, code) == "changed"
        owner.rollback()
        owner.execute("UPDATE layer.house_numbers SET geom = geom WHERE id = %s", [house["id"]])
        assert _why(owner, code) is None
        owner.rollback()
    office.post(f"{HOUSES}/{house['id']}/state", {"state": "retired", "reason": "Thôi dùng số này"})


def test_nobody_rewrites_a_paper(office: Office, lots: list[int]) -> None:
    house = _house(office, lots[5])
    _paper(office, house)
    for statement in (
        "UPDATE numbering.certificate SET content = '{}' WHERE house_id = %s",
        "UPDATE numbering.certificate SET superseded_at = NULL, superseded_why = NULL WHERE house_id = %s",
        "DELETE FROM numbering.certificate WHERE house_id = %s",
    ):
        with (
            psycopg.connect(office.places.owner) as owner,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            owner.execute(statement, [house["id"]])


def test_who_may_not_makes_none(office: Office, lots: list[int]) -> None:
    house = _house(office, lots[6])
    path = f"{HOUSES}/{house['id']}/certificate"
    for headers in (office.elsewhere, office.planner):
        problem(office.post(path, {}, headers), 403)
    problem(office.client.post(path, json={}), 401)
    problem(office.post(f"{HOUSES}/999999/certificate", {}), 404)


def test_codes_that_no_paper_has_are_slowed_down(office: Office, lots: list[int]) -> None:
    made = _paper(office, _house(office, lots[7]))
    problem(office.get(f"{PAPERS}/abc"), 400, "code")
    told = [office.get(f"{PAPERS}/{new_code()}").status_code for _ in range(130)]
    assert (told[0], told[-1]) == (404, 429)
    # Who guesses is not told of one that is there either.
    for _ in range(300):
        office.get(f"{PAPERS}/{new_code()}")
        if office.get(f"{PAPERS}/{made['code']}").status_code == 429:
            break
    else:
        raise AssertionError("a code that is there is told to who guesses")


def _why(owner: psycopg.Connection[Any], code: str) -> str | None:
    stored = code.replace("-", "")
    row = owner.execute(
        "SELECT superseded_why FROM numbering.certificate WHERE code = %s", [stored]
    ).fetchone()
    assert row is not None
    return None if row[0] is None else str(row[0])
