"""Who may write what, said with its reason; what a resource knows is said by OPTIONS and 405."""

import pytest

from gis_platform.access.roles import Role
from gis_platform.layer import Layer
from tests.api.editing.conftest import Desk
from tests.support.layers import LAYERS, each_layer, each_outsider

WRITES = (("POST", "items"), ("PUT", "items/1"), ("PATCH", "items/1"), ("DELETE", "items/1"))
CLOSED = [layer for layer in LAYERS if not layer.editors]


@each_outsider()
def test_who_does_not_edit_a_layer_writes_nothing(desk: Desk, layer: Layer, role: Role) -> None:
    before = desk.value(f"SELECT count(*) FROM layer.{layer.name}")  # noqa: S608
    for method, path in WRITES:
        answer = desk.send(method, f"{layer.name}/{path}", role, {}, headers={"If-Match": "*"})
        if role not in layer.audience:
            wanted = 401 if role is Role.PUBLIC else 403
        elif not layer.editors:
            wanted = 405
        else:
            wanted = 401 if role is Role.PUBLIC else 403
        assert answer.status_code == wanted, answer.text
        assert layer.name in answer.json()["detail"]
        if wanted == 403 and role in layer.audience:
            assert all(editor in answer.json()["detail"] for editor in layer.editors)
    assert desk.value(f"SELECT count(*) FROM layer.{layer.name}") == before  # noqa: S608


@each_layer(CLOSED)
def test_what_changes_by_deliveries_alone_says_so(desk: Desk, layer: Layer) -> None:
    answer = desk.send("POST", f"{layer.name}/items", Role.ADMIN, {})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "deliveries" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("role", "path", "allow"),
    [
        (Role.OPERATOR, "hotspots/items", "GET, HEAD, OPTIONS, POST"),
        (Role.OPERATOR, "hotspots/items/1", "GET, HEAD, OPTIONS, PUT, PATCH, DELETE"),
        (Role.STEWARD, "hotspots/items/1", "GET, HEAD, OPTIONS"),
        (Role.PUBLIC, "parcels/items", "GET, HEAD, OPTIONS"),
        (Role.STEWARD, "parcels/items", "GET, HEAD, OPTIONS, POST"),
    ],
)
def test_options_say_what_the_caller_may(desk: Desk, role: Role, path: str, allow: str) -> None:
    answer = desk.send("OPTIONS", path, role)
    assert (answer.status_code, answer.headers["Allow"]) == (204, allow)


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "items"), ("PATCH", "items"), ("DELETE", "items"), ("POST", "items/1")],
)
def test_a_method_in_the_wrong_place_is_told_the_right_ones(desk: Desk, method: str, path: str) -> None:
    answer = desk.send(method, f"hotspots/{path}", Role.OPERATOR, {})
    assert answer.status_code == 405
    assert answer.json()["status"] == 405
    assert "OPTIONS" in answer.headers["Allow"]


def test_reading_goes_on_beside_writing(desk: Desk) -> None:
    assert desk.get("hotspots/items", Role.PUBLIC).status_code == 200
    head = desk.client.head("/ogc/collections/hotspots/items")
    assert (head.status_code, head.content) == (200, b"")


def test_a_session_from_another_site_writes_nothing(desk: Desk) -> None:
    account = {"username": "editing-operator", "password": "đường-Lê-Lợi-số-12"}
    signed_in = desk.client.post("/api/auth/login", json=account)
    assert signed_in.status_code in (200, 204), signed_in.text
    try:
        answer = desk.client.post(
            "/ogc/collections/hotspots/items", json={}, headers={"Origin": "https://elsewhere.example"}
        )
        assert answer.status_code == 403
    finally:
        desk.client.cookies.clear()
