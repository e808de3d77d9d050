""" "This is wrong": anybody says so, stewards hear of it, and close it with what came of it."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from tests.api.answers.conftest import Ask, SignIn
from tests.support.accounts import audited

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


def test_the_list_says_which_line_of_which_parcel_and_narrows(
    client: TestClient, ask: Ask, sign_in: SignIn
) -> None:
    answer, planner, steward = ask(), sign_in(Role.PLANNER), sign_in(Role.STEWARD)
    places = ["/affected/0", "/verdict", "", "/parcels/0/address"]
    first, *_ = [_file(client, answer, place=place).json()["remark"] for place in places]
    assert len(_notices(client, planner)) == 1, "the planner hears of it too"

    def listed(**asked: str) -> dict[str, Any]:
        told = client.get("/api/planning/remarks", params=asked, headers=planner)
        assert told.status_code == 200, told.text
        return dict(told.json())

    found = listed()
    assert [r["line"] for r in found["remarks"]] == [
        "Bị ảnh hưởng: Chức năng sử dụng đất quy hoạch – Khu ở C1",
        "Kết luận",
        "Toàn bộ kết quả",
        "Thông tin thửa đất: Địa chỉ thửa đất",
    ]
    assert {(r["parcel"]["sheet_no"], r["parcel"]["parcel_no"]) for r in found["remarks"]} == {("12", "45")}
    assert found["counts"] == {"open": 4, "closed": 0}
    assert [(u["code"], u["remarks"]) for u in found["units"]] == [("28249", 4)]
    assert listed(unit="28250")["remarks"] == []
    assert len(listed(unit="28249", answer=answer["id"])["remarks"]) == 4
    assert listed(answer="f" * 20)["remarks"] == []
    told = client.post(
        f"/api/planning/remarks/{first}/outcome",
        json={"resolution": "corrected", "outcome": "Đã sửa."},
        headers=steward,
    )
    assert told.status_code == 204, told.text
    (done,) = listed(state="closed")["remarks"]
    assert (done["id"], done["resolution"], done["outcome"]) == (first, "corrected", "Đã sửa.")
    assert len(listed(state="all")["remarks"]) == 4
    assert first not in [r["id"] for r in listed()["remarks"]]


def test_each_look_at_a_remark_is_audited(
    client: TestClient, database: Logins, ask: Ask, sign_in: SignIn
) -> None:
    number = _file(client, ask(), words="Gọi cho tôi: 0900 000 000.").json()["remark"]
    planner, steward = sign_in(Role.PLANNER), sign_in(Role.STEWARD)
    read = client.get(f"/api/planning/remarks/{number}", headers=planner)
    assert (read.json()["may_close"], read.headers["cache-control"]) == (False, "private, no-store")
    assert audited(database)[-1][1:3] == ("planning.remark.read", f"planning-remark/{number}")
    assert "0900" not in str(audited(database))
    assert client.get(f"/api/planning/remarks/{number}", headers=steward).json()["may_close"] is True
    client.get("/api/planning/remarks", headers=steward)
    assert audited(database)[-1][1] == "planning.remarks.read"


def test_one_remark_is_for_its_readers(client: TestClient, ask: Ask, sign_in: SignIn) -> None:
    number = _file(client, ask()).json()["remark"]
    assert client.get(f"/api/planning/remarks/{number}").status_code == 401
    assert client.get(f"/api/planning/remarks/{number}", headers=sign_in(Role.PERMIT)).status_code == 403
    planner = sign_in(Role.PLANNER)
    assert client.get(f"/api/planning/remarks/{number + 1}", headers=planner).status_code == 404
    body = {"outcome": "x"}
    told = client.post(f"/api/planning/remarks/{number}/outcome", json=body, headers=planner)
    assert told.status_code == 403
    body = {"outcome": "x", "resolution": "lost"}
    told = client.post(f"/api/planning/remarks/{number}/outcome", json=body, headers=sign_in(Role.STEWARD))
    assert told.status_code == 400
