"""A file of a building over HTTP: open to everybody, read beside the server, and nothing of it kept."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from starlette.testclient import TestClient

from gis_platform.access.place_meter import PlaceMeter
from tests.support.dxf import Drawing
from tests.support.problems import problem

E, N = 567_200.0, 1_145_100.0
PATH = "/api/permits/footprint"


@pytest.fixture(autouse=True)
def unhurried(city_client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No bound from this place, and a folder for temporary files that can be looked into."""
    state = city_client.app.state  # type: ignore[attr-defined]
    usual, state.footprints_read = state.footprints_read, PlaceMeter(0)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield
    state.footprints_read = usual
    assert list(tmp_path.glob("footprint-*")) == [], "nothing is kept"


@pytest.fixture
def house(tmp_path: Path) -> bytes:
    drawing = Drawing()
    drawing.area("NHA", shapely.box(E, N, E + 5, N + 9))
    return drawing.write(tmp_path / "house.dxf").read_bytes()


def _nested() -> bytes:
    """Eight blocks, each with ten of the one before: a hundred million lines out of a few kilobytes."""
    told = ["0", "SECTION", "2", "HEADER", "9", "$ACADVER", "1", "AC1021", "0", "ENDSEC", "0", "SECTION"]
    told += ["2", "BLOCKS"]
    for level in range(9):
        inner = ["0", "LINE", "8", "0", "10", "0", "20", "0", "11", "1", "21", "1"]
        if level:
            inner = ["0", "INSERT", "8", "0", "2", f"B{level - 1}", "10", "0", "20", "0"]
        told += ["0", "BLOCK", "8", "0", "2", f"B{level}", "70", "0", "10", "0", "20", "0", *inner * 10]
        told += ["0", "ENDBLK", "8", "0"]
    told += ["0", "ENDSEC", "0", "SECTION", "2", "ENTITIES", "0", "INSERT", "8", "0", "2", "B8", "10", "0"]
    return "\n".join([*told, "20", "0", "0", "ENDSEC", "0", "EOF", ""]).encode()


@pytest.mark.parametrize("said", ["image/vnd.dxf", "text/plain", "application/json", "image/png"])
def test_the_content_decides_and_no_name(city_client: TestClient, house: bytes, said: str) -> None:
    told = city_client.post(PATH, content=house, headers={"Content-Type": said})
    assert told.status_code == 200, told.text
    assert told.json()["area_m2"] == 45.0


def test_what_was_read_goes_into_the_check_as_it_is(city_client: TestClient) -> None:
    lot = city_client.get("/ogc/collections/parcels/items?limit=1&f=json").json()["features"][0]
    drawn = {"type": "Polygon", "coordinates": lot["geometry"]["coordinates"][0]}
    read = city_client.post(PATH, content=json.dumps(drawn)).json()
    body = {"footprint": read["footprint"], "floors": 2, "height_m": 8}
    found = city_client.post("/api/permits/check", json=body)
    assert found.status_code == 200, found.text
    assert found.json()["parcel"]["id"] == lot["id"]
    assert found.json()["footprint_m2"] == pytest.approx(read["area_m2"], abs=0.05)


@pytest.mark.parametrize(("lang", "words"), [("vi", "hãy chọn lưới này"), ("en", "choose that grid")])
def test_the_wrong_grid_is_told_with_the_right_one(
    city_client: TestClient, house: bytes, lang: str, words: str
) -> None:
    told = problem(city_client.post(f"{PATH}?crs=EPSG:5897&lang={lang}", content=house), 400, "file")
    assert words in told["detail"].lower()
    assert "5897" in told["detail"]
    assert "crs=9210" in told["detail"]
    assert told["likely_crs"][0] == 9210
    assert "hãy chọn lưới này" in told["detail_vi"]


def test_a_file_too_large_is_told_how_large_it_may_be(city_client: TestClient) -> None:
    told = problem(city_client.post(PATH, content=b" " * (4 * 2**20 + 1)), 413)
    assert "4096 KiB" in told["detail_vi"]
    assert "4096 KiB" in told["detail"]


@pytest.mark.parametrize("query", ["crs=mai", "crs=1", "layer=", "lang=fr", "lyer=NHA"])
def test_parameters_that_are_none_are_refused(city_client: TestClient, house: bytes, query: str) -> None:
    assert city_client.post(f"{PATH}?{query}", content=house).status_code == 400


def test_one_place_sends_so_many_and_no_more(city_client: TestClient) -> None:
    city_client.app.state.footprints_read = PlaceMeter(1)  # type: ignore[attr-defined]
    assert [city_client.post(PATH, content=b"x").status_code for _ in range(3)] == [400, 400, 429]
    told = city_client.post(PATH, content=b"x")
    assert int(told.headers["Retry-After"]) > 0
    assert "quá nhiều tệp" in told.json()["detail_vi"]


def test_blocks_in_blocks_are_ended_and_others_go_on_meanwhile(city_client: TestClient) -> None:
    answers: list[Any] = []
    sent = threading.Thread(target=lambda: answers.append(city_client.post(PATH, content=_nested())))
    sent.start()
    meanwhile = 0
    while sent.is_alive():
        assert city_client.get("/healthz").status_code == 200
        meanwhile += 1
        sent.join(0.5)
    told = problem(answers[0], 400, "file")
    assert "quá phức tạp" in told["detail_vi"]
    assert meanwhile > 1


def test_half_a_character_in_a_hostile_name_is_a_refusal(city_client: TestClient) -> None:
    ring = [[E, N], [E + 5, N + 9], [E + 5, N], [E, N + 9], [E, N]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    drawn = json.dumps({"type": "Feature", "properties": {"name": "\ud800"}, "geometry": shape})
    assert "\\ud800" in drawn
    told = problem(city_client.post(f"{PATH}?crs=9210", content=drawn), 400, "file")
    assert "tự cắt" in told["detail"]
