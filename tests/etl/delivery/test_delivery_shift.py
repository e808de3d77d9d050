"""A file that lies beside what is in force as a whole: each wrong conversion leaves its mark."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import psycopg
import pytest
import shapely
from pyogrio.raw import read
from pyproj import Transformer

from etl.delivery.opening import open_delivery
from etl.delivery.recognise.shift import FEWEST_PAIRS, Shift, find_shift, measure_shift
from etl.delivery.staging import stage
from gis_platform.city import load_city
from gis_platform.database.server import Logins
from gis_platform.geometry.crs import Coordinates, transform_coordinates
from gis_platform.settings import Settings
from tests.support.compared import Comparer
from tests.support.delivered import EAST, GRID, NORTH, Sample, parcels, request, shared_file, write_sample

#: EPSG:6960 with the rotations in the other sense, as QGIS takes it when told a position vector.
WRONG_SIGN = (
    "+proj=pipeline +step +inv +proj=tmerc +lat_0=0 +lon_0=105.75 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 "
    "+step +proj=push +v_3 +step +proj=cart +ellps=WGS84 +step +proj=helmert +x=-191.90441429 "
    "+y=-39.30318279 +z=-111.45032835 +rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278 "
    "+convention={convention} +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
)
Move = Callable[[Coordinates], Coordinates]
#: Looks at a sample as a delivery after the one in force.
Look = Callable[[Sample], Shift | None]


def _by(sample: Sample, move: Move, srid: int) -> Sample:
    shapes = shapely.transform(np.array(sample.shapes, dtype=object), move)
    return Sample(sample.columns, list(shapes), srid)


def _moved(east: float, north: float) -> Move:
    return lambda xy: xy + np.array([east, north])


def _proj(pipeline: Transformer) -> Move:
    return lambda xy: np.column_stack(pipeline.transform(xy[:, 0], xy[:, 1]))


def _library_default(xy: Coordinates) -> Coordinates:
    return _proj(Transformer.from_crs(GRID, 4326, always_xy=True))(xy)


def _wrong_sign(xy: Coordinates) -> Coordinates:
    return _proj(Transformer.from_pipeline(WRONG_SIGN.format(convention="position_vector")))(xy)


def _right_sign(xy: Coordinates) -> Coordinates:
    return _proj(Transformer.from_pipeline(WRONG_SIGN.format(convention="coordinate_frame")))(xy)


def _no_shift(xy: Coordinates) -> Coordinates:
    return _proj(Transformer.from_pipeline(WRONG_SIGN.partition(" +step +proj=push")[0] + _DEGREES))(xy)


_DEGREES = " +step +proj=unitconvert +xy_in=rad +xy_out=deg"


def _from_wgs84_without_shift(xy: Coordinates) -> Coordinates:
    """A receiver's positions projected on the provincial meridian as if WGS 84 were VN-2000."""
    grid = Transformer.from_proj(
        "+proj=longlat +ellps=WGS84",
        "+proj=tmerc +lat_0=0 +lon_0=105.75 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84",
        always_xy=True,
    )
    return _proj(grid)(transform_coordinates(xy, GRID, 4326))


def _other_scale(xy: Coordinates) -> Coordinates:
    """The provincial meridian with the scale of a six-degree zone."""
    six = "+proj=tmerc +lat_0=0 +lon_0=105.75 +k=0.9996 +x_0=500000 +y_0=0 +ellps=WGS84"
    three = six.replace("0.9996", "0.9999")
    return _proj(Transformer.from_proj(three, six, always_xy=True))(xy)


@pytest.fixture
def look(database: Logins, tmp_path: Path) -> Look:
    """Stage a sample and measure it; nothing is kept. Both ways to ask must agree."""

    def at(sample: Sample) -> Shift | None:
        reader, _ = open_delivery(load_city("my_tho"), request(write_sample(tmp_path / "new.gpkg", sample)))
        with psycopg.connect(database.owner) as connection:
            stage(connection, reader, lambda _: None)
            shift = measure_shift(connection, reader)
            assert find_shift(connection, reader) == (None if shift is None else shift.finding())
            connection.rollback()
        (tmp_path / "new.gpkg").unlink()
        return shift

    return at


@pytest.fixture
def before(settings: Settings, database: Logins, tmp_path: Path) -> Sample:
    """Sixty parcels over three kilometres, in force."""
    sample = parcels(60)
    north = 50.0 * np.arange(60)
    west = EAST + 12.0 * np.arange(60)
    held = Sample(sample.columns, [*shapely.box(west, NORTH + north, west + 10, NORTH + 18 + north)])
    Comparer(settings, database.owner, tmp_path).in_force(held)
    return held


@pytest.mark.parametrize(
    ("move", "srid", "cause", "length"),
    [
        (_library_default, 4326, "library_default", 0.80),
        (_no_shift, 4326, "no_datum_shift", 225.5),
        (_wrong_sign, 4326, "rotation_sign", 0.54),
        (_from_wgs84_without_shift, GRID, "no_datum_shift", 225.5),
        (_other_scale, GRID, "other_scale", 344.2),
    ],
    ids=["library default", "no datum shift", "rotation sign", "no shift into the grid", "six-degree scale"],
)
def test_each_wrong_conversion_is_named_by_its_mark(
    before: Sample, look: Look, move: Move, srid: int, cause: str, length: float
) -> None:
    shift = look(_by(before, move, srid))
    assert shift is not None
    assert shift.cause is not None
    assert shift.cause.code == cause
    assert shift.length == pytest.approx(length, abs=1.0 if length > 100 else 0.01)
    finding = shift.finding()
    assert finding is not None
    assert (finding.code, finding.severity, finding.count) == ("systematic_shift", "error", 60)
    assert f"{shift.length:.2f} m" in finding.text
    assert finding.text_vi
    corrected = shift.finding(correction=True)
    assert corrected is not None
    assert corrected.severity == "warning"
    told = shift.as_json()
    assert told["cause"] == cause
    assert told["pairs"] == 60
    assert told["text_vi"]


def test_the_right_conversion_and_the_same_file_leave_no_mark(before: Sample, look: Look) -> None:
    for sample in (before, before.shuffled(), _by(before, _right_sign, 4326)):
        shift = look(sample)
        assert shift is not None
        assert shift.length < 0.001
        assert shift.finding() is None


def test_a_shift_of_no_known_cause_is_a_warning_with_its_vector(before: Sample, look: Look) -> None:
    shift = look(_by(before, _moved(0.31, -0.22), GRID))
    assert shift is not None
    assert shift.cause is None
    finding = shift.finding()
    assert finding is not None
    assert finding.severity == "warning"
    assert "0.38 m (E +0.31, N -0.22)" in finding.text


def test_a_new_survey_of_a_few_parcels_is_no_shift(before: Sample, look: Look) -> None:
    shapes = [
        shapely.transform(shape, _moved(0.8, 0.04)) if at < 12 else shape
        for at, shape in enumerate(before.shapes)
    ]
    shift = look(Sample(before.columns, list(shapes)))
    assert shift is not None
    assert shift.finding() is None


def test_a_new_survey_of_all_is_no_shift_while_it_goes_in_all_directions(before: Sample, look: Look) -> None:
    noise = np.random.default_rng(4).normal(0, 0.4, (60, 2))
    shapes = [
        shapely.transform(shape, lambda xy, by=by: xy + by)
        for shape, by in zip(before.shapes, noise, strict=True)
    ]
    shift = look(Sample(before.columns, list(shapes)))
    assert shift is not None
    assert shift.finding() is None


def test_numbers_dealt_out_anew_are_no_shift(before: Sample, look: Look) -> None:
    numbers = before.columns["parcel_no"]
    assert look(before.with_column("parcel_no", numbers[7:] + numbers[:7])) is None


def test_a_shift_is_found_among_parcels_that_changed_as_well(before: Sample, look: Look) -> None:
    wrong = _by(before, _library_default, 4326)
    west, south, east, north = shapely.bounds(wrong.shapes[0])
    shift = look(wrong.with_shape(1, shapely.box(west, south, (west + east) / 2, north)))
    assert shift is not None
    assert shift.pairs == 59
    assert shift.cause is not None
    assert shift.cause.code == "library_default"


def test_the_first_delivery_and_a_handful_of_corrections_prove_nothing(
    settings: Settings, database: Logins, tmp_path: Path, look: Look
) -> None:
    assert look(parcels(60)) is None
    Comparer(settings, database.owner, tmp_path).in_force(parcels(60))
    few = parcels(FEWEST_PAIRS - 1)
    assert look(_by(few, _moved(0.8, 0.04), GRID)) is None


def test_a_key_that_stands_for_several_parcels_pairs_none(
    settings: Settings, database: Logins, tmp_path: Path, look: Look
) -> None:
    twice = parcels(60).with_column("parcel_no", [str(at // 2) for at in range(60)])
    Comparer(settings, database.owner, tmp_path).in_force(twice)
    assert look(_by(twice, _moved(0.8, 0.04), GRID)) is None


def test_a_real_cadastre_through_the_library_default(
    settings: Settings, database: Logins, tmp_path: Path, look: Look
) -> None:
    """Real shapes of a French commune, laid into Mỹ Tho and taken through the wrong conversion."""
    path = shared_file("cadastre_fr_27412_etalab.gpkg")
    _, _, wkb, fields = read(path, layer="parcelles", columns=["section", "numero"])
    degrees = shapely.from_wkb(wkb)
    west, south = shapely.total_bounds(degrees)[:2]
    shapes = shapely.transform(
        degrees, lambda xy: (xy - (west, south)) * (72_000, 111_000) + (EAST - 3_000, NORTH)
    )
    columns = {
        "unit_code": ["28249"] * len(shapes),
        "sheet_no": [str(section) for section in fields[0]],
        "parcel_no": [str(number) for number in fields[1]],
    }
    valid = [at for at, shape in enumerate(shapes) if shapely.is_valid(shape)]
    sample = Sample(columns, list(shapes)).rows(*(at + 1 for at in valid))
    Comparer(settings, database.owner, tmp_path).in_force(sample)
    shift = look(_by(sample, _library_default, 4326))
    assert shift is not None
    assert shift.cause is not None
    assert shift.cause.code == "library_default"
    assert shift.residual is not None
    assert shift.residual < 0.01
    assert shift.pairs > 1_000
