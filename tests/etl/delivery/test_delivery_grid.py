"""The grid of a file guessed from where its features would lie: proposed, never taken by itself."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from etl.delivery.deliver import deliver
from etl.delivery.opening import open_delivery
from etl.delivery.recognise.grids import GridGuess, bounds_of, grid_json, grid_text, guess_grids
from gis_platform.city import load_city
from gis_platform.database.server import Logins
from gis_platform.errors import DeliveryRefused
from gis_platform.settings import Settings
from tests.support.compared import Comparer
from tests.support.delivered import GRID, Sample, parcels, request, write_geojson, write_sample

CITY = load_city("my_tho")
ENVELOPE = CITY.envelope.as_tuple()


def _guess(sample: Sample) -> tuple[GridGuess, ...]:
    return guess_grids(bounds_of(np.array(sample.shapes, dtype=object)), ENVELOPE, CITY.working_srid)


def _swapped(sample: Sample) -> Sample:
    shapes = shapely.transform(np.array(sample.shapes, dtype=object), lambda xy: xy[:, ::-1])
    return Sample(sample.columns, list(shapes), sample.srid)


@pytest.mark.parametrize("srid", [9210, 9209, 9211, 5897, 5896, 3405, 3406, 32648, 4326, 4756, 3857])
def test_the_grid_a_file_is_in_is_among_those_that_fit(srid: int) -> None:
    guesses = _guess(parcels().moved(srid))
    assert srid in {guess.srid for guess in guesses}
    assert guesses[0].score == 1.0
    assert not guesses[0].swapped


def test_the_citys_own_grid_is_told_alone() -> None:
    assert _guess(parcels()) == (GridGuess(GRID, swapped=False, score=1.0),)


@pytest.mark.parametrize("srid", [9210, 5897, 4326])
def test_swapped_axes_are_told_and_have_no_option(srid: int) -> None:
    guesses = _guess(_swapped(parcels().moved(srid)))
    assert guesses[0].swapped
    assert guesses[0].srid == srid
    assert guesses[0].as_json(override=False)["accept"] is None
    assert "axes swapped" in grid_text(guesses, None).en


def test_a_few_features_elsewhere_lower_the_score_only() -> None:
    sample = parcels(10).with_shape(3, shapely.box(0, 0, 1, 1))
    (guess,) = _guess(sample)
    assert (guess.srid, guess.score) == (GRID, 0.9)


def test_what_fits_nothing_is_said_to_fit_nothing() -> None:
    assert _guess(parcels().with_shape(1, shapely.box(0, 0, 1, 1)).rows(1)) == ()
    assert guess_grids(np.full((2, 4), np.nan), ENVELOPE, GRID) == ()
    assert "fit no grid known" in grid_text((), 5897).en


def test_what_is_in_force_tells_better_than_the_citys_envelope() -> None:
    bounds = bounds_of(np.array(parcels().shapes, dtype=object))
    here = guess_grids(bounds, ENVELOPE, GRID, (106.36, 10.34, 106.38, 10.37))
    elsewhere = guess_grids(bounds, ENVELOPE, GRID, (106.25, 10.40, 106.27, 10.45))
    assert here[0].score == 1.0
    assert elsewhere[0].score == 0.5


def test_a_file_without_a_grid_gets_the_proposal_with_its_refusal(tmp_path: Path) -> None:
    file = write_sample(tmp_path / "a.gpkg", parcels().said_to_be(None))
    with pytest.raises(DeliveryRefused, match=r"fit EPSG:9210 \(100%\).*--crs EPSG:9210") as refused:
        open_delivery(CITY, request(file))
    assert {f.code for f in refused.value.extra["findings"]} == {"no_crs", "grid_guess"}
    (guess,) = refused.value.extra["grid"]["guesses"]
    assert guess["accept"] == {"crs": "EPSG:9210", "override_crs": False}
    assert guess["command"] == "--crs EPSG:9210"
    assert refused.value.extra["grid"]["text_vi"].startswith("Toạ độ khớp EPSG:9210")
    reader, _ = open_delivery(CITY, request(file, crs="EPSG:9210"))
    assert reader.shapes.from_srid == GRID


def test_a_grid_declared_wrongly_is_refused_and_the_right_one_named(
    settings: Settings, database: Logins, tmp_path: Path
) -> None:
    file = write_sample(tmp_path / "a.gpkg", parcels().said_to_be(5897))
    with pytest.raises(DeliveryRefused, match="EPSG:5897, but look like EPSG:9210") as refused:
        deliver(settings, request(file), database.owner)
    finding = next(f for f in refused.value.extra["findings"] if f.code == "grid_guess")
    assert finding.text == "The coordinates fit EPSG:9210 (100%), declared EPSG:5897."
    assert finding.text_vi == "Toạ độ khớp EPSG:9210 (100%), khai báo là EPSG:5897."
    (guess,) = refused.value.extra["grid"]["guesses"]
    assert guess["command"] == "--crs EPSG:9210 --override-crs"


def test_degrees_in_geojson_that_are_metres_get_the_proposal_too(
    settings: Settings, database: Logins, tmp_path: Path
) -> None:
    file = write_geojson(tmp_path / "a.geojson", parcels())
    Comparer(settings, database.owner, tmp_path).in_force(parcels(40, sheet="3"))
    with pytest.raises(DeliveryRefused) as refused:
        deliver(settings, request(file), database.owner)
    assert refused.value.extra["grid"]["declared"] == 4326
    assert refused.value.extra["grid"]["guesses"][0]["srid"] == GRID


def test_the_proposal_is_json() -> None:
    told = grid_json((GridGuess(9210, swapped=False, score=0.98765),), 5897)
    assert told["guesses"][0]["score"] == 0.988
    assert told["declared"] == 5897
