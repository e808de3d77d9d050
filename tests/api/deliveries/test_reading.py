"""A delivery as a steward sees it: state, changes before and after, tiles of both, reports."""

import sqlite3
from pathlib import Path

import pytest

from tests.support.delivered import parcels
from tests.support.desk import LATER, Desk, changed
from tests.support.mvt import read_tile
from tests.support.problems import problem


@pytest.fixture(scope="module")
def proposed(desk: Desk) -> int:
    return desk.propose(changed(), scope=("unit_code", "sheet_no"))


def test_it_is_told_whole(desk: Desk, proposed: int) -> None:
    told = desk.get(f"/{proposed}")
    assert (told["status"], told["layer"], told["source_date"]) == ("ready", "parcels", LATER.isoformat())
    assert told["waits_for_person"]
    assert told["difference"]
    assert told["progress"] is None
    counts = told["counts"]
    assert (counts["read"], counts["changed_attributes"], counts["vanished"]) == (5, 1, 1)
    assert told["doubtful"] == {"found": 1, "waiting": 1}
    assert len(told["sha256"]) == 64
    (part,) = [p for p in told["summary"]["parts"] if p["part"] == "28249/7"]
    assert part["vanished"] == 1
    west, south, east, north = told["extent"]
    assert 106 < west < east < 107
    assert 10 < south < north < 11


def test_the_list_is_by_number_and_has_pages(desk: Desk, proposed: int) -> None:
    whole = desk.get("", limit=500)["deliveries"]
    assert [line["id"] for line in whole] == sorted((line["id"] for line in whole), reverse=True)
    first = desk.get("", limit=1)
    assert first["next_after"] == first["deliveries"][0]["id"] == whole[0]["id"]
    assert desk.get("", limit=1, after=first["next_after"])["deliveries"][0]["id"] == whole[1]["id"]
    waiting = desk.get("", status="waiting", layer="parcels")["deliveries"]
    assert proposed in {line["id"] for line in waiting}
    assert {line["status"] for line in waiting} <= {"ready", "refused", "failed", "partly_applied"}
    assert desk.get("", layer="zoning")["deliveries"] == []


def test_each_change_is_before_and_after(desk: Desk, proposed: int) -> None:
    changes = {change["kind"]: change for change in desk.get(f"/{proposed}/changes")["changes"]}
    words = changes["changed_attributes"]
    assert words["before"]["address"] == "1 đường Lê Lợi"
    assert words["after"]["address"] == "1 đường Trưng Trắc"
    assert "legal_area_m2" not in words["after"], "the file has no such column"
    gone = changes["vanished"]
    assert gone["after"] is None
    assert gone["before"]["parcel_no"] == "6"
    west, south, east, north = gone["bbox"]
    assert west < east
    assert south < north
    assert gone["area_before_m2"] == pytest.approx(180, rel=1e-4)


def test_changes_by_kind_part_doubt_and_page(desk: Desk, proposed: int) -> None:
    path = f"/{proposed}/changes"
    assert {c["kind"] for c in desk.get(path, kind="vanished")["changes"]} == {"vanished"}
    assert desk.get(path, part="28249/8")["changes"] == []
    (doubtful,) = desk.get(path, doubtful="true")["changes"]
    assert doubtful["confidence"] < 0.8
    assert doubtful["evidence"]
    sure = desk.get(path, doubtful="false")["changes"]
    page = desk.get(path, limit=2)
    rest = desk.get(path, after=page["next_after"])
    assert len(page["changes"]) + len(rest["changes"]) == len(sure) + 1
    assert rest["next_after"] is None


def test_tiles_show_both_states(desk: Desk, proposed: int) -> None:
    west, south, east, north = desk.get(f"/{proposed}")["extent"]
    x, y = _tile((west + east) / 2, (south + north) / 2, 14)
    answer = desk.client.get(f"/api/deliveries/{proposed}/tiles/14/{x}/{y}", headers=desk.steward)
    assert answer.status_code == 200
    layers = read_tile(answer.content)
    before, after = (layers[name].features for name in ("before", "after"))
    assert {f.properties["kind"] for f in before} >= {"vanished", "changed_attributes"}
    assert "vanished" not in {f.properties["kind"] for f in after}
    assert {bool(f.properties["doubtful"]) for f in after} == {True, False}
    nowhere = desk.client.get(f"/api/deliveries/{proposed}/tiles/14/0/0", headers=desk.steward)
    assert nowhere.status_code == 204
    problem(desk.client.get(f"/api/deliveries/{proposed}/tiles/3/8/0", headers=desk.steward), 404)


def _tile(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    from math import asinh, floor, pi, radians, tan

    size = 2**zoom
    return floor((lon + 180) / 360 * size), floor((1 - asinh(tan(radians(lat))) / pi) / 2 * size)


def test_what_the_checks_found_can_be_taken_along(desk: Desk, tmp_path: Path) -> None:
    twice = parcels(6, "8").with_column("parcel_no", ["1", "1", "3", "4", "5", "6"])
    number = desk.propose(twice)
    found = {finding["code"]: finding for finding in desk.get(f"/{number}")["findings"]}
    assert "duplicate_key" in found
    page = desk.get(f"/{number}/faults", code="duplicate_key")
    assert {fault["code"] for fault in page["faults"]} == {"duplicate_key"}
    assert page["faults"][0]["text_vi"] != page["faults"][0]["text_en"]
    assert page["faults"][0]["geometry"]["type"]
    table = desk.client.get(f"/api/deliveries/{number}/report.csv", headers=desk.steward)
    assert table.headers["content-type"].startswith("text/csv")
    assert "duplicate_key" in table.content.decode("utf-8-sig")
    package = desk.client.get(f"/api/deliveries/{number}/report.gpkg", headers=desk.steward)
    file = tmp_path / "report.gpkg"
    file.write_bytes(package.content)
    with sqlite3.connect(file) as opened:
        assert opened.execute("SELECT count(*) FROM gpkg_contents").fetchone()[0] >= 1


def test_the_columns_of_the_file_are_proposed(desk: Desk, proposed: int) -> None:
    told = desk.get(f"/{proposed}/proposal")
    likely = {column["column"]: column["property"] for column in told["columns"]}
    assert likely["sheet_no"] == "sheet_no"
    assert told["columns"][0]["examples"]


@pytest.mark.parametrize("path", ["", "/changes", "/faults", "/report.csv", "/proposal", "/rollback"])
def test_one_there_is_none_of(desk: Desk, path: str) -> None:
    problem(desk.client.get(f"/api/deliveries/987654{path}", headers=desk.steward), 404, "delivery")


def test_the_difference_goes_with_the_decision(desk: Desk) -> None:
    told = problem(desk.client.get("/api/deliveries/1/changes", headers=desk.steward), 409)
    assert "applied" in told["detail"]
    assert told["detail_vi"]
    assert not desk.get("/1")["difference"]
