"""Rasters on the public map and on their own page: to be turned on, with legend, day and caution."""

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from tests.support.staff import Headers

MODEL = "Kết quả mô hình, chưa được kiểm chứng thực địa"


def _style(rasters: TestClient, headers: Headers | None = None) -> dict[str, Any]:
    told: dict[str, Any] = rasters.get("/map/style.json", headers=headers).json()
    return told


def _legend(rasters: TestClient, headers: Headers | None = None, lang: str = "vi") -> dict[str, Any]:
    told = rasters.get("/map/legend.json", params={"lang": lang}, headers=headers).json()
    return {one["id"]: one for one in told["layers"]}


def test_each_is_drawn_above_areas_and_below_lines_and_is_off_at_first(rasters: TestClient) -> None:
    drawn = _style(rasters)["layers"]
    (salt,) = (layer for layer in drawn if layer["source" if "source" in layer else "id"] == "soil_salinity")
    assert (salt["type"], salt["layout"]["visibility"]) == ("raster", "none")
    assert salt["metadata"] == {"gis:layer": "soil_salinity", "gis:opacity": salt["paint"]["raster-opacity"]}
    kinds = [layer["type"] for layer in drawn]
    assert max(i for i, kind in enumerate(kinds) if kind == "fill") < kinds.index("raster")
    assert kinds.index("raster") < kinds.index("line")


def test_its_source_leads_to_tiles_where_it_lies(rasters: TestClient) -> None:
    source = _style(rasters)["sources"]["orthophoto"]
    assert source["bounds"] == pytest.approx([106.34, 10.34, 106.38, 10.37])
    path = source["tiles"][0].format(z=14, y=7720, x=13032)
    answer = rasters.get(path, headers={"Accept": "image/webp,*/*"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")


def test_the_legend_tells_day_caution_and_colours(rasters: TestClient) -> None:
    told = _legend(rasters)["soil_salinity"]
    assert told["title"] == "Độ mặn của đất (dS/m)"
    assert told["description"].startswith(f"Ngày 28/03/2025. {MODEL}. ")
    assert [one["label"] for one in told["entries"]][:2] == ["Không mặn (dưới 2)", "Mặn rất ít (2–4)"]
    assert _legend(rasters, lang="en")["soil_salinity"]["entries"][0]["label"] == "Non-saline (below 2)"
    assert _legend(rasters)["orthophoto"]["entries"] == []
    assert "Dữ liệu minh hoạ" in _legend(rasters)["orthophoto"]["description"]


def test_its_entries_are_shaped_as_those_of_layers(rasters: TestClient) -> None:
    told = _legend(rasters)
    assert told["soil_salinity"].keys() == told["parcels"].keys()
    for one in told["soil_salinity"]["entries"]:
        assert one["picture"].startswith("data:image/svg+xml,")
        ElementTree.fromstring(_drawn(one["picture"]))  # noqa: S314  # made here


def _drawn(address: str) -> str:
    from urllib.parse import unquote

    return unquote(address.partition(",")[2])


def test_each_sees_what_is_for_it(rasters: TestClient, raster_staff: Mapping[Role, Headers]) -> None:
    for told in (_legend, lambda client, headers=None: _style(client, headers)["sources"]):
        assert "land_cover" not in told(rasters)
        assert "land_cover" in told(rasters, raster_staff[Role.PLANNER])
        assert "land_cover" not in told(rasters, raster_staff[Role.OPERATOR])
    assert _legend(rasters, raster_staff[Role.PLANNER])["land_cover"]["staff_only"] is True


def test_its_page_shows_map_legend_and_days(rasters: TestClient) -> None:
    page = rasters.get("/ogc/collections/soil_salinity", params={"f": "html"}).text
    assert "<h1>Độ mặn của đất</h1>" in page
    assert MODEL in page
    assert "Không mặn (dưới 2)" in page
    assert '"layer": "soil_salinity"' in page
    for day, shown in (("2025-01-28", "28/01/2025"), ("2025-03-28", "28/03/2025")):
        assert f'href="/ogc/collections/soil_salinity/map?datetime={day}&amp;f=png">{shown}' in page
        assert rasters.get(f"/ogc/collections/soil_salinity/map?datetime={day}&f=png").status_code == 200


def test_programs_get_the_legend_with_the_document(rasters: TestClient) -> None:
    told = rasters.get("/ogc/collections/soil_salinity", params={"lang": "en"}).json()["raster"]["legend"]
    assert told[1] == {"value": 2, "color": "#a1dab4", "label": "Very slightly saline (2–4)"}
    alone = rasters.get("/api/rasters/soil_salinity/legend", params={"lang": "en"}).json()
    assert alone["entries"] == told
