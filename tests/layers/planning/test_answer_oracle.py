"""The look-up against an independent computation: shapely, from the raw geometries."""

import os
import random
from collections.abc import Iterator

import psycopg
import pytest
from starlette.testclient import TestClient

from etl.demo.founding import DEFAULT_SEED, make_city
from etl.demo.sources import sources
from etl.demo.tables import Loader
from etl.demo.telling import DemoLines
from gis_platform.city import load_city
from gis_platform.database.server import Logins, logins
from gis_platform.layer.registry import installed_layers
from gis_platform.settings import Settings
from tests.layers.planning.conftest import Answers
from tests.support.databases import drop_database, fresh_database
from tests.support.overlay_oracle import Tally, compare, expect, read_ground, read_streets

#: Of the demo city of so many parcels; the tests' own small one has a fifth of it.
ASKED, CITY = 10_000, 12_000
OVER_HTTP = 60
_GROUND = ("admin_units", "streets", "zoning", "parcels")


@pytest.fixture(scope="module")
def larger_city(server: str, template: str, base_settings: Settings) -> Iterator[Logins]:
    """The ground of a demo city that has parcels enough: what no planning answer reads is left out."""
    name = f"gis_oracle_{os.getpid()}_test"
    places = logins(base_settings, fresh_database(server, name, template))
    layers, city = installed_layers(), make_city(DEFAULT_SEED, CITY)
    with psycopg.connect(places.owner) as connection, DemoLines(CITY) as progress:
        loader = Loader(connection, city, load_city(base_settings.city).working_srid, progress)
        for source in sources(city):
            if source.layer in _GROUND:
                loader.fill(source, layers[source.layer])
        for layer in _GROUND:
            if "after_delivery" in layers[layer].sql:
                connection.execute(layers[layer].sql["after_delivery"].text.encode())
    yield places
    drop_database(server, name)


@pytest.mark.timeout(1200)  # a minute of one core, which may be shared
def test_ten_thousand_parcels_agree_with_shapely(larger_city: Logins, answers: Answers) -> None:
    parcels, zones = read_ground(larger_city.owner)
    chosen = random.Random(63).sample(sorted(parcels), ASKED)  # noqa: S311  # a sample, not a secret
    expected = expect({id: parcels[id] for id in chosen}, zones, read_streets(larger_city.owner))
    tally = Tally()
    for answer in answers(larger_city.public, chosen):
        compare(expected, answer, tally)
    assert not tally.faults, f"{len(tally.faults)} faults, the first: {tally.faults[:5]}"
    assert tally.parcels == ASKED
    # What is too close to call is told by neither side; it must stay rare.
    assert tally.too_close < ASKED / 100
    met = (tally.hits, tally.straddling, tally.not_governing, tally.not_affected, tally.no_data)
    roads = (tally.widened, tally.unplanned)
    assert min(*met, *roads) > ASKED / 100, f"the demo city no longer tests all of it: {tally}"
    assert tally.slivers > 0


def test_what_comes_over_http_agrees_with_shapely(city_client: TestClient, small_city: Logins) -> None:
    parcels, zones = read_ground(small_city.owner)
    chosen = random.Random(64).sample(sorted(parcels), OVER_HTTP)  # noqa: S311  # a sample, not a secret
    with psycopg.connect(small_city.owner) as connection:
        places = connection.execute(
            "SELECT ST_X(p), ST_Y(p) FROM (SELECT ST_Transform(ST_PointOnSurface(geom), 4326) AS p "
            "FROM layer.parcels WHERE id = ANY (%s)) inside",
            [chosen],
        ).fetchall()
    expected, tally = expect(parcels, zones, read_streets(small_city.owner)), Tally()
    for lon, lat in places:
        answer = city_client.get("/api/planning/lookup", params={"point": f"{lon:.9f},{lat:.9f}"})
        assert answer.status_code == 200, answer.text
        compare(expected, answer.json(), tally)
    assert not tally.faults, tally.faults[:5]
    assert tally.parcels >= OVER_HTTP


def test_the_demo_city_has_data_on_every_theme(city_client: TestClient, small_city: Logins) -> None:
    """Heritage too: else no demo parcel could ever be told a yes."""
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute(
            "SELECT ST_X(p), ST_Y(p) FROM (SELECT ST_Transform(ST_PointOnSurface(geom), 4326) AS p "
            "FROM layer.parcels ORDER BY id LIMIT 1) inside"
        ).fetchone()
    assert row is not None
    answer = city_client.get("/api/planning/lookup", params={"point": f"{row[0]:.9f},{row[1]:.9f}"}).json()
    told = [line["theme"] for bucket in ("affected", "not_affected") for line in answer[bucket]]
    assert "heritage" in told
    assert "heritage" not in {line["theme"] for line in answer["no_data"]}


@pytest.mark.parametrize("written", ["28249", "Phường 5", "phuong 5", "P.5", "p5", "F5", "P. 5"])
def test_a_unit_may_be_written_as_people_write_it(
    city_client: TestClient, small_city: Logins, written: str
) -> None:
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute(
            "SELECT sheet_no, parcel_no FROM layer.parcels WHERE unit_code = '28249' ORDER BY id LIMIT 1"
        ).fetchone()
    assert row is not None
    asked = {"sheet": str(row[0]), "parcel": str(row[1]), "unit": written}
    answer = city_client.get("/api/planning/lookup", params=asked)
    assert answer.status_code == 200, answer.text
    assert "28249" in {parcel["unit_code"] for parcel in answer.json()["parcels"]}
