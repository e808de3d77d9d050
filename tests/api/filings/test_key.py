"""What the key of a filing opens: papers, the word that a supplement is complete, and where the case is."""

from datetime import date
from typing import Any

import psycopg
import pytest

from api.guessing import MISSES_PER_MINUTE
from gis_platform.access.place_meter import PlaceMeter
from gis_platform.access.roles import Role
from gis_platform.casework.codes import SYMBOLS, new_code
from gis_platform.casework.keys import key_hash, new_key
from gis_platform.casework.registry import installed_workflows
from gis_platform.casework.reminding import remind
from gis_platform.layer.registry import installed_layers
from tests.support.citizen import Citizen
from tests.support.office import GIVEN, PDF, Office
from tests.support.problems import problem

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def _asked(citizen: Citizen, office: Office, why: str = "Thiếu giấy tờ về đất") -> Any:
    """A filing that waits for a supplement."""
    filed = citizen.file()
    office.moved(citizen.case(filed), "ask_supplement", reason=why)
    return filed


def _notices(office: Office, who: str = "an") -> list[Any]:
    told: list[Any] = office.get("/api/notices", who).json()["notices"]
    return told


def test_the_applicant_sees_the_filing_and_no_person(citizen: Citizen, office: Office) -> None:
    filed = citizen.file()
    citizen.add(filed, "land_paper", PDF, "sổ đỏ.pdf")
    answer = citizen.read(filed)
    assert "no-store" in answer.headers["cache-control"]
    told = answer.json()
    assert told["state"] == {"name": "received", "title": "Mới tiếp nhận", "ends": False}
    assert told["received_on"] == "2026-11-16"
    assert told["may_add"] is True
    assert told["waits_for_you"] is False
    assert told["reason"] is None
    (paper,) = told["documents"]
    assert (paper["kind"], paper["kind_title"], paper["name"]) == (
        "land_paper",
        "Giấy tờ về đất, nhà",
        "sổ đỏ.pdf",
    )
    assert paper["size_bytes"] == len(PDF)
    assert [one["name"] for one in told["document_kinds"] if one["held"]] == ["land_paper"]
    assert min(clock["due_on"] for clock in told["clocks"]) == filed["due_on"]
    assert [clock["due_on"] for clock in told["clocks"]] == [clock["due_on"] for clock in filed["clocks"]]
    for word in ("Nguyễn Thị Đẹp", "0901234567", "dep@example.vn", "082190001234", "sha256"):
        assert word not in answer.text
    case = office.moved(citizen.case(filed), "take_up")
    office.add(case, "site_photo", PNG, "biên bản ông Nguyễn Văn B.png")
    office.post(
        f"/api/cases/{case['code']}/assignment", {"to": "chi", "version": office.read(case)["version"]}
    )
    office.post(f"/api/cases/{case['code']}/notes", {"words": "Đã gọi bà Tư"})
    answer = citizen.read(filed)
    assert answer.json()["may_add"] is False
    for word in ("Nguyễn Văn B", "Tư", '"an"', '"chi"'):
        assert word not in answer.text


def test_the_whole_way_to_a_number_is_seen_with_the_key(citizen: Citizen, office: Office) -> None:
    filed = citizen.file()
    assert citizen.add(filed, "application").status_code == 201
    case = office.moved(citizen.case(filed), "take_up")
    case = office.moved(case, "propose")
    assert citizen.seen(filed)["state"]["title"] == "Đang trình quyết định"
    office.moved(case, "issue", given=GIVEN)
    told = citizen.seen(filed)
    assert told["state"]["ends"] is True
    by_name = {one["name"]: one for one in told["results"]}
    assert by_name["address"]["text"]
    assert by_name["certificate"]["link"] == f"/so-nha/{by_name['certificate']['text']}"
    problem(citizen.add(filed), 409)
    problem(citizen.complete(filed), 409)


def test_a_supplement_is_asked_for_added_and_told_to_be_complete(citizen: Citizen, office: Office) -> None:
    filed = citizen.file()
    problem(citizen.complete(filed), 409)
    taken = office.moved(citizen.case(filed), "take_up")
    problem(citizen.add(filed), 409)
    asked = office.moved(taken, "ask_supplement", reason="Thiếu giấy tờ về đất")
    told = citizen.seen(filed)
    assert told["waits_for_you"] is True
    assert told["reason"] == "Thiếu giấy tờ về đất"
    assert told["may_add"] is True
    assert told["told_complete"] is False
    assert citizen.add(filed, content=PNG, name="so.png").status_code == 201
    answer = citizen.complete(filed)
    assert answer.status_code == 200, answer.text
    assert answer.json()["told_complete"] is True
    assert citizen.complete(filed).status_code == 200
    case = citizen.case(filed)
    assert case["state"]["name"] == "supplement"
    assert case["version"] == asked["version"]
    assert [entry["action"] for entry in case["journal"]].count("supplement.told") == 1
    (notice,) = (one for one in _notices(office) if one["kind"] == "case_completed")
    assert filed["code"] in notice["text"]
    assert [one for one in _notices(office, "binh") if one["kind"] == "case_completed"] == []


@pytest.mark.anyio
async def test_the_notice_lasts_until_an_officer_moves_the_case_on(citizen: Citizen, office: Office) -> None:
    async def look() -> set[str]:
        async with await psycopg.AsyncConnection[Any].connect(office.places.app) as connection:
            await remind(connection, installed_workflows(), installed_layers(), date(2026, 11, 16))
        return {one["kind"] for one in _notices(office)}

    filed = citizen.file()
    assert "cases_online" in await look()
    office.moved(citizen.case(filed), "ask_supplement", reason="Thiếu giấy tờ về đất")
    assert await look() & {"cases_online", "case_completed"} == set()
    assert citizen.complete(filed).status_code == 200
    assert "case_completed" in await look()
    office.moved(citizen.case(filed), "supplemented")
    assert "case_completed" not in await look()
    # Asked once more, what was said before counts no more.
    office.moved(citizen.case(filed), "ask_supplement", reason="Ảnh mờ")
    assert "case_completed" not in await look()
    assert citizen.seen(filed)["told_complete"] is False


def test_what_an_officer_refused_says_why(citizen: Citizen, office: Office) -> None:
    filed = citizen.file()
    case = office.moved(citizen.case(filed), "take_up")
    office.moved(case, "refuse", reason="Thửa đất đã có số nhà")
    assert citizen.seen(filed)["reason"] == "Thửa đất đã có số nhà"


@pytest.mark.parametrize(
    "key",
    ["", "x", None, "K4TX-92MR-PAV7", "' OR 1=1 --", "K4TX" * 5, "%00", "2" * 60],
)
def test_a_wrong_key_opens_nothing_and_looks_like_an_unknown_code(citizen: Citizen, key: str | None) -> None:
    filed = citizen.file()
    key = new_key() if key is None else key
    unknown = {"code": new_code(), "key": new_key()}
    wrong = citizen.read(filed, key)
    other = citizen.read(unknown)
    assert problem(wrong, 404)["detail"] == problem(other, 404)["detail"]
    assert wrong.headers.keys() == other.headers.keys()
    for answer in (citizen.add(filed, key=key), citizen.complete(filed, key=key)):
        assert problem(answer, 404)["detail"] == wrong.json()["detail"]
    assert citizen.seen(filed)["documents"] == []


def test_without_a_key_there_is_tracking_alone(citizen: Citizen, office: Office) -> None:
    filed = citizen.file()
    for answer in (
        office.client.get(f"/api/filings/{filed['code']}"),
        office.client.post(f"/api/filings/{filed['code']}/complete"),
        office.client.post(
            f"/api/filings/{filed['code']}/documents", params={"kind": "land_paper", "name": "x"}, content=PDF
        ),
    ):
        problem(answer, 400)
    told = office.get(f"/api/track/{filed['code']}", "").json()
    assert told["state"] == "Mới tiếp nhận"
    assert "place" not in told


def test_a_key_opens_its_own_filing_alone(citizen: Citizen, office: Office) -> None:
    mine, other = citizen.file(), citizen.file(feature=office.parcels[1])
    counter = office.open(feature=office.parcels[2])
    for filed in (other, counter):
        problem(citizen.read(filed, mine["key"]), 404)
        problem(citizen.add(filed, key=mine["key"]), 404)
        problem(citizen.complete(filed, key=mine["key"]), 404)
    # Nor does being an officer: whoever works on the case has routes of his own.
    answer = office.client.get(
        f"/api/filings/{mine['code']}", headers=dict(office.who("an")) | {"X-Filing-Key": new_key()}
    )
    problem(answer, 404)


def test_who_guesses_is_slowed_down_and_a_right_key_then_too(citizen: Citizen, office: Office) -> None:
    filed = citizen.file()
    # Time stands still, so that no miss is forgiven meanwhile.
    office.client.app.state.codes_missed = PlaceMeter(MISSES_PER_MINUTE, now=lambda: 0.0)  # type: ignore[attr-defined]
    answers = [citizen.read(filed, new_key()).status_code for _ in range(2 * MISSES_PER_MINUTE + 5)]
    assert answers == [404] * (2 * MISSES_PER_MINUTE) + [429] * 5
    problem(citizen.read(filed), 429)
    problem(citizen.add(filed), 429)


def test_the_key_may_be_typed_in_any_way(citizen: Citizen) -> None:
    filed = citizen.file()
    for key in (filed["key"].lower(), filed["key"].replace("-", " "), filed["key"].replace("-", "")):
        assert citizen.read(filed, key).status_code == 200
    for place in range(0, len(filed["key"]), 7):
        symbol = filed["key"][place]
        if symbol != "-":
            slipped = next(other for other in SYMBOLS if other != symbol)
            assert key_hash(filed["key"][:place] + slipped + filed["key"][place + 1 :]) is None


def test_the_key_is_kept_as_a_hash_alone(citizen: Citizen, office: Office) -> None:
    filed = citizen.file()
    bare = filed["key"].replace("-", "")
    with psycopg.connect(office.places.owner) as owner:
        assert owner.execute("SELECT key_hash FROM casework.filing").fetchall() == [(key_hash(filed["key"]),)]
        for table in (
            "casework.case_file",
            "casework.journal",
            "casework.filing",
            "core.audit_entry",
            "core.outbox",
        ):
            rows = owner.execute(f"SELECT t::text FROM {table} t").fetchall()  # noqa: S608
            assert bare not in str(rows)
            assert filed["key"] not in str(rows)


def test_the_public_role_is_refused_though_it_knows_the_key(citizen: Citizen, office: Office) -> None:
    filed = citizen.file()
    hashed = key_hash(filed["key"])
    assert hashed is not None
    with psycopg.connect(office.places.public, autocommit=True) as connection:
        connection.execute("SELECT set_config('gis.filing', %s, false)", [hashed.hex()])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT 1 FROM casework.filing")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SET ROLE gis_filing")
    assert Role.PUBLIC.database_role == "gis_public"
