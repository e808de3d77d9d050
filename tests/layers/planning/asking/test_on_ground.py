"""Ground that is drawn or given by its corners, and everything that can be wrong with it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import psycopg
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from gis_platform.city import load_city
from gis_platform.database.server import Logins
from gis_platform.errors import BadParameter
from gis_platform.geometry.crs import transform_coordinates, transform_geometries
from layers.planning.asking.corners import ground_of_corners
from layers.planning.asking.drawing import MOST_POSITIONS, ground_of_drawing
from layers.planning.asking.question import MOST_PARCELS
from layers.references.corner_table import Corner, format_corner_table
from tests.layers.planning.asking.conftest import Copy
from tests.layers.planning.test_small_ground import E0, N0, _box, _parcel
from tests.support.problems import problem

LOOKUP = "/api/planning/lookup"
CITY = load_city("my_tho")
SQUARE = [(0.0, 0.0), (15.0, 0.0), (15.0, 10.0), (0.0, 10.0)]
Points = list[tuple[float, float]]


def _drawn(points: Points) -> dict[str, Any]:
    shape = shapely.Polygon([(E0 + x, N0 + y) for x, y in points])
    [moved] = transform_geometries(np.array([shape], dtype=object), 9210, 4326)
    return {"type": "Polygon", "coordinates": [[list(at) for at in moved.exterior.coords]]}


def _table(points: Points, srid: int = 9210, *, swapped: bool = False) -> str:
    xy = transform_coordinates(np.array([(E0 + x, N0 + y) for x, y in points]), 9210, srid)
    corners = [
        Corner(n, str(n), east if swapped else north, north if swapped else east)
        for n, (east, north) in enumerate(xy.tolist(), start=1)
    ]
    return format_corner_table(corners)


@pytest.fixture(scope="module")
def client(copy_of: Copy, opened: Callable[[Logins], TestClient]) -> TestClient:
    """Over three parcels of 10 by 10 m in a row, of which the third only touches what is asked for; and far
    from them more than one answer takes.
    """
    places = copy_of("ground", None)
    with psycopg.connect(places.owner) as connection:
        _parcel(connection, "12", "1", _box(0, 0, 10, 10))
        _parcel(connection, "12", "2", _box(10, 0, 20, 10))
        _parcel(connection, "12", "3", _box(20, 0, 30, 10))
        for place in range(MOST_PARCELS + 1):
            _parcel(connection, "13", str(place), _box(2 * place, 50, 2 * place + 2, 55))
    return opened(places)


class TestGround:
    @pytest.mark.parametrize(
        "asked",
        [
            {"area": _drawn(SQUARE)},
            {"area": {"type": "Feature", "properties": {}, "geometry": _drawn(SQUARE)}},
            {"corners": _table(SQUARE)},
            {"corners": _table([*SQUARE, SQUARE[0]])},
            {"corners": _table(SQUARE, 5897), "crs": 5897},
            {"corners": _table(SQUARE, 9209), "crs": "EPSG:9209"},
        ],
        ids=["polygon", "feature", "corners", "closed", "another grid", "crs as text"],
    )
    def test_its_parcels_are_found_with_shares_of_both(
        self, client: TestClient, asked: dict[str, Any]
    ) -> None:
        answer = client.post(LOOKUP, json=asked)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        assert [parcel["parcel_no"] for parcel in body["parcels"]] == ["1", "2"]
        assert body["ambiguous"] is False
        ground = body["ground"]
        assert ground["area_m2"] == pytest.approx(150, abs=0.02)
        told = {
            line["area_m2"]: (line["share_of_parcel"], line["share_of_ground"]) for line in ground["parcels"]
        }
        assert sorted(told) == pytest.approx([50, 100], abs=0.02)
        shares = sorted(share for pair in told.values() for share in pair)
        assert shares == pytest.approx([1 / 3, 0.5, 2 / 3, 1.0], abs=1e-3)
        assert body["site"]["computed_area_m2"] == pytest.approx(200)

    def test_ground_beside_the_parcels_is_told(self, client: TestClient) -> None:
        corners = _table([(0, -10), (15, -10), (15, 10), (0, 10)])
        body = client.post(LOOKUP, json={"corners": corners}).json()
        assert any("150,0 m²" in notice for notice in body["notices"])

    def test_ground_without_parcels_is_a_404(self, client: TestClient) -> None:
        body = problem(client.post(LOOKUP, json={"corners": _table([(x, y + 500) for x, y in SQUARE])}), 404)
        assert body["detail"].startswith("Không có thửa đất nào")

    def test_too_many_parcels_are_refused(self, client: TestClient) -> None:
        asked = {"corners": _table([(0, 50), (250, 50), (250, 55), (0, 55)])}
        assert str(MOST_PARCELS) in problem(client.post(LOOKUP, json=asked), 400, "corners")["detail"]


BOWTIE = [(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)]
FAR = [(x + 200_000, y + 300_000) for x, y in SQUARE]


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        (_table(SQUARE, swapped=True), 1, "hai cột X và Y bị đổi chỗ"),
        (_table(SQUARE[:2]) + "\n3\t567230,000\t1145160,000\n4\t1145160\t567230", 3, "bị đổi chỗ so với"),
        (_table(SQUARE[:3]) + "\n4\t1245160\t567230", 4, "Hãy kiểm tra từng chữ số"),
        (
            _table(SQUARE, 5897),
            1,
            r"không thuộc lưới VN-2000 kinh tuyến trục 105°45' \(EPSG:9210\).*"
            r"Hãy chọn lưới kinh tuyến trục 105°00' \(EPSG:5897\) \(crs=5897\)",
        ),
        (_table(SQUARE, 9209), 1, "9209"),
        (_table(FAR), 1, "nằm ngoài thành phố trong mọi lưới"),
        ("1 10,3548 106,3656\n2 10,3549 106,3656\n3 10,3549 106,3657", 1, "kinh độ, vĩ độ"),
        (_table(SQUARE[:2]), None, "chỉ có 2 điểm"),
        ("", None, "chỉ có 0 điểm"),
        ("đất của ông Ba\nkhông rõ ranh", None, "dòng 1 “đất của ông Ba”; dòng 2 “không rõ ranh”"),
        (_table(BOWTIE), 3, "Cạnh từ dòng 1 đến dòng 2 cắt cạnh từ dòng 3 đến dòng 4"),
        (_table([(0, 0), (10, 10), (20, 20)]), None, "đường thẳng|chạm hoặc chồng"),
        (_table([(0, 0), (2000, 0), (2000, 2000), (0, 2000)]), None, "400 ha.*tối đa 50 ha"),
    ],
    ids=[
        "swapped",
        "one row swapped",
        "one row mistyped",
        "another meridian",
        "the next meridian",
        "far away",
        "degrees",
        "too few",
        "none",
        "words alone",
        "crossing",
        "on a line",
        "too large",
    ],
)
def test_corners_that_cannot_be_are_refused_with_their_row(text: str, row: int | None, words: str) -> None:
    with pytest.raises(BadParameter, match=words) as fault:
        ground_of_corners(text, None, CITY, "vi")
    assert fault.value.parameter == "corners"
    assert fault.value.extra.get("row") == row
    with pytest.raises(BadParameter) as english:
        ground_of_corners(text, None, CITY, "en")
    assert english.value.detail.isascii() or "“" in english.value.detail or "°" in english.value.detail


@pytest.mark.parametrize("crs", [0, 4326, 4756, 3857, 2154, 999_999])
def test_a_system_that_is_no_grid_is_refused(crs: int) -> None:
    with pytest.raises(BadParameter) as fault:
        ground_of_corners(_table(SQUARE), crs, CITY, "vi")
    assert fault.value.parameter == "crs"


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ({}, "đa giác GeoJSON"),
        ({"type": "Point", "coordinates": [106.36, 10.35]}, "đa giác GeoJSON"),
        ({"type": "Polygon"}, "đa giác GeoJSON"),
        ({"type": "Polygon", "coordinates": []}, "đa giác GeoJSON"),
        ({"type": "Polygon", "coordinates": [[[1, "x"], [2, 3], [4, 5]]]}, "đa giác GeoJSON"),
        ({"type": "Polygon", "coordinates": [[[True, 2], [2, 3], [4, 5]]]}, "đa giác GeoJSON"),
        ({"type": "Polygon", "coordinates": [[[10**400, 2], [2, 3], [4, 5]]]}, "đa giác GeoJSON"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "đa giác GeoJSON"),
        ({"type": ["Polygon"], "coordinates": [[]]}, "đa giác GeoJSON"),
        ({"type": "Feature", "geometry": None}, "đa giác GeoJSON"),
        ({"type": "Polygon", "coordinates": [[[106.36, 10.35]] * 4]}, "ít nhất 3"),
        (
            {"type": "Polygon", "coordinates": [[[10.35, 106.36], [10.36, 106.36], [10.36, 106.37]]]},
            "đổi chỗ",
        ),
        ({"type": "Polygon", "coordinates": [[[2, 48], [3, 48], [3, 49]]]}, "nằm ngoài thành phố"),
        (_drawn(BOWTIE), "tự cắt nhau"),
        (_drawn([(0, 0), (3000, 0), (3000, 3000), (0, 3000)]), "900 ha"),
        ({"type": "Polygon", "coordinates": [[[106.36, 10.35]] * (MOST_POSITIONS + 1)]}, "tối đa 2000"),
    ],
)
def test_a_drawing_that_cannot_be_is_refused(area: Any, words: str) -> None:
    with pytest.raises(BadParameter, match=words) as fault:
        ground_of_drawing(area, CITY, "vi")
    assert fault.value.parameter == "area"


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=3, max_size=9, unique=True),
    st.sampled_from([9210, 9209, 5897, 3405]),
)
def test_corners_enclose_in_any_grid_what_they_enclose_in_ours(
    points: list[tuple[int, int]], srid: int
) -> None:
    hull = shapely.MultiPoint(points).convex_hull
    if not isinstance(hull, shapely.Polygon) or hull.area < 1:
        return
    text = _table([(float(x), float(y)) for x, y in hull.exterior.coords], srid)
    ground = ground_of_corners(text, srid, CITY, "vi")
    assert ground.area_m2 == pytest.approx(hull.area, rel=1e-3, abs=1.0)
    assert shapely.hausdorff_distance(
        ground.geometry, shapely.transform(hull, lambda xy: xy + np.array((E0, N0)))
    ) == pytest.approx(0, abs=0.01)
