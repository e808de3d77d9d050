"""The demo city as a saved map, over HTTP and from the command line: never more than the public may see."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import psycopg
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from gis_platform.access.roles import PUBLIC_LOGIN, Role
from gis_platform.database.server import Logins
from gis_platform.layer import installed_layers
from gis_platform.settings import Settings
from tests.support.server import RunningServer
from web_map.commands import app
from web_map.snapshot.inline import refuse_outside


def test_the_middle_of_the_city_is_saved(city_client: TestClient) -> None:
    answer = city_client.get("/map/snapshot.html")
    assert answer.status_code == 200
    refuse_outside(answer.text)
    assert re.fullmatch(
        r'attachment; filename="my-tho-\d{4}-\d{2}-\d{2}\.html"', answer.headers["content-disposition"]
    )
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "Dữ liệu minh hoạ" in answer.text
    assert "Synthetic data" in city_client.get("/map/snapshot.html", params={"lang": "en"}).text


def test_it_holds_public_layers_alone(city_client: TestClient) -> None:
    page = city_client.get("/map/snapshot.html").text
    for layer in installed_layers().values():
        if Role.PUBLIC not in layer.audience:
            assert layer.title.vi not in page


@pytest.mark.parametrize("bbox", ["1,2,3", "x", "106.4,10.3,106.3,10.4", "0,0,1,1"])
def test_a_box_that_is_none_is_refused_by_name(city_client: TestClient, bbox: str) -> None:
    answer = city_client.get("/map/snapshot.html", params={"bbox": bbox})
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "bbox"


@pytest.mark.parametrize("bbox", ["106.3,10.35,106.37,10.36", "106.36,10.32,106.37,10.38", "-180,-90,180,90"])
def test_a_box_too_large_to_draw_is_refused(city_client: TestClient, bbox: str) -> None:
    answer = city_client.get("/map/snapshot.html", params={"bbox": bbox})
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "bbox"
    assert "6 km" in answer.json()["detail"]


def test_only_two_are_drawn_at_once(live_city: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    from web_map.snapshot import document

    drawing, goes_on, draw = threading.Semaphore(0), threading.Event(), document.make_snapshot

    def held(*given: Any, **more: Any) -> str:
        drawing.release()
        goes_on.wait(30)
        return draw(*given, **more)

    monkeypatch.setattr(document, "make_snapshot", held)
    address = f"{live_city.url}/map/snapshot.html"
    with ThreadPoolExecutor(2) as others:
        saved = [others.submit(httpx2.get, address, timeout=60) for _ in range(2)]
        try:
            for _ in saved:
                assert drawing.acquire(timeout=30)
            third = httpx2.get(address, timeout=60)
        finally:
            goes_on.set()
        assert [one.result().status_code for one in saved] == [200, 200]
    assert third.status_code == 503
    assert int(third.headers["retry-after"]) > 0
    assert httpx2.get(address, timeout=60).status_code == 200


def test_what_does_not_fit_is_told(city_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web_map.snapshot.read.MOST_FEATURES", 3)
    page = city_client.get("/map/snapshot.html", params={"bbox": "106.35,10.34,106.39,10.38"}).text
    assert re.search(r"Thửa đất: chỉ lưu 3 trong [\d.]+ đối tượng", page)


def test_the_command_writes_the_file(
    small_city: Logins, base_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIS_DATABASE_URL", small_city.owner)
    monkeypatch.setenv("GIS_DATA_DIR", str(base_settings.data_dir))
    file = tmp_path / "city.html"
    signed_in = []
    connect = psycopg.connect

    def seen(conninfo: str, **more: Any) -> Any:
        opened = connect(conninfo, **more)
        signed_in.append(opened.info.user)
        return opened

    monkeypatch.setattr(psycopg, "connect", seen)
    outcome = CliRunner().invoke(
        app, ["--out", str(file), "--bbox", "106.35,10.34,106.38,10.36", "--lang", "en"]
    )
    assert outcome.exit_code == 0, outcome.output
    assert "parcels" in outcome.output
    page = file.read_text(encoding="utf-8")
    refuse_outside(page)
    assert signed_in[-1] == PUBLIC_LOGIN, "as the public, and not as an owner that put the role on"
    assert '<html lang="en">' in page
