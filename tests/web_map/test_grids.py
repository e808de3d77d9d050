"""Grids to choose among, as certificates name them."""

from web_map.grids import corner_grids


def test_each_grid_is_named_by_its_meridian_from_west_to_east() -> None:
    grids = {grid["srid"]: grid["title"] for grid in corner_grids(9210)}
    assert grids[9210] == "105°45' (EPSG:9210)"
    assert grids[5897] == "105°00' (EPSG:5897)"
    titles = list(grids.values())
    assert titles == sorted(titles), "all meridians have three figures of degrees"
    assert not {3405, 3406, 4756} & set(grids), "no certificate is drawn in these"


def test_a_city_elsewhere_has_its_own() -> None:
    assert corner_grids(2154) == ({"srid": 2154, "title": "RGF93 v1 / Lambert-93 (EPSG:2154)"},)
