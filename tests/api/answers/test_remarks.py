""" "This is wrong": anybody says so, stewards hear of it, and close it with what came of it."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from tests.api.answers.conftest import Ask, SignIn

WORDS = "Thửa này đã tách năm 2021, bản đồ chưa cập nhật."


def _file(client: TestClient, answer: dict[str, Any], **body: str) -> Any:
    return client.post(f"/api/planning/answers/{answer['id']}/remarks", json={"words": WORDS, **body})


def _notices(client: TestClient, headers: dict[str, str]) -> list[dict[str, Any]]:
    found = client.get("/api/notices", headers=headers).json()["notices"]
    return [notice for notice in found if notice["kind"] == "planning-remark"]


def test_a_remark_reaches_the_steward_and_is_closed(client: TestClient, ask: Ask, sign_in: SignIn) -> None:
    answer, steward = ask(), sign_in(Role.STEWARD)
    assert _file(client, answer, place="/affected/0").status_code == 201
    assert _file(client, answer).status_code == 201
    (notice,) = _notices(client, steward)
    assert answer["id"] in notice["text"]

    waiting = client.get("/api/planning/remarks", headers=steward).json()["remarks"]
    assert [(r["answer_id"], r["place"], r["words"]) for r in waiting] == [
        (answer["id"], "/affected/0", WORDS),
        (answer["id"], "", WORDS),
    ]
    for remark in waiting:
        told = client.post(
            f"/api/planning/remarks/{remark['id']}/outcome",
            json={"outcome": "Đã chuyển Văn phòng đăng ký đất đai."},
            headers=steward,
        )
        assert told.status_code == 204
    assert _notices(client, steward) == []
    assert client.get("/api/planning/remarks", headers=steward).json()["remarks"] == []
    everything = client.get("/api/planning/remarks", params={"open": False}, headers=steward).json()
    assert {r["outcome"] for r in everything["remarks"]} == {"Đã chuyển Văn phòng đăng ký đất đai."}
    again = client.post(
        f"/api/planning/remarks/{waiting[0]['id']}/outcome", json={"outcome": "x"}, headers=steward
    )
    assert again.status_code == 404


def test_not_more_wait_than_can_be_read(client: TestClient, ask: Ask) -> None:
    answer = ask()
    assert [_file(client, answer).status_code for _ in range(21)] == [201] * 20 + [429]


@pytest.mark.parametrize(
    "place", ["/affected/9", "/nothing", "affected/0", "/affected/-1", "/affected/x", "//"]
)
def test_a_line_that_is_not_there_is_told(client: TestClient, ask: Ask, place: str) -> None:
    told = _file(client, ask(), place=place)
    assert (told.status_code, told.json()["parameter"]) == (404, "place")


@pytest.mark.parametrize("words", ["", "  ", "x" * 2001, "a\x00b", "\u0958" * 1500])
def test_what_says_nothing_or_too_much_is_refused(client: TestClient, ask: Ask, words: str) -> None:
    assert _file(client, ask(), words=words).status_code in (400, 422)


def test_the_public_reads_no_remarks(client: TestClient, ask: Ask, sign_in: SignIn) -> None:
    _file(client, ask())
    assert client.get("/api/planning/remarks").status_code == 401
    assert client.get("/api/planning/remarks", headers=sign_in(Role.OPERATOR)).status_code == 403
