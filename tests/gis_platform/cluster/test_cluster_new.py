"""A cluster made from nothing: durable, private, and in the encoding Vietnamese needs."""

import stat
from collections.abc import Iterator

import psycopg
import pytest

from gis_platform.cluster import Cluster, ensure_running
from tests.support.clusters import Place, answer, fresh_place


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with fresh_place() as made:
        yield made


@pytest.fixture(scope="module")
def cluster(place: Place) -> Cluster:
    return ensure_running(place)


def test_it_was_started_here_and_answers(cluster: Cluster) -> None:
    assert cluster.started_here
    assert answer(cluster, "SELECT 1") == 1


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("jit", "off"),
        ("max_connections", "200"),
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_permissions", "0700"),
        ("server_encoding", "UTF8"),
        ("TimeZone", "UTC"),
    ],
)
def test_its_settings(cluster: Cluster, setting: str, value: str) -> None:
    assert answer(cluster, f"SELECT current_setting('{setting}')") == value


def test_no_line_of_its_access_rules_trusts_tcp(cluster: Cluster) -> None:
    rules = "SELECT count(*) FROM pg_hba_file_rules WHERE type <> 'local' AND auth_method <> 'scram-sha-256'"
    assert answer(cluster, rules) == 0


def test_tcp_asks_for_the_owners_password(place: Place, cluster: Cluster) -> None:
    server = place.server
    assert server is not None
    assert cluster.url().endswith(f"port={server.port}")
    tcp = f"host=127.0.0.1 port={server.port} user=postgres dbname=postgres"
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(tcp)
    password = place.home.password_file.read_text(encoding="ascii").strip()
    with psycopg.connect(f"{tcp} password={password}") as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_only_its_owner_may_enter(place: Place, cluster: Cluster) -> None:
    assert cluster.started_here
    home = place.home
    for folder in (home.folder, home.data, home.sockets):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder
    assert stat.S_IMODE(home.password_file.stat().st_mode) == 0o600


def test_the_server_does_not_run_as_root(place: Place, cluster: Cluster) -> None:
    assert cluster.started_here
    server = place.server
    assert server is not None
    assert place.home.account.uid != 0
    with open(f"/proc/{server.pid}/status", encoding="ascii") as status:
        owners = next(line.split()[1:] for line in status if line.startswith("Uid:"))
    assert set(owners) == {str(place.home.account.uid)}


def test_another_role_enters_by_the_socket(cluster: Cluster) -> None:
    answer(cluster, "CREATE ROLE visitor LOGIN")
    with psycopg.connect(cluster.url("template1", "visitor")) as connection:
        row = connection.execute("SELECT current_user::text, current_database()::text").fetchone()
    assert row == ("visitor", "template1")


def test_a_second_request_reuses_it(place: Place, cluster: Cluster) -> None:
    before = place.server
    again = ensure_running(place)
    assert not again.started_here
    assert again.address == cluster.address
    assert place.server == before
