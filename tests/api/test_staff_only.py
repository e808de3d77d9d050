"""Cameras and cases are for staff, plates and reporters for few; each look at a person leaves an entry."""

from collections.abc import Mapping
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.audit.trail import verify_trail
from gis_platform.database.server import Logins
from tests.support.problems import problem
from tests.support.staff import Headers

CASES = "/ogc/collections/violations/items"
CAMERAS = "/ogc/collections/cameras/items"
TILE = "/ogc/collections/{}/tiles/WebMercatorQuad/10/482/814"
PERSONAL = ["plate", "reporter_name", "reporter_phone"]


def _entries(places: Logins, username: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(places.owner) as connection:
        rows = connection.execute(
            """SELECT role, action, subject, detail FROM core.audit_entry
               WHERE actor = %s AND action = 'personal-data.read' ORDER BY seq""",
            [username],
        )
        return rows.fetchall()


@pytest.mark.parametrize("path", [CASES, f"{CASES}/1", CAMERAS, f"{CAMERAS}/1", TILE.format("cameras")])
def test_who_has_not_signed_in_is_asked_to(city_client: TestClient, path: str) -> None:
    answer = city_client.get(path)
    problem(answer, 401)
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("role", [Role.PLANNER, Role.PERMIT])
def test_a_role_outside_is_refused(
    city_client: TestClient, staff: Mapping[Role, Headers], role: Role
) -> None:
    for path in (CASES, f"{CASES}/1", TILE.format("violations"), "/ogc/collections/violations"):
        assert str(role) in problem(city_client.get(path, headers=staff[role]), 403)["detail"]


def test_the_public_is_not_told_of_them_elsewhere(city_client: TestClient) -> None:
    """Neither the list, the map, the age of the data nor the search names a camera or a case."""
    listed = city_client.get("/ogc/collections").json()
    assert {c["id"] for c in listed["collections"]}.isdisjoint({"cameras", "violations"})
    assert listed["hidden"]["count"] == 2
    for path in ("/map/style.json", "/map/legend.json", "/api/layers"):
        text = city_client.get(path).text
        assert '"cameras"' not in text
        assert '"violations"' not in text
    results = city_client.get("/api/search", params={"q": "camera", "limit": 50}).json()["results"]
    assert {r["layer"] for r in results}.isdisjoint({"cameras", "violations"})
    assert "cameras" not in problem(city_client.get("/ogc/collections/nothing"), 404)["detail"]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.STEWARD, Role.AUDITOR])
def test_cases_without_people(
    city_client: TestClient, staff: Mapping[Role, Headers], small_city: Logins, role: Role
) -> None:
    page = city_client.get(CASES, params={"limit": 5}, headers=staff[role]).json()
    assert page["hidden"] == PERSONAL
    assert page["features"]
    for feature in page["features"]:
        assert set(PERSONAL).isdisjoint(feature["properties"])
    told = city_client.get("/ogc/collections/violations", headers=staff[role]).json()["access"]
    assert told["hidden_properties"] == PERSONAL
    assert told["reason"]
    for name in PERSONAL:
        asked = city_client.get(CASES, params={name: "x"}, headers=staff[role])
        problem(asked, 400, name)
    assert _entries(small_city, f"demo-{role}") == []


def test_enforcement_sees_plates_and_each_look_is_written_down(
    city_client: TestClient, staff: Mapping[Role, Headers], small_city: Logins
) -> None:
    headers, who = staff[Role.ENFORCEMENT], f"demo-{Role.ENFORCEMENT}"
    before = len(_entries(small_city, who))
    asked = {"limit": "5", "stream": "traffic"}
    page = city_client.get(CASES, params=asked, headers=headers).json()
    assert page["hidden"] == []
    plates = [feature["properties"]["plate"] for feature in page["features"]]
    assert all(plates)
    case = page["features"][0]["id"]
    city_client.get(f"{CASES}/{case}", headers=headers)
    city_client.get(CASES, params={"plate": plates[0]}, headers=headers)
    entries = _entries(small_city, who)[before:]
    assert [(role, action, subject) for role, action, subject, _ in entries] == [
        ("gis_enforcement", "personal-data.read", "violations/items"),
        ("gis_enforcement", "personal-data.read", f"violations/items/{case}"),
        ("gis_enforcement", "personal-data.read", "violations/items"),
    ]
    assert all(detail["properties"] == PERSONAL for *_, detail in entries)
    assert entries[0][3]["asked"] == {"limit": "5", "stream": "traffic"}
    # The trail says that somebody was looked for, not who.
    assert plates[0] not in str(entries)


def test_the_mark_of_a_page_in_an_order_by_plates_is_not_written_down(
    city_client: TestClient, staff: Mapping[Role, Headers], small_city: Logins
) -> None:
    headers, who = staff[Role.ENFORCEMENT], f"demo-{Role.ENFORCEMENT}"
    page = city_client.get(CASES, params={"sortby": "plate", "limit": 2}, headers=headers).json()
    following = next(link["href"] for link in page["links"] if link["rel"] == "next")
    assert city_client.get(following, headers=headers).status_code == 200
    asked = _entries(small_city, who)[-1][3]["asked"]
    assert asked == {"sortby": "plate", "limit": "2", "after": "…"}


def test_a_tile_and_a_sum_hold_no_person_and_leave_no_entry(
    city_client: TestClient, staff: Mapping[Role, Headers], small_city: Logins
) -> None:
    headers, who = staff[Role.ENFORCEMENT], f"demo-{Role.ENFORCEMENT}"
    before = len(_entries(small_city, who))
    tile = city_client.get(TILE.format("violations"), headers=headers)
    assert tile.status_code == 200
    assert b"plate" not in tile.content
    assert "private" in tile.headers["cache-control"]
    city_client.get(
        "/api/violations/summary",
        params={"stream": "traffic", "from": "2022-05-15", "to": "2023-09-06"},
        headers=headers,
    )
    assert len(_entries(small_city, who)) == before


def test_the_chain_holds_after_all_this(small_city: Logins) -> None:
    with psycopg.connect(small_city.owner) as connection:
        assert verify_trail(connection).seq > 0
