"""Deliveries are the stewards' alone, and a key works with them only where it says so."""

import pytest

from gis_platform.access.roles import Role
from tests.support.desk import Desk
from tests.support.keys import make_key
from tests.support.problems import problem

READ = ("", "/1", "/1/changes", "/1/faults", "/1/report.csv", "/1/report.gpkg", "/1/proposal", "/1/rollback")
READ_MORE = (*READ, "/1/tiles/14/13040/7710", "/uploads")
SAID = {
    "": {"upload": "x", "layer": "parcels", "source_date": "2021-01-01"},
    "/1/approve": {},
    "/1/reject": {"note": "no"},
    "/1/mapping": {},
    "/1/resume": {},
    "/1/rollback": {"note": "no"},
    "/1/changes/1/decision": {"decision": "accepted"},
}
OUTSIDE = (Role.PLANNER, Role.PERMIT, Role.ENFORCEMENT, Role.OPERATOR, Role.AUDITOR)


@pytest.mark.parametrize("path", READ_MORE)
def test_who_reads_is_a_steward(desk: Desk, path: str) -> None:
    problem(desk.client.get(f"/api/deliveries{path}"), 401)
    # A planner's draft comes in by the same door.
    outside = [role for role in OUTSIDE if not (path == "/uploads" and role is Role.PLANNER)]
    for role in outside:
        told = problem(desk.client.get(f"/api/deliveries{path}", headers=desk.staff[role]), 403)
        assert str(role) in told["detail"]


@pytest.mark.parametrize("path", SAID)
def test_who_decides_is_a_steward(desk: Desk, path: str) -> None:
    problem(desk.client.post(f"/api/deliveries{path}", json=SAID[path]), 401)
    for role in OUTSIDE:
        problem(desk.post(path, SAID[path], role), 403)
    assert desk.get("/1")["status"] == "applied"


@pytest.mark.parametrize("role", [Role.STEWARD, Role.ADMIN])
def test_stewards_and_administrators_are_let_in(desk: Desk, role: Role) -> None:
    answer = desk.client.get("/api/deliveries", headers=desk.staff[role])
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"


def test_a_key_needs_the_part_and_the_layer(desk: Desk) -> None:
    def asked(name: str, *scopes: str) -> dict[str, str]:
        token = make_key(desk.places, name, *scopes, account="demo-steward")
        return {"X-API-Key": token}

    listing, nothing = asked("listing", "api:deliveries"), asked("nothing", "read:*")
    problem(desk.client.get("/api/deliveries", headers=nothing), 403)
    assert desk.client.get("/api/deliveries", headers=listing).status_code == 200
    told = problem(desk.client.get("/api/deliveries/1/faults", headers=listing), 403)
    assert told["scope"] == "read:parcels"
    reading = asked("reading", "api:deliveries", "read:parcels")
    assert desk.client.get("/api/deliveries/1/faults", headers=reading).status_code == 200
    refused = desk.client.post("/api/deliveries/1/reject", json={"note": "no"}, headers=reading)
    assert problem(refused, 403)["scope"] == "write:parcels"
