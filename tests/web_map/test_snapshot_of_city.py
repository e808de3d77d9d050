"""The demo city as a saved map, over HTTP and from the command line: never more than the public may see."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.layer import installed_layers
from gis_platform.settings import Settings
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


def test_what_does_not_fit_is_told(city_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web_map.snapshot.read.MOST_FEATURES", 3)
    page = city_client.get("/map/snapshot.html", params={"bbox": "106.3,10.3,106.45,10.45"}).text
    assert re.search(r"Thửa đất: chỉ lưu 3 trong [\d.]+ đối tượng", page)


def test_the_command_writes_the_file(
    small_city: Logins, base_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIS_DATABASE_URL", small_city.owner)
    monkeypatch.setenv("GIS_DATA_DIR", str(base_settings.data_dir))
    file = tmp_path / "city.html"
    outcome = CliRunner().invoke(
        app, ["--out", str(file), "--bbox", "106.35,10.34,106.38,10.36", "--lang", "en"]
    )
    assert outcome.exit_code == 0, outcome.output
    assert "parcels" in outcome.output
    page = file.read_text(encoding="utf-8")
    refuse_outside(page)
    assert '<html lang="en">' in page
