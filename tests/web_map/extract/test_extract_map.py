"""The map of the extract: a round scale, the site whole, names as they are written."""

import re
from xml.etree import ElementTree

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.city import City
from tests.support.extracts import full_document, square
from web_map.extract.fonts import typeface
from web_map.extract.map.drawing import draw
from web_map.extract.map.frame import HEIGHT_MM, WIDTH_MM, frame_around
from web_map.extract.map.site import Site, site_of
from web_map.extract.printable import printing
from web_map.extract.saying import Saying
from web_map.extract.surroundings import Feature, Surroundings

E0, N0 = 567_200.0, 1_145_150.0
SVG = "{http://www.w3.org/2000/svg}"


def _drawn(site: Site, *features: Feature) -> tuple[ElementTree.Element, list[str]]:
    made = draw(
        site, Surroundings(features), 9210, Saying("vi", "Asia/Ho_Chi_Minh"), printing(typeface().characters)
    )
    svg = ElementTree.fromstring(made.svg)  # noqa: S314  # our own
    return svg, [words for _, words in made.legend]


def _site(side: float = 20.0) -> Site:
    return Site((("45", shapely.box(E0, N0, E0 + side, N0 + side)),), (), None)


@pytest.mark.parametrize(
    ("side", "scale"), [(0.5, 200), (20, 500), (21.9, 500), (200, 5_000), (3_000, 100_000)]
)
def test_the_scale_is_a_usual_one(side: float, scale: int) -> None:
    frame = frame_around(_site(side).whole)
    assert frame.scale == scale
    west, south, east, north = frame.bounds
    assert shapely.box(west, south, east, north).contains(_site(side).whole)
    assert frame.x(E0 + side / 2) == pytest.approx(WIDTH_MM / 2)
    assert frame.y(N0 + side / 2) == pytest.approx(HEIGHT_MM / 2)
    assert frame.millimetres(side) == pytest.approx(side * 1000 / scale)


def test_the_shapes_are_moved_by_the_pinned_operation(city: City) -> None:
    """The golden point of the platform: E 567218.3078, N 1145161.5693."""
    document = {"parcels": [{"parcel_no": "1", "geometry": square(0, 0)}]}
    site = site_of(document, city.working_srid)
    assert site is not None
    west, south, _, _ = site.whole.bounds
    assert (west, south) == pytest.approx((567218.3, 1145161.5), abs=1)


def test_a_document_without_shapes_has_no_map(city: City) -> None:
    assert site_of({"parcels": [{"parcel_no": "1", "geometry": None}]}, city.working_srid) is None
    assert site_of({}, city.working_srid) is None


def test_names_are_written_as_they_are() -> None:
    street = shapely.LineString([(E0 - 60, N0 - 10), (E0 + 60, N0 - 10)])
    name = '<b>&"Hùng Vương"#*$'
    svg, legend = _drawn(
        _site(), Feature("streets", street, name=name, width_m=6.0), Feature("streets", street, name=name)
    )
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert texts.count(name) == 2, "once, with its halo, however many pieces the street has"
    assert {"45", "B", "567.200", "1.145.160"} <= set(texts)
    assert legend == ["Thửa đất tra cứu", "Đường hiện trạng"]


def test_the_legend_tells_of_what_is_drawn() -> None:
    ground = shapely.box(E0 - 100, N0 - 100, E0 + 100, N0 + 100)
    far = shapely.box(E0 + 9_000, N0, E0 + 9_100, N0 + 100)
    svg, legend = _drawn(
        _site(),
        Feature("zoning", ground, style_class="ODT", theme="land_function", plan_level="chung"),
        Feature("zoning", ground, style_class="DGT", theme="road_reserve", plan_level="chung"),
        Feature("zoning", ground, style_class="???", theme="heritage", plan_level="chung"),
        Feature("zoning", far, style_class="SKC", theme="land_function", plan_level="chung"),
    )
    assert legend == ["Thửa đất tra cứu", "Đất ở đô thị", "Giao thông", "Quy hoạch khác"]
    fills = [path.attrib.get("fill", "") for path in svg.iter(f"{SVG}path")]
    named = {pattern.attrib["id"] for pattern in svg.iter(f"{SVG}pattern")}
    assert {fill[5:-1] for fill in fills if fill.startswith("url(#")} <= named
    assert any(fill.startswith("url(#") for fill in fills)


def test_a_zone_that_is_covered_is_not_in_the_legend() -> None:
    ground = shapely.box(E0 - 100, N0 - 100, E0 + 100, N0 + 100)
    half = shapely.box(E0 - 100, N0 - 100, E0 + 10, N0 + 100)
    general = Feature("zoning", ground, style_class="DKV", theme="land_function", plan_level="chung")

    def legend(upper: BaseGeometry) -> list[str]:
        detailed = Feature("zoning", upper, style_class="ODT", theme="land_function", plan_level="chi_tiet")
        return _drawn(_site(), general, detailed)[1]

    assert legend(ground) == ["Thửa đất tra cứu", "Đất ở đô thị"]
    assert legend(half) == ["Thửa đất tra cứu", "Đất ở đô thị", "Cây xanh, công viên"]


def test_the_parcel_asked_for_has_its_number_once() -> None:
    beside = shapely.box(E0 + 20, N0, E0 + 40, N0 + 20)
    asked = _site()
    svg, _ = _drawn(
        asked, Feature("parcels", asked.parcels[0][1], name="45"), Feature("parcels", beside, name="46")
    )
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    # Each twice, with its halo.
    assert (texts.count("45"), texts.count("46")) == (2, 2)


def test_the_red_line_is_drawn_where_a_width_is_planned() -> None:
    street = shapely.LineString([(E0 - 90, N0 - 4), (E0 + 90, N0 - 4)])
    svg, legend = _drawn(_site(), Feature("streets", street, name="A", width_m=6.0, planned_width_m=10.0))
    assert "Chỉ giới đường đỏ" in legend
    [line] = [path for path in svg.iter(f"{SVG}path") if path.attrib.get("stroke") == "#c0392b"]
    frame = frame_around(_site().whole)
    heights = {float(n) for n in re.findall(r"[ML][\d.-]+ ([\d.]+)", line.attrib["d"])}
    assert {round(frame.y(N0 - 4 + side), 2) for side in (5.0, -5.0)} <= heights
    assert "Chỉ giới đường đỏ" not in _drawn(_site(), Feature("streets", street, width_m=6.0))[1]


def test_the_outline_of_the_parcel_is_no_drawn_ground(city: City) -> None:
    document = full_document()
    site = site_of(document, city.working_srid)
    assert site is not None
    assert site.drawn is None
    drawn = site_of(document | {"ground": {"geometry": square(0, 0)}}, city.working_srid)
    assert drawn is not None
    assert drawn.drawn is not None
    assert "Khu vực được hỏi" in _drawn(drawn)[1]


def test_a_detailed_plan_lies_on_a_general_one() -> None:
    ground = shapely.box(E0 - 100, N0 - 100, E0 + 100, N0 + 100)
    detailed = Feature("zoning", ground, style_class="ODT", theme="land_function", plan_level="chi_tiet")
    general = Feature("zoning", ground, style_class="DKV", theme="land_function", plan_level="chung")
    one, other = _drawn(_site(), detailed, general)[0], _drawn(_site(), general, detailed)[0]
    assert ElementTree.tostring(one) == ElementTree.tostring(other)


def test_where_may_be_built_is_drawn(city: City) -> None:
    site = site_of(full_document(), city.working_srid)
    assert site is not None
    assert len(site.buildable) == 1
    assert "Phạm vi được xây dựng" in _drawn(site)[1]
