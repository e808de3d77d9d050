"""A planner signs an answer of today, once, under the next number of the year."""

import hashlib
import json
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from tests.api.answers.conftest import Ask, SignIn
from tests.support.accounts import audited

Connection = psycopg.Connection[Any]

BODY = {"officer": "Nguyễn Văn Minh, Trưởng phòng", "office": "UBND phường Đạo Thạnh"}


def _sign(client: TestClient, answer_id: str, headers: dict[str, str]) -> Any:
    return client.post(f"/api/planning/answers/{answer_id}/statement", json=BODY, headers=headers)


def test_it_is_numbered_shown_and_audited(
    client: TestClient, database: Logins, ask: Ask, sign_in: SignIn
) -> None:
    answer = ask()
    told = _sign(client, answer["id"], sign_in(Role.PLANNER))
    assert told.status_code == 201, told.text
    statement = client.get(f"/answers/{answer['id']}").json()["receipt"]["statement"]
    assert statement == told.json()["statement"]
    assert statement["number"] == f"1/{answer['as_of'][:4]}"
    assert statement["officer"] == BODY["officer"]
    assert audited(database)[-1][1:3] == (
        "planning.statement.signed",
        f"planning-answer/{answer['id']}",
    )


def test_who_asks_the_same_again_is_told_of_the_signature(
    client: TestClient, ask: Ask, sign_in: SignIn
) -> None:
    answer = ask()
    assert answer["receipt"]["statement"] is None
    signed = _sign(client, answer["id"], sign_in(Role.PLANNER)).json()["statement"]
    again = ask()
    assert again["id"] == answer["id"]
    assert again["receipt"]["statement"] == signed


def test_it_is_signed_once_and_numbers_follow(client: TestClient, ask: Ask, sign_in: SignIn) -> None:
    planner = sign_in(Role.PLANNER)
    first = ask()["id"]
    english = client.get("/api/planning/lookup", params={"sheet": "12", "parcel": "45", "lang": "en"})
    assert _sign(client, first, planner).status_code == 201
    assert _sign(client, first, planner).status_code == 409
    second = _sign(client, english.json()["id"], planner).json()["statement"]["number"]
    assert second.startswith("2/")


def test_an_answer_of_another_day_is_not_signed(
    client: TestClient, ask: Ask, ground: Connection, sign_in: SignIn
) -> None:
    kept = client.get(f"/answers/{ask()['id']}/document").json()
    old = json.dumps({**kept, "as_of": "2020-01-01"})
    digest = hashlib.sha256(old.encode()).hexdigest()
    ground.execute(
        "INSERT INTO planning.answer (id, sha256, language, document, parcels, synthetic) "
        "VALUES (%s, %s, 'vi', %s, '{}', false)",
        [digest[:20], digest, old],
    )
    assert _sign(client, digest[:20], sign_in(Role.PLANNER)).status_code == 409


def test_what_was_known_once_is_not_signed(
    client: TestClient, ask: Ask, ground: Connection, sign_in: SignIn
) -> None:
    ask()
    row = ground.execute("SELECT now()").fetchone()
    assert row is not None
    then = client.get(
        "/api/planning/lookup", params={"sheet": "12", "parcel": "45", "known_at": row[0].isoformat()}
    ).json()
    assert _sign(client, then["id"], sign_in(Role.PLANNER)).status_code == 409


def test_what_has_changed_since_it_was_asked_is_not_signed(
    client: TestClient, ask: Ask, ground: Connection, sign_in: SignIn
) -> None:
    answer = ask()
    ground.execute("UPDATE layer.zoning SET valid_from = '2026-01-01', max_density_pct = 60")
    planner = sign_in(Role.PLANNER)
    assert _sign(client, answer["id"], planner).status_code == 409
    assert _sign(client, ask()["id"], planner).status_code == 201


@pytest.mark.parametrize("role", [Role.STEWARD, Role.PERMIT, Role.AUDITOR, Role.OPERATOR])
def test_nobody_else_signs(client: TestClient, ask: Ask, sign_in: SignIn, role: Role) -> None:
    assert _sign(client, ask()["id"], sign_in(role)).status_code == 403


def test_the_public_does_not_sign(client: TestClient, ask: Ask) -> None:
    assert _sign(client, ask()["id"], {}).status_code == 401


def test_a_signature_is_not_altered(
    client: TestClient, ask: Ask, ground: Connection, sign_in: SignIn
) -> None:
    _sign(client, ask()["id"], sign_in(Role.PLANNER))
    for statement in ("UPDATE planning.statement SET officer = 'x'", "DELETE FROM planning.statement"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ground.execute(statement.encode())


@pytest.mark.parametrize("body", [{}, {"officer": " ", "office": "a"}, {**BODY, "number": 7}, {"officer": 1}])
def test_a_bad_signature_is_refused(
    client: TestClient, ask: Ask, sign_in: SignIn, body: dict[str, Any]
) -> None:
    told = client.post(
        f"/api/planning/answers/{ask()['id']}/statement", json=body, headers=sign_in(Role.PLANNER)
    )
    assert told.status_code in (400, 422)


_OF_ANOTHER_WARD = """
    INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom)
    VALUES ('28252', '12', '45', '2025-01-01', '2025-01-01',
            ST_Multi(ST_MakeEnvelope(567250, 1145150, 567260, 1145170, core.working_srid())))
"""


@pytest.mark.parametrize(("language", "words"), [("vi", "ghi rõ phường, xã"), ("en", "with its ward")])
def test_what_has_several_meanings_is_not_signed(
    client: TestClient, ask: Ask, ground: Connection, sign_in: SignIn, language: str, words: str
) -> None:
    ground.execute(_OF_ANOTHER_WARD)
    answer = ask()
    assert answer["ambiguous"] is True
    planner = sign_in(Role.PLANNER)
    told = client.post(
        f"/api/planning/answers/{answer['id']}/statement",
        params={"lang": language},
        json=BODY,
        headers=planner,
    )
    assert told.status_code == 409
    assert words in told.json()["detail"]
    one = client.get("/api/planning/lookup", params={"sheet": "12", "parcel": "45", "unit": "28252"}).json()
    assert _sign(client, one["id"], planner).status_code == 201


def test_several_parcels_asked_for_as_one_site_are_signed(
    client: TestClient, ground: Connection, sign_in: SignIn
) -> None:
    ground.execute(_OF_ANOTHER_WARD)
    asked = {"parcels": [{"sheet": "12", "parcel": "45", "unit": unit} for unit in ("28249", "28252")]}
    site = client.post("/api/planning/lookup", json=asked).json()
    assert (len(site["parcels"]), site["ambiguous"]) == (2, False)
    assert _sign(client, site["id"], sign_in(Role.PLANNER)).status_code == 201


def test_open_remarks_are_confirmed_by_their_number(client: TestClient, ask: Ask, sign_in: SignIn) -> None:
    answer, planner = ask()["id"], sign_in(Role.PLANNER)
    for words in ("Sai mật độ.", "Sai chức năng."):
        client.post(f"/api/planning/answers/{answer}/remarks", json={"words": words})
    ready = client.get(f"/api/planning/answers/{answer}/statement", headers=planner).json()
    assert (ready["may_sign"], ready["open_remarks"]) == (True, 2)
    assert ready["number"].startswith("1/")
    address = f"/api/planning/answers/{answer}/statement"
    for seen in ({}, {"remarks_seen": 1}):
        told = client.post(address, json={**BODY, **seen}, headers=planner)
        assert (told.status_code, told.json()["open_remarks"]) == (409, 2)
        assert "2 phản ánh chưa xử lý" in told.json()["detail"]
    told = client.post(address, json={**BODY, "remarks_seen": 2}, headers=planner)
    assert told.status_code == 201, told.text
    after = client.get(address, headers=planner).json()
    assert (after["may_sign"], after["statement"]["number"]) == (False, ready["number"])
    assert "đã được ký" in after["why_not"]


@pytest.mark.parametrize("role", [Role.STEWARD, Role.PERMIT])
def test_nobody_else_learns_whether_it_can_be_signed(
    client: TestClient, ask: Ask, sign_in: SignIn, role: Role
) -> None:
    address = f"/api/planning/answers/{ask()['id']}/statement"
    assert client.get(address).status_code == 401
    assert client.get(address, headers=sign_in(role)).status_code == 403
