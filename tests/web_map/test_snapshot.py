"""A saved map asks nothing of any host, whatever the data holds, and says what it is."""

import re
from typing import Any

import pytest

from gis_platform.city import City
from gis_platform.errors import BadParameter
from gis_platform.layer import Layer, Registry
from web_map.assets.vendor import NODE_MODULES
from web_map.snapshot.box import parse_box
from web_map.snapshot.document import make_snapshot
from web_map.snapshot.features import number, prepared
from web_map.snapshot.inline import OutsideAddress, content_policy, inline_assets, refuse_outside

SQUARE = [[[[106.36, 10.35], [106.37, 10.35], [106.37, 10.36], [106.36, 10.36], [106.36, 10.35]]]]
NASTY = "</script><img src=x onerror=alert(1)> {{ 7 * 7 }} https://example.org/x.js"


def _collection(layer: Layer, **properties: Any) -> dict[str, Any]:
    shape = {
        0: {"type": "Point", "coordinates": [106.365, 10.355]},
        1: {"type": "MultiLineString", "coordinates": SQUARE[0]},
        2: {"type": "MultiPolygon", "coordinates": SQUARE},
    }[layer.geometry.dimension]
    drawn = {name: values[0] for name, values in layer.style.drawn.items()}
    given = {"source_date": "2018-12-31", layer.heading or "code": "Một", **drawn, **properties}
    feature = {"type": "Feature", "id": 1, "geometry": shape, "properties": given}
    return {"type": "FeatureCollection", "numberMatched": 1, "features": [feature]}


@pytest.fixture(scope="module")
def saved(city: City, layers: Registry) -> str:
    return make_snapshot(city, [(layer, _collection(layer)) for layer in layers.values()], "vi")


def test_it_names_no_other_host(saved: str) -> None:
    refuse_outside(saved)
    loads = re.findall(r"""\s(?:src|href)=["']([^"']+)|url\(["']?([^"')\s]+)""", saved)
    for address in {one or other for one, other in loads}:
        assert address.startswith(("data:", "#")), address[:80]


def test_it_says_that_it_is_synthetic_and_when_it_was_made(saved: str) -> None:
    assert "Dữ liệu minh hoạ" in saved
    assert re.search(r"Lưu ngày \d{2}/\d{2}/\d{4}", saved)
    assert "Thửa đất: dữ liệu tính đến 31/12/2018" in saved


def test_every_layer_is_in_it(saved: str, layers: Registry) -> None:
    assert saved.count("attend(map_") == len(layers)
    for layer in layers.values():
        if not layer.style.base:
            assert layer.title.vi in saved


def test_only_its_own_scripts_may_run(saved: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', saved)
    assert policy is not None
    assert policy[1] == content_policy(saved)
    assert "default-src 'none'" in policy[1]
    assert "unsafe-inline" not in policy[1].split("style-src")[0]


def test_data_cannot_break_out_or_name_a_host(city: City, layers: Registry) -> None:
    made = make_snapshot(
        city, [(layers["zoning"], _collection(layers["zoning"], title=NASTY, legal_basis=NASTY))], "vi"
    )
    assert "<img src=x" not in made
    assert "https://example.org" not in made
    # folium reads what it wrote as a template once more: an expression in a delivery must not run.
    assert "49 example" not in made
    assert "7 * 7" in made
    assert len(re.findall("</script>", made)) == len(re.findall("<script>", made))


@pytest.mark.parametrize(
    "text", ["http://evil.example/x", "HTTP://evil.example", "ws:////evil.example", "src=////evil.example/x"]
)
def test_no_value_of_any_property_makes_the_page_name_a_host(city: City, layers: Registry, text: str) -> None:
    for layer in layers.values():
        kept = layer.style.drawn.keys() | {"source_date"}
        given = {p.name: text for p in layer.properties if p.name not in kept}
        refuse_outside(make_snapshot(city, [(layer, _collection(layer, **given))], "vi"))


def test_a_page_that_still_names_a_host_is_refused() -> None:
    for leak in (
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/x.css">',
        "<style>@font-face{src:url(//cdn.example/x.woff2)}</style>",
        '<img src="http://cdn.example/x.png">',
    ):
        with pytest.raises(OutsideAddress, match=r"cdn\.example"):
            refuse_outside(f"<html>{leak}</html>")
    refuse_outside('<svg xmlns="http://www.w3.org/2000/svg"></svg>')


def test_libraries_that_are_not_used_are_left_out_and_the_used_are_put_in() -> None:
    made = inline_assets(
        '<script src="https://a.example/leaflet@1/dist/leaflet.js"></script>'
        '<script src="https://a.example/jquery.min.js"></script>'
        '<link rel="stylesheet" href="https://a.example/leaflet.css"/>',
        NODE_MODULES,
    )
    refuse_outside(made)
    assert "Vladimir Agafonkin" in made
    assert "data:image/png;base64," in made
    assert "jquery" not in made.lower()


def test_only_the_generation_that_is_drawn_is_saved(layers: Registry) -> None:
    layer = layers["admin_units"]
    now = _collection(layer)
    before = _collection(layer, generation=1)
    both = {"type": "FeatureCollection", "features": now["features"] + before["features"]}
    assert len(prepared(layer, both, "vi")["features"]) == 1


def test_what_was_left_out_is_told(city: City, layers: Registry) -> None:
    many = _collection(layers["parcels"]) | {"numberMatched": 20_000}
    assert "chỉ lưu 1 trong 20.000 đối tượng" in make_snapshot(city, [(layers["parcels"], many)], "vi")


def test_numbers_are_written_as_people_here_write_them() -> None:
    assert number(7887, "vi") == "7.887"
    assert number(2.1, "vi") == "2,1"
    assert number(1234.5, "en") == "1,234.5"
    assert number(80.0, "vi") == "80"
    assert number(1.005, "vi") == "1,01"
    assert number(1_000_000, "en") == "1,000,000"


def test_without_a_box_the_middle_of_the_city_is_taken(city: City) -> None:
    assert parse_box(None, city).contains(*city.centre)


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "106.4,10.3,106.3,10.4", "nan,1,2,3", "10.3,106.3,10.4,106.4", "5,5,6,6"]
)
def test_a_box_that_is_none_is_told(text: str, city: City) -> None:
    with pytest.raises(BadParameter) as told:
        parse_box(text, city)
    assert told.value.parameter == "bbox"
