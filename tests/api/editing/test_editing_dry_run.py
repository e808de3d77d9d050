"""A trial tells all that a write would do, and leaves nothing: no row, no entry, no notice."""

from typing import Any

import psycopg
import pytest

from gis_platform.access.roles import Role
from tests.api.editing.conftest import Desk
from tests.support.delivered import everything_in


def _square(west: float, south: float, side: float) -> dict[str, Any]:
    ring = [[west, south], [west + side, south], [west + side, south + side], [west, south + side]]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


# Every five minutes what is overdue is looked for and told; keys are counted every few seconds.
BY_THE_CLOCK = {"core.notice", "core.outbox", "core.key_usage"}
GRID = {"Content-Crs": "<http://www.opengis.net/def/crs/EPSG/0/9210>"}


def _held(desk: Desk) -> dict[str, tuple[int, str]]:
    """All tables but those that the clock writes, whatever is asked meanwhile."""
    held = everything_in(desk.places.owner)
    return {
        table: content
        for table, content in held.items()
        if not table.startswith("jobs.") and table not in BY_THE_CLOCK
    }


def _parcel(desk: Desk, number: int, west: float) -> tuple[str, str]:
    sent = {**desk.sample("parcels", number), "geometry": _square(west, 1_145_000, 20)}
    return desk.create("parcels", sent, headers=GRID, valid_from="2020-01-01")


@pytest.mark.parametrize("kind", ["POST", "PUT", "PATCH", "DELETE", "refused"])
@pytest.mark.parametrize("layer", ["parcels", "hotspots"])
def test_nothing_stays_of_a_trial(desk: Desk, layer: str, kind: str) -> None:
    number = 20 + len(kind) + 10 * len(layer)
    path, tag = desk.create(layer, desk.sample(layer, number))
    sent = desk.sample(layer, number + 8)
    if kind == "refused":
        sent["properties"]["status"] = "no such"
    before = _held(desk)
    with psycopg.connect(desk.places.owner, autocommit=True) as listener:
        for channel in ("layer_changed", "layer", "changes"):
            listener.execute(f"LISTEN {channel}".encode())
        if kind in ("POST", "refused"):
            answer = desk.send("POST", f"{layer}/items", Role.ADMIN, sent, dry_run="true")
        else:
            answer = desk.change(kind, path, tag, sent, dry_run="true")
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert told["dry_run"] is True
        assert bool(told["problems"]) is (kind == "refused")
        assert list(listener.notifies(timeout=0.3)) == []
    assert _held(desk) == before
    assert desk.get(path).status_code == 200


def test_a_trial_tells_before_and_after(desk: Desk) -> None:
    path, tag = _parcel(desk, 80, 566_000)
    before = desk.get(path).json()
    body = {"geometry": _square(566_010, 1_145_000, 20), "properties": {"address": "9 Lê Lợi"}}
    told = desk.change("PATCH", path, tag, body, dry_run="true", valid_from="2022-02-02", headers=GRID).json()
    assert (told["would"], told["valid_from"]) == ("update", "2022-02-02")
    assert told["before"]["properties"] == before["properties"]
    assert told["after"]["properties"]["address"] == "9 Lê Lợi"
    assert set(told["changed"]) == {"address", "geometry", "source_date"}
    change = told["geometry_change"]
    # Half of a square of 20 m moved on: 200 m² left, 200 m² taken.
    assert (change["unit"], change["before"], change["after"]) == ("m2", 400.0, 400.0)
    assert change["moved"] == pytest.approx(400, abs=0.01)
    assert told["warnings"] == []
    stored = desk.change("PATCH", path, tag, body, valid_from="2022-02-02", headers=GRID)
    assert stored.json()["properties"] == told["after"]["properties"]


def test_a_trial_warns_of_neighbours_on_the_same_ground(desk: Desk) -> None:
    first, _ = _parcel(desk, 81, 566_200)
    second, _ = _parcel(desk, 82, 566_220)
    sent = {**desk.sample("parcels", 83), "geometry": _square(566_215, 1_145_000, 10)}
    told = desk.send("POST", "parcels/items", Role.STEWARD, sent, dry_run="true", headers=GRID).json()
    assert told["would"] == "create"
    assert (told["id"], told["before"], told["after"]["id"]) == (None, None, None)
    (warning,) = told["warnings"]
    assert warning["code"] == "overlap"
    assert set(warning["ids"]) == {int(p.rpartition("/")[2]) for p in (first, second)}
    assert (warning["count"], warning["area_m2"]) == (2, pytest.approx(100, abs=0.01))
    assert "100,00 m²" in warning["text"]
    # A border in common is none: the next square begins where the second ends.
    sent["geometry"] = _square(566_240, 1_145_000, 10)
    told = desk.send("POST", "parcels/items", Role.STEWARD, sent, dry_run="true", headers=GRID).json()
    assert told["warnings"] == []


@pytest.mark.parametrize(("layer", "moved"), [("hotspots", 54.7), ("streets", 54.7)])
def test_points_and_lines_are_measured_in_metres(desk: Desk, layer: str, moved: float) -> None:
    path, tag = desk.create(layer, desk.sample(layer, 90))
    body = {"geometry": desk.sample(layer, 91)["geometry"]}
    told = desk.change("PATCH", path, tag, body, dry_run="true").json()
    assert told["geometry_change"]["unit"] == "m"
    assert told["geometry_change"]["moved"] == pytest.approx(moved, abs=0.2)


def test_a_trial_tells_all_that_is_wrong_at_once(desk: Desk) -> None:
    sent = desk.sample("hotspots", 92)
    sent["properties"] |= {"status": "gone", "session_limit_minutes": "20", "colour": "red"}
    del sent["properties"]["code"]
    sent["geometry"]["coordinates"] = [10.35, 106.36]
    told = desk.send("POST", "hotspots/items", Role.OPERATOR, sent, dry_run="true").json()
    assert told["would"] == "be refused"
    names = [problem["parameter"] for problem in told["problems"]]
    assert sorted(names) == ["code", "colour", "geometry", "session_limit_minutes", "status"]
    real = desk.send("POST", "hotspots/items", Role.OPERATOR, sent)
    assert real.status_code == 400
    assert len(real.json()["others"]) == 4


def test_a_trial_finds_what_only_the_database_knows(desk: Desk) -> None:
    sent = desk.sample("hotspots", 93)
    desk.create("hotspots", sent)
    told = desk.send("POST", "hotspots/items", Role.OPERATOR, sent, dry_run="true").json()
    assert [(p["status"], p["parameter"]) for p in told["problems"]] == [(409, "code")]


def test_a_trial_of_nothing_says_so(desk: Desk) -> None:
    path, tag = desk.create("hotspots", desk.sample("hotspots", 94))
    told = desk.change("PUT", path, tag, desk.get(path).json(), dry_run="true").json()
    assert (told["would"], told["changed"], told["geometry_change"]) == ("nothing", [], None)


def test_a_trial_asks_for_the_state_as_the_write_does(desk: Desk) -> None:
    path, _ = desk.create("hotspots", desk.sample("hotspots", 95))
    assert desk.send("DELETE", path, Role.ADMIN, dry_run="true").status_code == 428
    assert desk.change("DELETE", path, '"4326-x"', dry_run="true").status_code == 412
    answer = desk.change("DELETE", path, "*", dry_run="maybe")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "dry_run")
