"""After a write the touched tiles, and only those, change within a second on every worker."""

import time
from collections.abc import Iterator

import httpx2
import psycopg
import pytest

from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.blocks import lay_parcels
from tests.support.mercator import tile_at
from tests.support.mvt import read_tile
from tests.support.server import RunningServer

WITHIN_S = 1.0
Tags = dict[str, str]


@pytest.fixture
def workers(database: Logins, settings: Settings) -> Iterator[list[httpx2.Client]]:
    """Two servers over one database, each with tiles of its own."""
    with psycopg.connect(database.owner) as connection:
        lay_parcels(connection, 60, 60)
    with RunningServer(settings, database) as one, RunningServer(settings, database) as other:
        clients = [httpx2.Client(base_url=server.url, timeout=60) for server in (one, other)]
        yield clients
        for client in clients:
            client.close()


@pytest.fixture
def ground(database: Logins) -> tuple[float, float]:
    """Longitude and latitude of the middle of parcel 1."""
    with psycopg.connect(database.owner) as connection:
        row = connection.execute(
            "SELECT ST_X(c), ST_Y(c) FROM layer.parcels, "
            "LATERAL (SELECT ST_Transform(ST_Centroid(geom), 4326) AS c) m WHERE id = 1"
        ).fetchone()
    assert row is not None
    return row[0], row[1]


def _paths(ground: tuple[float, float]) -> tuple[list[str], list[str]]:
    """Tiles that show parcel 1, and others with parcels that do not."""
    touched, others = [], []
    for zoom in (10, 13, 14, 16, 18, 19):
        z, x, y = tile_at(*ground, zoom)
        touched.append(f"/ogc/collections/parcels/tiles/WebMercatorQuad/{z}/{y}/{x}")
    for zoom, steps in ((18, 3), (19, 6), (19, 7)):
        z, x, y = tile_at(*ground, zoom)
        others.append(f"/ogc/collections/parcels/tiles/WebMercatorQuad/{z}/{y}/{x + steps}")
        others.append(f"/ogc/collections/parcels/tiles/WebMercatorQuad/{z}/{y - steps}/{x}")
    return touched, others


def _tags(client: httpx2.Client, paths: list[str]) -> Tags:
    answers = {path: client.get(path) for path in paths}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {path: answer.headers["etag"] for path, answer in answers.items()}


def _after(client: httpx2.Client, paths: list[str], before: Tags, until: float) -> Tags:
    """The tags once all have changed, or when the time is up."""
    while True:
        tags = _tags(client, paths)
        if all(tags[path] != before[path] for path in paths) or time.monotonic() > until:
            return tags


_WRITES = {
    "moved": "UPDATE layer.parcels SET geom = ST_Translate(geom, -40, -40), valid_from = '2025-01-01' "
    "WHERE id = 1",
    "ended": "DELETE FROM layer.parcels WHERE id = 1",
}


@pytest.mark.parametrize("write", _WRITES)
def test_touched_tiles_change_and_others_do_not(
    workers: list[httpx2.Client], database: Logins, ground: tuple[float, float], write: str
) -> None:
    touched, others = _paths(ground)
    before = [_tags(client, touched + others) for client in workers]
    assert before[0] == before[1]
    with psycopg.connect(database.owner, autocommit=True) as connection:
        connection.execute(_WRITES[write].encode())
        until = time.monotonic() + WITHIN_S
    for client, was in zip(workers, before, strict=True):
        now = _after(client, touched, was, until)
        assert {path for path in touched if now[path] == was[path]} == set()
        assert _tags(client, others) == {path: was[path] for path in others}


def test_a_name_changes_its_own_tiles_and_no_picture_from_afar(
    workers: list[httpx2.Client], database: Logins, ground: tuple[float, float]
) -> None:
    touched, others = _paths(ground)
    near, afar = touched[3:], touched[:3]
    before = [_tags(client, touched + others) for client in workers]
    with psycopg.connect(database.owner, autocommit=True) as connection:
        connection.execute(
            "UPDATE layer.parcels SET parcel_no = '1 bis', valid_from = '2025-01-01' WHERE id = 1"
        )
        until = time.monotonic() + WITHIN_S
    for client, was in zip(workers, before, strict=True):
        now = _after(client, near, was, until)
        assert {path for path in near if now[path] == was[path]} == set()
        assert _tags(client, others + afar) == {path: was[path] for path in others + afar}
        names = {
            f.properties["parcel_no"] for f in read_tile(client.get(near[-1]).content)["parcels"].features
        }
        assert "1 bis" in names


def test_what_the_client_has_is_not_sent_again(
    workers: list[httpx2.Client], ground: tuple[float, float]
) -> None:
    path = _paths(ground)[0][-1]
    tag = workers[0].get(path).headers["etag"]
    for client in workers:
        answer = client.get(path, headers={"If-None-Match": tag})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_feed_that_was_cut_off_hides_nothing(
    workers: list[httpx2.Client], database: Logins, ground: tuple[float, float]
) -> None:
    """Its connections are ended and the write follows at once: nobody heard of it, and yet it shows."""
    touched, _ = _paths(ground)
    before = [_tags(client, touched) for client in workers]
    with psycopg.connect(database.owner, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query LIKE 'LISTEN layer%'"
        )
        connection.execute("DELETE FROM layer.parcels WHERE id = 1")
        until = time.monotonic() + WITHIN_S
    for client, was in zip(workers, before, strict=True):
        now = _after(client, touched, was, until)
        assert {path for path in touched if now[path] == was[path]} == set()
