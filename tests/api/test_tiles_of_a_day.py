"""Tiles of layers with history show a day in the past, as it was known at a moment."""

from datetime import date, timedelta

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from tests.support.mercator import tile_at
from tests.support.mvt import read_tile
from tests.support.problems import problem
from tests.support.versions import Parcel

Z, X, Y = tile_at(106.3601, 10.3501, 18)
TILE = f"/ogc/collections/{{}}/tiles/WebMercatorQuad/{Z}/{Y}/{X}"


def _ids(client: TestClient, **asked: str) -> list[int | None]:
    answer = client.get(TILE.format("parcels"), params=asked)
    assert answer.status_code in (200, 204), answer.text
    tile = read_tile(answer.content)
    return [feature.id for feature in tile["parcels"].features] if tile else []


def test_a_tile_of_a_day(client: TestClient, database: Logins) -> None:
    with psycopg.connect(database.owner, autocommit=True) as connection:
        parcel = Parcel(connection, 7)
        known = parcel.insert(date(2018, 1, 1), "Một")
        parcel.end(date(2020, 1, 1))
    assert _ids(client) == []
    assert _ids(client, as_of="2019-06-01") == [7]
    assert _ids(client, as_of="2017-12-31") == []
    assert _ids(client, as_of="2020-01-01") == []
    assert _ids(client, as_of="2020-01-01", known_at=known.isoformat()) == [7]
    before = (known - timedelta(seconds=1)).isoformat()
    assert _ids(client, as_of="2019-06-01", known_at=before) == []


@pytest.mark.parametrize(
    ("layer", "asked", "parameter"),
    [
        ("parcels", {"as_of": "20190601"}, "as_of"),
        ("parcels", {"known_at": "yesterday"}, "known_at"),
        ("parcels", {"limit": "5"}, "limit"),
        ("hotspots", {"as_of": "2019-06-01"}, "as_of"),
    ],
)
def test_what_a_tile_does_not_take(
    city_client: TestClient, layer: str, asked: dict[str, str], parameter: str
) -> None:
    problem(city_client.get(TILE.format(layer), params=asked), 400, parameter)


def test_a_parameter_given_twice(city_client: TestClient) -> None:
    twice = {"as_of": ["2019-06-01", "2020-06-01"]}
    problem(city_client.get(TILE.format("parcels"), params=twice), 400, "as_of")
