"""A feature's page speaks to people: it is named as they name it, and codes are told in words."""

import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from gis_platform.layer import installed_layers
from web_map.ogc_pages.values import shown_value

PARCELS = installed_layers()["parcels"]
USES = PARCELS.property_named("land_uses")


def _first(client: TestClient, layer: str, **asked: str) -> dict[str, Any]:
    feature: dict[str, Any] = client.get(
        f"/ogc/collections/{layer}/items", params={"limit": "1", **asked}
    ).json()["features"][0]
    return feature


def _page(client: TestClient, layer: str, number: int, lang: str = "vi") -> str:
    answer = client.get(f"/ogc/collections/{layer}/items/{number}", params={"f": "html", "lang": lang})
    assert answer.status_code == 200
    return unescape(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2].partition("</main")[0]))


@pytest.mark.parametrize(("lang", "words"), [("vi", "Thửa {}, tờ {}"), ("en", "Parcel {}, sheet {}")])
def test_a_parcel_is_called_by_parcel_and_sheet(city_client: TestClient, lang: str, words: str) -> None:
    feature = _first(city_client, "parcels")
    told = feature["properties"]
    called = words.format(told["parcel_no"], told["sheet_no"])
    answer = city_client.get(
        f"/ogc/collections/parcels/items/{feature['id']}", params={"f": "html", "lang": lang}
    )
    assert f"<h1>{called}</h1>" in answer.text
    assert f"<title>{called} –" in answer.text


def test_land_uses_are_told_in_words(city_client: TestClient) -> None:
    feature = _first(city_client, "parcels")
    page = _page(city_client, "parcels", feature["id"])
    assert feature["properties"]["land_uses"]
    for name in ("code:", "area_m2", "code_version", "term:", "origin:"):
        assert name not in page
    assert "Loại đất: " in page
    assert "Thời hạn: " in page


def test_a_use_is_shown_in_reading_order_with_name_and_unit() -> None:
    use = {"area_m2": 115.4, "code": "ODT", "term": None, "survey": "2018"}
    assert (
        shown_value(use, "vi", {}, USES)
        == "Loại đất: đất ở tại đô thị (ODT); Diện tích: 115,4 m²; survey: 2018"
    )
    assert shown_value({"code": "BHK"}, "en", {}, USES) == "Land use: BHK", "a code of an older list stays"


@pytest.mark.parametrize(
    ("layer", "raw", "words"),
    [
        ("zoning", "land_function", "Chức năng sử dụng đất quy hoạch, Đường quy hoạch"),
        ("hotspots", "tourism", "Điểm du lịch, công viên"),
    ],
)
def test_codes_beside_a_list_have_words_too(
    city_client: TestClient, layer: str, raw: str, words: str
) -> None:
    asked = {"place_kind": raw} if layer == "hotspots" else {}
    feature = _first(city_client, layer, **asked)
    page = _page(city_client, layer, feature["id"])
    assert raw not in page
    assert words in page


def test_a_feature_that_lacks_a_part_of_its_name_is_called_by_what_it_has() -> None:
    assert PARCELS.name_of({"parcel_no": "26", "sheet_no": "12"}, "vi") == "Thửa 26, tờ 12"
    assert PARCELS.name_of({"parcel_no": "26", "sheet_no": None}, "vi") == "26"
    assert PARCELS.name_of({}, "en") is None
