"""A year of readings of two stations: irregular, tidal, salty in the dry season, with faults marked."""

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest
import shapely
from numpy.typing import NDArray

from etl.demo.city import City
from etl.demo.stations import observations, sensors
from etl.demo.waters import river
from tests.etl.demo.conftest import gathered


@pytest.fixture(scope="module")
def readings() -> pa.Table:
    """All readings of the year."""
    return pa.Table.from_batches(list(observations(63)))


def series(readings: pa.Table, name: str) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Seconds, values and flags of one property of the first station, in order."""
    mask = np.array(readings["sensor_code"]) == "TRAM-01"
    mask &= np.array(readings["property"]) == name
    chosen = readings.filter(pa.array(mask))
    at = chosen["observed_at"].cast(pa.int64()).to_numpy() // 1_000_000
    return at, chosen["value"].to_numpy(), chosen["flag"].to_numpy().astype(np.int64)


def test_two_stations_on_the_bank(city: City) -> None:
    points = gathered([sensors()])
    assert list(points.column("code")) == ["TRAM-01", "TRAM-02"]
    water = river(city)
    assert all(0 < shapely.distance(water, point) < 5 for point in points.shapes)


def test_a_year_every_five_to_ten_minutes_with_gaps(readings: pa.Table) -> None:
    at, _, _ = series(readings, "ph")
    steps = np.diff(at)
    assert steps.min() >= 300
    assert (steps <= 600).mean() > 0.99
    assert (steps > 3_600).sum() >= 5
    assert datetime.fromtimestamp(int(at[0]), UTC) < datetime(2022, 9, 10, tzinfo=UTC)
    assert at[-1] - at[0] > 364 * 86_400


def test_salt_comes_with_the_dry_season_and_two_tides_a_day(readings: pa.Table) -> None:
    at, value, flag = series(readings, "salinity")
    good = flag == 1
    month = np.array([datetime.fromtimestamp(int(t), UTC).month for t in at[good]])
    salt = value[good]
    assert salt.min() >= 0.05
    assert salt.max() <= 5.0
    assert salt[month == 3].mean() > 1.0 > 5 * salt[month == 10].mean()
    days = (at[good] // 86_400 == at[good][np.argmax(salt)] // 86_400).nonzero()[0]
    rising = np.diff(np.convolve(salt[days], np.ones(9) / 9, mode="valid")) > 0
    turns = np.abs(np.diff(np.convolve(rising, np.ones(15) / 15, mode="valid") > 0.5)).sum()
    assert 2 <= turns <= 6


def test_faults_are_marked_and_never_called_good(readings: pa.Table) -> None:
    _, value, flag = series(readings, "temperature")
    assert set(np.unique(flag)) == set(range(7))
    assert (flag == 1).mean() > 0.98
    assert np.isnan(value[flag == 4]).all()
    assert value[flag == 1].min() > 20
    assert value[flag == 1].max() < 40
