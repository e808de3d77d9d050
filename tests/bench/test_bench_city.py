"""The benchmarks' statements, questions and views, on a small city."""

import psycopg
import pytest
from psycopg import sql

from gis_platform.city import load_city
from gis_platform.database.server import Logins
from tests.bench.__main__ import main
from tests.bench.calls import calls
from tests.bench.city import give_to_peers
from tests.bench.limit import Call, Limit
from tests.bench.load import NoFigure
from tests.bench.options import read_options
from tests.bench.paths import PATHS
from tests.bench.peers.known import peers
from tests.bench.questions import Item, Tile
from tests.bench.samples import Samples, draw
from tests.bench.servers import Ours


@pytest.fixture(scope="module")
def samples(small_city: Logins) -> Samples:
    with psycopg.connect(small_city.owner) as connection:
        return draw(connection, 40)


def test_each_path_asks_something_of_us(samples: Samples) -> None:
    for path in PATHS:
        questions = path.draw(samples)
        assert questions, path.name
        assert all(Ours().addresses(question) for question in questions), path.name


def test_a_peer_says_what_it_cannot_answer(samples: Samples) -> None:
    offers = {each.name: each for each in peers(read_options({}))}
    tile, item = samples.near[0], samples.items[0]
    assert isinstance(tile, Tile)
    assert isinstance(item, Item)
    assert offers["pygeoapi"].addresses(tile) is None
    assert offers["martin"].addresses(item) is None
    assert offers["martin"].addresses(tile) == [f"/parcels/{tile.z}/{tile.x}/{tile.y}"]
    assert all(len(each.addresses(samples.here[0]) or []) in (0, 2) for each in offers.values())


def test_the_limit_runs_our_own_statements(small_city: Logins, samples: Samples) -> None:
    """Each as the public, each with an answer: a statement that is refused would be a fast one."""
    limit = Limit(small_city.public, 2)
    try:
        for questions in (
            samples.near,
            samples.low,
            samples.pages,
            samples.boxes,
            samples.items,
            samples.here,
        ):
            work = calls(questions, load_city("my_tho"))
            assert len(work) == len(questions)
            assert limit.press(work, 2, 0.05).requests > 0
        refused = Call(b"SELECT holder_name FROM layer.parcel_owners", [])
        with pytest.raises(NoFigure, match="permission denied"):
            limit.press([refused], 1, 0.05)
    finally:
        limit.close()


def test_peers_read_what_the_public_sees(database: Logins) -> None:
    with psycopg.connect(database.owner) as connection:
        give_to_peers(connection)
        connection.execute("SET ROLE bench_peer")
        for view in ("parcels", "zones", "parcel_tiles"):
            connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier("bench", view)))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM layer.parcel_owners")


def test_words_that_name_no_row_measure_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no such row"]) == 0
    assert capsys.readouterr().out.strip() == ""
