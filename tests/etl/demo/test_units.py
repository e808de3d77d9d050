"""17, 14 and 5 units that nest exactly, with codes used again."""

import shapely

from etl.demo.admin_units import admin_units, territory, unit_shapes
from etl.demo.city import City
from etl.demo.units import UNVERIFIED
from gis_platform.city import load_city
from gis_platform.geometry.crs import transform_coordinates
from tests.etl.demo.conftest import gathered

_NEW = {
    "28261": {"28261@2", "28264@2", "28279@2"},
    "28249": {"28252@2", "28249@2", "28282@2"},
    "28273": {"28273@2", "28291@2", "28288@2"},
    "28270": {"28270@2", "28591@2"},
    "28285": {"28276@2", "28567@2", "28285@2"},
}


def test_three_generations_with_their_codes(city: City) -> None:
    units = admin_units(city).to_pylist()
    assert [sum(unit["generation"] == g for unit in units) for g in (1, 2, 3)] == [17, 14, 5]
    third = {unit["code"]: set(unit["predecessors"]) for unit in units if unit["generation"] == 3}
    assert third == _NEW
    names = {(unit["code"], unit["generation"]): unit["full_name"] for unit in units}
    assert names["28261", 1] == "Phường 1"
    assert names["28261", 3] == "Phường Mỹ Tho"
    assert {unit["parent_code"] for unit in units if unit["generation"] < 3} == {"815"}


def test_what_was_not_found_says_so(city: City) -> None:
    second = [unit for unit in admin_units(city).to_pylist() if unit["generation"] == 2]
    assert all(UNVERIFIED in unit["note"] for unit in second)
    taken_in = {part for unit in second for part in unit["predecessors"]}
    assert {"28255@1", "28258@1", "28267@1"} <= taken_in


def test_older_units_nest_exactly_and_new_ones_touch_without_gaps(city: City) -> None:
    first, second, third = (list(shapes.values()) for shapes in unit_shapes(city))
    for shapes in (first, second, third):
        assert shapely.coverage_is_valid(shapes)
        assert shapely.equals(shapely.coverage_union_all(shapes), territory(city))
    rows = gathered([admin_units(city)])
    units = rows.table.to_pylist()
    by_key = {f"{u['code']}@{u['generation']}": shape for u, shape in zip(units, rows.shapes, strict=True)}
    for unit in units:
        if unit["generation"] > 1:
            parts = shapely.union_all([by_key[part] for part in unit["predecessors"]])
            whole = by_key[f"{unit['code']}@{unit['generation']}"]
            assert shapely.area(shapely.symmetric_difference(parts, whole)) < 1e-6


def test_the_city_has_about_its_real_size_and_place(city: City) -> None:
    ground = territory(city)
    assert 75e6 < shapely.area(ground) < 90e6
    envelope = load_city("my_tho").envelope
    corners = transform_coordinates(shapely.get_coordinates(ground), 9210, 4326)
    assert all(envelope.contains(float(lon), float(lat)) for lon, lat in corners)
