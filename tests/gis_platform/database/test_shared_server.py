"""Several cities on one server share its roles; an owner without further rights can bring up a city there."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from pydantic import SecretStr

from gis_platform.cluster import home as homes
from gis_platform.cluster.installation import EXTENSIONS
from gis_platform.database.migrate import migrate
from gis_platform.database.passwords import set_login_passwords
from gis_platform.database.server import Logins, database_name, logins
from gis_platform.errors import Conflict
from gis_platform.settings import Settings
from tests.support.databases import drop_database, fresh_database

OWNER = "gis_owner_of_test"


@pytest.fixture
def over_tcp(empty_database: Logins, template: str, base_settings: Settings) -> str:
    """The owner's way to an empty database, by which the server asks everyone for a password."""
    assert template
    home = homes.find(base_settings.data_dir)
    if home is None:
        pytest.skip("the tests run on a server of your own, whose owner's password they do not know")
    # Logins are the server's: a test before this one may have brought up a city with a key of its own.
    with psycopg.connect(empty_database.owner) as connection:
        set_login_passwords(connection, base_settings)
    return make_conninfo(
        empty_database.owner,
        host="127.0.0.1",
        port=home.port_file.read_text(encoding="ascii").strip(),
        password=home.password_file.read_text(encoding="ascii").strip(),
    )


def test_a_second_city_does_not_lock_out_the_first(over_tcp: str, base_settings: Settings) -> None:
    other = base_settings.model_copy(update={"secret_key": SecretStr("another operator's secret key")})
    with pytest.raises(Conflict, match="same GIS_SECRET_KEY") as refusal:
        migrate(other, logins(other, over_tcp))
    assert refusal.value.parameter == "GIS_SECRET_KEY"
    places = logins(base_settings, over_tcp)
    with psycopg.connect(over_tcp) as connection:
        assert connection.execute("SELECT to_regclass('core.city')").fetchone() == (None,)
    for place in (places.app, places.public):
        psycopg.connect(place).close()
    migrate(base_settings, places)
    psycopg.connect(places.public).close()


@pytest.fixture
def modest_owner(server: str, template: str) -> Iterator[str]:
    """A database as docs/operations.md has an administrator prepare it."""
    assert template
    name = "gis_modest_test"
    admin = fresh_database(server, name)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"DROP ROLE IF EXISTS {OWNER}".encode())
        connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEROLE".encode())
        connection.execute(f"ALTER DATABASE {name} OWNER TO {OWNER}".encode())
        for extension in EXTENSIONS:
            connection.execute(f"CREATE EXTENSION {extension}".encode())
        connection.execute(f"GRANT SELECT, INSERT, UPDATE ON spatial_ref_sys TO {OWNER}".encode())
    yield make_conninfo(admin, user=OWNER)
    drop_database(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP ROLE {OWNER}".encode())


def test_an_owner_who_is_no_superuser_migrates_and_closes_the_database(
    modest_owner: str, base_settings: Settings
) -> None:
    places = logins(base_settings, modest_owner)
    for _ in range(2):
        migrate(base_settings, places)
    with psycopg.connect(modest_owner) as connection:
        rows = connection.execute(
            """SELECT r.name, has_database_privilege(r.name, current_database(), p.privilege)
               FROM unnest(ARRAY['public', 'gis_app', 'gis_public', 'gis_planner', %s]) AS r (name),
                    unnest(ARRAY['CONNECT', 'TEMPORARY']) AS p (privilege)
               ORDER BY r.name, p.privilege""",
            [OWNER],
        ).fetchall()
    assert database_name(modest_owner) == "gis_modest_test"
    assert rows == [
        ("gis_app", True),
        ("gis_app", False),
        (OWNER, True),
        (OWNER, True),
        ("gis_planner", False),
        ("gis_planner", False),
        ("gis_public", True),
        ("gis_public", False),
        ("public", False),
        ("public", False),
    ]
    for place in (places.app, places.public):
        psycopg.connect(place).close()
