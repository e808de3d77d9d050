"""A kept answer on paper: the same answer, whenever it is printed; signed, it is the statement."""

from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from tests.api.answers.conftest import Ask, SignIn
from tests.support.extracts import pages_of


def _text(client: TestClient, answer_id: str) -> str:
    told = client.get(f"/answers/{answer_id}.pdf")
    assert told.status_code == 200, told.text
    assert told.headers["content-type"] == "application/pdf"
    return " ".join(pages_of(told.content))


def test_it_prints_with_its_code(client: TestClient, ask: Ask) -> None:
    answer = ask()
    text = _text(client, answer["id"])
    assert answer["id"] in text
    assert "Thửa đất số 45, tờ bản đồ số 12" in text
    assert "TRA CỨU THAM KHẢO" in text


def test_signed_it_is_the_statement(client: TestClient, ask: Ask, sign_in: SignIn) -> None:
    answer = ask()
    body = {"officer": "Nguyễn Văn Minh", "office": "UBND phường Đạo Thạnh"}
    signed = client.post(
        f"/api/planning/answers/{answer['id']}/statement", json=body, headers=sign_in(Role.PLANNER)
    )
    text = _text(client, answer["id"])
    assert signed.json()["statement"]["number"] in text
    assert "Nguyễn Văn Minh" in text
    assert "TRA CỨU THAM KHẢO" not in text


def test_what_is_not_kept_does_not_print(client: TestClient) -> None:
    told = client.get(f"/answers/{'0' * 20}.pdf", params={"lang": "en"})
    assert told.status_code == 404
    assert told.json()["parameter"] == "answer_id"
