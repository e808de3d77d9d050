"""Drafts over HTTP: handed in, watched, read page by page, exported, removed."""

import csv
import hashlib
import io
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely

from gis_platform.access.roles import Role
from tests.support.accounts import audited
from tests.support.draft_desk import DRAFTS, DraftDesk
from tests.support.drafts import plan, random_zones
from tests.support.mercator import tile_at
from tests.support.uploads import begin

NOTICE = "Bản thảo, không có giá trị pháp lý"
OTHERS = sorted(set(Role) - {Role.PLANNER, Role.ADMIN})


@pytest.fixture(scope="module")
def draft(desk: DraftDesk) -> int:
    zones = random_zones(desk.places, 12, seed=21)
    codes = ["ODT", "DGT", "DKV", "TMD", "XYZ", "ODT"] * 2
    return desk.draft(plan(zones, codes, max_density_pct=[70.0] * 12))


def test_it_says_who_when_what_and_that_it_holds_nowhere(desk: DraftDesk, draft: int) -> None:
    told = desk.get(f"/{draft}")
    file = desk.folder / "p1.gpkg"
    assert told["notice"] == NOTICE
    assert told["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (told["file_name"], told["size"]) == ("p1.gpkg", file.stat().st_size)
    assert told["uploaded_by"] == "demo-planner"
    assert told["uploaded_at"]
    assert told["may_remove"]
    assert told["read_as"]["grid"] == {"srid": 9210, "how": "declared", "others": []}
    assert told["totals"]["zones"] == 12
    assert {each["change"] for each in told["changes"]} >= {"function", "road", "same", "sliver"}
    assert desk.get(f"/{draft}", lang="en")["notice"] == "Draft, without legal value"
    assert told["id"] in [line["id"] for line in desk.get("")["drafts"]]


def test_a_template_is_given_to_planners_alone(desk: DraftDesk) -> None:
    told = desk.ask("/template.gpkg", lang="vi")
    assert told.status_code == 200, told.text
    assert told.content.startswith(b"SQLite format 3")
    assert "mau" in told.headers["content-disposition"]
    assert desk.ask("/template.gpkg", role=Role.STEWARD).status_code == 403
    assert desk.client.get(f"{DRAFTS}/template.gpkg").status_code == 401


def test_it_is_told_once(desk: DraftDesk, draft: int) -> None:
    first = desk.ask(f"/{draft}")
    again = desk.client.get(
        f"{DRAFTS}/{draft}", headers=desk.planner | {"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
    assert first.headers["cache-control"] == "private, no-cache"


def test_parcels_come_by_pages_sorted_and_found(desk: DraftDesk, draft: int) -> None:
    total = desk.get(f"/{draft}")["totals"]["parcels"]
    pages = [desk.get(f"/{draft}/parcels", limit=500, offset=at, sort="area") for at in range(0, total, 500)]
    first = pages[0]
    assert {page["matched"] for page in pages} == {total}
    rows = [row for page in pages for row in page["parcels"]]
    areas = [row["area_m2"] for row in rows]
    assert len({row["parcel_id"] for row in rows}) == total
    assert areas == sorted(areas, reverse=True)
    one = first["parcels"][0]
    assert {"sheet_no", "parcel_no", "share", "pieces", "bbox"} <= set(one)
    assert one["pieces"][0]["draft"]["zone_no"]
    number = f"tờ {one['sheet_no']} thửa {one['parcel_no']}"
    found = desk.get(f"/{draft}/parcels", q=number)["parcels"]
    assert one["parcel_id"] in [row["parcel_id"] for row in found]
    houses = desk.get(f"/{draft}/parcels", houses=True, limit=500)["parcels"]
    assert houses
    assert all(row["house"] and re.match(r"(số )?\d", row["address"], re.IGNORECASE) for row in houses)
    street = houses[0]["address"]
    assert any(row["address"] == street for row in desk.get(f"/{draft}/parcels", q=street.upper())["parcels"])
    road = desk.get(f"/{draft}/parcels", change="road", limit=500)["parcels"]
    assert road
    assert all("road" in row["changes"] for row in road)


def test_what_changes_is_told_against_what_is_in_force(desk: DraftDesk, draft: int) -> None:
    rows = desk.get(f"/{draft}/parcels", change="function", limit=50)["parcels"]
    pieces = [piece for row in rows for piece in row["pieces"] if piece["change"] == "function"]
    assert pieces
    for piece in pieces:
        assert piece["draft"]["function_code"] != piece["in_force"]["function_code"]
        assert piece["in_force"]["plan_name"]


def test_a_kept_answer_on_its_ground_is_listed(desk: DraftDesk, draft: int) -> None:
    row = desk.get(f"/{draft}/parcels", sort="share", limit=1)["parcels"][0]
    asked = {"sheet": row["sheet_no"], "parcel": row["parcel_no"], "unit": row["unit_code"]}
    kept = desk.client.get("/api/planning/lookup", params=asked).json()["id"]
    answer = desk.client.post(f"{DRAFTS}/{draft}/again", json={}, headers=desk.planner)
    assert answer.status_code == 202, answer.text
    desk.until(draft, "done")
    cases = desk.get(f"/{draft}/cases", kind="planning_answers")["cases"]
    (case,) = [case for case in cases if case["id"] == kept]
    assert case["area_m2"] >= row["area_m2"] - 0.01
    assert 0 < case["share"] <= 1
    (line,) = [c for c in desk.get(f"/{draft}")["totals"]["cases"] if c["kind"] == "planning_answers"]
    assert line["count"] == len(cases)


def test_its_list_goes_along_as_a_table(desk: DraftDesk, draft: int) -> None:
    answer = desk.ask(f"/{draft}/effects.csv")
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    pieces = sum(each["parcels"] for each in desk.get(f"/{draft}")["changes"])
    assert len(rows) >= pieces
    assert {row["Lưu ý"] for row in rows} == {NOTICE}
    assert rows[0]["Số thửa"]
    assert "Notice" in desk.ask(f"/{draft}/effects.csv", lang="en").text.splitlines()[0]


def test_its_list_goes_along_with_shapes(desk: DraftDesk, draft: int, tmp_path: Path) -> None:
    answer = desk.ask(f"/{draft}/effects.gpkg")
    assert answer.status_code == 200, answer.text
    file = tmp_path / "told.gpkg"
    file.write_bytes(answer.content)
    parcels = pyogrio.read_info(file, layer="parcels")
    assert (
        parcels["features"]
        == desk.get(f"/{draft}")["totals"]["parcels"] + desk.get(f"/{draft}")["totals"]["only_slivers"]
    )
    assert "9210" in parcels["crs"]
    with closing(sqlite3.connect(file)) as opened:
        assert {row[0] for row in opened.execute("SELECT notice FROM pieces")} == {NOTICE}
        assert opened.execute("SELECT count(*) FROM zones").fetchone() == (12,)
    # What was made for it is gone again.
    assert list((desk.settings.data_dir / "drafts").glob(".export-*")) == []


def test_its_zones_are_geojson_and_tiles(desk: DraftDesk, draft: int) -> None:
    told = desk.get(f"/{draft}/zones", limit=500)
    assert told["numberMatched"] == len(told["features"]) == 12
    west, south, east, north = desk.get(f"/{draft}")["extent"]
    assert west < east
    assert south < north
    shape = shapely.from_geojson(json.dumps(told["features"][0]["geometry"]))
    place = shape.representative_point()
    z, x, y = tile_at(place.x, place.y, 16)
    answer = desk.ask(f"/{draft}/tiles/{z}/{x}/{y}")
    assert answer.status_code == 200
    assert b"zones" in answer.content
    assert b"parcels" in answer.content
    assert desk.ask(f"/{draft}/tiles/3/9/0").status_code == 404


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize(
    "path",
    ["", "/{}", "/{}/parcels", "/{}/cases", "/{}/zones", "/{}/unread", "/{}/effects.csv", "/{}/tiles/0/0/0"],
)
def test_others_learn_nothing(desk: DraftDesk, draft: int, role: Role, path: str) -> None:
    there = desk.ask(path.format(draft), role=role)
    missing = desk.ask(path.format(999_999), role=role)
    assert there.status_code == missing.status_code == (401 if role is Role.PUBLIC else 403)
    assert "Khu dân cư" not in there.text


@pytest.mark.parametrize("role", OTHERS)
def test_others_do_nothing(desk: DraftDesk, draft: int, role: Role) -> None:
    refused = 401 if role is Role.PUBLIC else 403
    headers = desk.staff[role]
    assert desk.client.delete(f"{DRAFTS}/{draft}", headers=headers).status_code == refused
    assert desk.client.post(f"{DRAFTS}/{draft}/again", json={}, headers=headers).status_code == refused
    body = {"upload": "x" * 32, "name": "Thử"}
    assert desk.client.post(DRAFTS, json=body, headers=headers).status_code == refused
    if role is not Role.STEWARD:
        assert begin(desk.client, headers, 10, "a.gpkg").status_code == refused


def test_a_draft_that_is_not_there(desk: DraftDesk) -> None:
    answer = desk.ask("/999999")
    assert answer.status_code == 404
    assert "999999" in answer.json()["detail"]
    assert "bản thảo" in answer.json()["detail_vi"]
    assert desk.client.delete(f"{DRAFTS}/999999", headers=desk.planner).status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "price"},
        {"limit": 0},
        {"offset": -1},
        {"change": "nothing"},
        {"lmit": 5},
        {"q": "x" * 201},
    ],
)
def test_a_question_that_cannot_be_answered(desk: DraftDesk, draft: int, asked: dict[str, Any]) -> None:
    assert desk.ask(f"/{draft}/parcels", **asked).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"upload": "nothing", "name": "  "},
        {"upload": "x", "name": "a\0b"},
        {"upload": "x", "name": "Thử", "colour": "red"},
        {"upload": "x", "name": "Thử", "columns": {"": "a"}},
        {"upload": "x", "name": "Thử", "leave_out": "LOP"},
    ],
)
def test_a_body_that_cannot_be_used(desk: DraftDesk, body: dict[str, Any]) -> None:
    assert desk.client.post(DRAFTS, json=body, headers=desk.planner).status_code == 400


def test_an_upload_that_is_not_there(desk: DraftDesk) -> None:
    answer = desk.client.post(DRAFTS, json={"upload": "x" * 32, "name": "Thử"}, headers=desk.planner)
    assert answer.status_code == 404


def test_removed_it_is_gone_with_its_file(desk: DraftDesk) -> None:
    number = desk.draft(plan(random_zones(desk.places, 2, seed=4), ["ODT", "DGT"]))
    assert (desk.settings.data_dir / "drafts" / str(number)).is_dir()
    assert desk.client.delete(f"{DRAFTS}/{number}", headers=desk.planner).status_code == 204
    assert desk.ask(f"/{number}").status_code == 404
    assert not (desk.settings.data_dir / "drafts" / str(number)).exists()
    done = [(action, subject) for _, action, subject, _ in audited(desk.places)]
    assert ("planning.draft.uploaded", f"planning-draft/{number}") in done
    assert ("planning.draft.removed", f"planning-draft/{number}") in done
