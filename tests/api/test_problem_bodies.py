"""A body that cannot be used is told in Vietnamese: under a title of its own, each fault in words."""

import pytest
from starlette.testclient import TestClient

from tests.support.problems import problem

LOOKUP, LOGIN = "/api/planning/lookup", "/api/auth/login"
VIETNAMESE = {"Accept-Language": "vi"}


@pytest.mark.parametrize(("path", "said"), [(LOOKUP, "đối tượng JSON"), (LOGIN, "không phải là JSON đúng")])
def test_bad_json_is_not_told_as_an_address(city_client: TestClient, path: str, said: str) -> None:
    headers = {**VIETNAMESE, "Content-Type": "application/json"}
    told = problem(city_client.post(path, content="{", headers=headers), 400)
    assert told["title"] == "Nội dung gửi lên chưa đúng"
    assert said in told["detail"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, ["Thiếu “username”.", "Thiếu “password”."]),
        ({"username": 1, "password": []}, ["“username” phải là văn bản.", "“password” phải là văn bản."]),
    ],
)
def test_each_fault_has_words(city_client: TestClient, body: dict[str, object], said: list[str]) -> None:
    told = problem(city_client.post(LOGIN, json=body, headers=VIETNAMESE), 400)
    assert [told["detail"], *(other["detail"] for other in told["others"])] == said
    english = problem(city_client.post(LOGIN, json=body, headers={"Accept-Language": "en"}), 400)
    assert english["title"] == "Bad Request"
    assert "Thiếu" not in english["detail"] + str([other["detail"] for other in english["others"]])
