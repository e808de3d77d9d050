"""Plans: tiled without overlap, straddling lots, and whole for every theme."""

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from layers.zoning import THEMES
from tests.etl.demo.conftest import Rows


def functions_of(zones: Rows, level: str) -> NDArray[np.object_]:
    """Shapes of the land functions of one plan."""
    chosen = (zones.column("plan_level") == level) & (zones.column("theme") == "land_function")
    return np.asarray(zones.shapes[chosen])


@pytest.mark.parametrize("level", ["chung", "phan_khu", "chi_tiet"])
def test_land_functions_of_a_plan_tile_it(zones: Rows, level: str) -> None:
    shapes = functions_of(zones, level)
    assert shapely.is_valid(shapes).all()
    assert shapely.area(shapes).sum() - shapely.area(shapely.union_all(shapes)) < 0.01
    assert shapely.coverage_is_valid(np.concatenate([shapely.get_parts(shape) for shape in shapes]))


def test_there_are_a_few_hundred_zones_with_codes_of_their_own(zones: Rows) -> None:
    assert 300 <= zones.table.num_rows <= 600
    codes = list(zip(zones.column("plan_code"), zones.column("code"), strict=True))
    assert len(set(codes)) == len(codes)
    assert set(zones.column("theme")) == set(THEMES)
    assert all("minh hoạ" in number for number in zones.column("decision_no"))


def test_zones_straddle_lots_and_the_general_plan_covers_each(lots: Rows, zones: Rows) -> None:
    tree = shapely.STRtree(functions_of(zones, "chung"))
    lot, _ = tree.query(lots.shapes, predicate="intersects")
    count = np.bincount(lot, minlength=len(lots.shapes))
    assert count.min() >= 1
    assert 0.10 < (count > 1).mean() < 0.5


@pytest.mark.parametrize("theme", ["road_reserve", "waterway_corridor", "power_corridor", "heritage"])
def test_reserves_and_corridors_cut_into_some_lots(lots: Rows, zones: Rows, theme: str) -> None:
    strips = zones.shapes[zones.column("theme") == theme]
    strip, lot = shapely.STRtree(lots.shapes).query(strips, predicate="intersects")
    cut = shapely.area(shapely.intersection(strips[strip], lots.shapes[lot]))
    assert ((cut > 1.0) & (cut < 0.99 * shapely.area(lots.shapes[lot]))).sum() > 50


def test_the_general_plan_shows_every_theme_and_monuments_say_that_they_are_made_up(zones: Rows) -> None:
    general = zones.column("plan_level") == "chung"
    assert all(set(themes) == set(THEMES) for themes in zones.column("plan_themes")[general])
    monuments = zones.column("theme") == "heritage"
    assert all("minh hoạ" in title for title in zones.column("title")[monuments])


def test_figures_agree_with_each_other(zones: Rows) -> None:
    for zone in zones.table.drop_columns(["geom"]).to_pylist():
        if zone["floors_max"] is not None:
            assert zone["floors_min"] <= zone["floors_max"]
            ratio = min(7.0, zone["max_density_pct"] / 100 * zone["floors_max"])
            assert zone["far_max"] == pytest.approx(ratio, abs=0.006)
