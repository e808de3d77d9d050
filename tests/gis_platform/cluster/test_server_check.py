"""The check of a server of your own: every finding says what to do."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from gis_platform.cluster import check_server, running_cluster, server_check
from gis_platform.cluster.installation import EXTENSIONS
from tests.support.clusters import Place, fresh_place

SERVER = {
    "version_num": "150018",
    "encoding": "UTF8",
    "role": "city",
    "database": "gis",
    "superuser": False,
    "may_create_roles": True,
    "may_create_schemas": True,
    "may_pin_grids": None,
}


def offered(**changes: Any) -> dict[str, dict[str, object]]:
    """What pg_available_extensions tells of a complete server, with changes; None takes one away."""
    names = ("postgis", "pgrouting", "btree_gist", "pg_trgm", "unaccent")
    all_there: dict[str, dict[str, object]] = {
        name: {"installed": "3.3.2", "available": "3.3.2", "trusted": False} for name in names
    }
    return {name: facts for name, facts in (all_there | changes).items() if facts is not None}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with fresh_place() as place, running_cluster(Place(place.data_dir)) as cluster:
        with psycopg.connect(cluster.url(), autocommit=True) as connection:
            connection.execute("CREATE ROLE guest LOGIN")
            connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
            connection.execute("CREATE ROLE city LOGIN CREATEROLE")
            connection.execute("CREATE DATABASE prepared OWNER city TEMPLATE template0")
        with psycopg.connect(cluster.url("prepared"), autocommit=True) as connection:
            for name in EXTENSIONS:
                connection.execute(f"CREATE EXTENSION {name}".encode())
        yield cluster.url()


def test_a_complete_server_has_no_findings(url: str) -> None:
    assert check_server(url) == []


def test_a_user_with_too_few_rights_and_a_wrong_encoding(url: str) -> None:
    told = "\n".join(check_server(url.replace("postgres@/postgres", "guest@/latin")))
    for words in ("LATIN1", "CREATEROLE", "GRANT CREATE ON DATABASE", "CREATE EXTENSION postgis;"):
        assert words in told


def test_a_server_that_an_administrator_prepared(url: str) -> None:
    prepared = url.replace("/postgres?", "/prepared?")
    (told,) = check_server(prepared.replace("postgres@", "city@"))
    assert 'GRANT SELECT, INSERT, UPDATE ON spatial_ref_sys TO "city";' in told
    with psycopg.connect(prepared) as connection:
        connection.execute(told.partition("database: ")[2].encode())
    assert check_server(prepared.replace("postgres@", "city@")) == []


def test_a_server_that_does_not_answer() -> None:
    (told,) = check_server("postgresql://city@127.0.0.1:1/gis")
    assert "does not answer" in told
    assert "GIS_DATABASE_URL" in told


@pytest.mark.parametrize(
    ("server", "extensions", "words"),
    [
        ({"version_num": "140011"}, {}, "PostgreSQL 14; 15 or newer"),
        ({}, {"postgis": None}, "apt-get install postgresql-15-postgis-3"),
        ({}, {"pgrouting": None}, "apt-get install postgresql-15-pgrouting"),
        ({}, {"pg_trgm": None}, "contrib"),
        (
            {},
            {"postgis": {"installed": "3.2.4", "available": "3.4.0", "trusted": False}},
            "ALTER EXTENSION postgis UPDATE",
        ),
        (
            {"superuser": True},
            {"postgis": {"installed": None, "available": "3.1.9", "trusted": False}},
            "PostGIS is 3.1.9; 3.3 or newer",
        ),
    ],
)
def test_facts_and_what_they_mean(server: dict[str, str], extensions: dict[str, Any], words: str) -> None:
    facts = SERVER | server
    found = [
        *server_check._server_findings(facts),
        *server_check._extension_findings(facts, offered(**extensions)),
    ]
    assert len(found) == 1
    assert words in found[0]
