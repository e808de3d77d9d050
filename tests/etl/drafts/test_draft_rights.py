"""The database by itself keeps drafts to planners, and each to who uploaded it; removal leaves no row."""

from pathlib import Path

import psycopg
import pytest

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.acting import connected_as
from tests.support.drafts import draft_rows, drafted, plan, random_zones, write_plan

REFUSED = psycopg.errors.InsufficientPrivilege
TABLES = (
    "draft",
    "draft_zone",
    "draft_unread",
    "draft_in_force",
    "draft_parcel",
    "draft_effect",
    "draft_case",
)
OTHERS = sorted(set(Role) - {Role.PLANNER, Role.ADMIN})


@pytest.fixture
def draft(draft_settings: Settings, draft_city: Logins, folder: Path) -> int:
    file = write_plan(folder / "a.gpkg", plan(random_zones(draft_city, 2, seed=13), ["ODT", "XYZ"]))
    return drafted(draft_settings, draft_city, file)


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("table", TABLES)
def test_others_read_nothing(draft_city: Logins, role: Role, table: str) -> None:
    with connected_as(draft_city, role) as connection, pytest.raises(REFUSED):
        connection.execute(f"SELECT * FROM planning.{table}".encode())  # noqa: S608


@pytest.mark.parametrize("role", [Role.PLANNER, Role.ADMIN])
@pytest.mark.parametrize("table", TABLES)
def test_planners_read_and_do_not_write_results(
    draft_city: Logins, draft: int, role: Role, table: str
) -> None:
    with connected_as(draft_city, role) as connection:
        connection.execute(f"SELECT * FROM planning.{table}".encode())  # noqa: S608
        with pytest.raises(REFUSED):
            connection.execute(f"TRUNCATE planning.{table}".encode())
        if table != "draft":
            with pytest.raises(REFUSED):
                connection.execute(f"DELETE FROM planning.{table}".encode())  # noqa: S608
    assert draft_rows(draft_city, "SELECT id FROM planning.draft WHERE id = %s", draft)


def _act(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    connection.execute("SELECT set_config('gis.actor', %s, false)", [name])


def test_only_who_uploaded_it_removes_it(draft_city: Logins, draft: int) -> None:
    with connected_as(draft_city, Role.PLANNER) as connection:
        _act(connection, "hoa")
        assert connection.execute("DELETE FROM planning.draft WHERE id = %s", [draft]).rowcount == 0
        with pytest.raises(REFUSED):
            connection.execute("UPDATE planning.draft SET uploaded_by = 'hoa' WHERE id = %s", [draft])
        with pytest.raises(REFUSED):
            connection.execute("UPDATE planning.draft SET sha256 = repeat('0', 64) WHERE id = %s", [draft])
        _act(connection, "lan")
        assert connection.execute("DELETE FROM planning.draft WHERE id = %s", [draft]).rowcount == 1
    for table in TABLES[1:]:
        left = f"SELECT draft_id FROM planning.{table} WHERE draft_id = %s LIMIT 1"  # noqa: S608
        assert draft_rows(draft_city, left, draft) == []


def test_an_administrator_removes_any(draft_city: Logins, draft: int) -> None:
    with connected_as(draft_city, Role.ADMIN) as connection:
        _act(connection, "admin")
        assert connection.execute("DELETE FROM planning.draft WHERE id = %s", [draft]).rowcount == 1


def test_nobody_uploads_in_anothers_name(draft_city: Logins) -> None:
    entered = (
        "INSERT INTO planning.draft (name, file_name, size_bytes, sha256) "
        "VALUES ('a', 'a', 1, repeat('0', 64))"
    )
    with connected_as(draft_city, Role.PLANNER) as connection:
        _act(connection, "lan")
        connection.execute(entered)
        with pytest.raises(REFUSED):
            connection.execute(
                "INSERT INTO planning.draft (name, uploaded_by, file_name, size_bytes, sha256) "
                "VALUES ('a', 'hoa', 'a', 1, repeat('0', 64))"
            )
    (row,) = draft_rows(draft_city, "DELETE FROM planning.draft WHERE sha256 = repeat('0', 64) RETURNING *")
    assert row["uploaded_by"] == "lan"
