"""From nothing to the newest form; again without effect; and never onto another city."""

import psycopg
import pytest

from gis_platform.database.migrate import migrate, migration_heads
from gis_platform.database.server import Logins
from gis_platform.errors import Conflict
from gis_platform.settings import Settings
from tests.support.accounts import execute

# Names, not numbers: policies are made anew each time.
_SNAPSHOT = {
    "relations": "SELECT relnamespace::regnamespace::text, relname, relkind, relrowsecurity, relacl::text "
    "FROM pg_class WHERE relnamespace IN ('core'::regnamespace, 'layer'::regnamespace, 'jobs'::regnamespace)",
    "columns": "SELECT attrelid::regclass::text, attname, atttypid::regtype::text, attnotnull, attacl::text "
    "FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid WHERE attnum > 0 "
    "AND relnamespace IN ('core'::regnamespace, 'layer'::regnamespace) AND relkind IN ('r', 'p')",
    "policies": "SELECT tablename, policyname, roles::text, cmd, qual FROM pg_policies",
    "functions": "SELECT proname, pg_get_function_identity_arguments(oid), prosrc, proacl::text "
    "FROM pg_proc WHERE pronamespace IN ('core'::regnamespace, 'layer'::regnamespace)",
    "versions": "SELECT version_num FROM alembic_version",
    "days": "SELECT * FROM core.calendar_day",
}


def _snapshot(places: Logins) -> dict[str, list[str]]:
    with psycopg.connect(places.owner) as connection:
        return {
            name: sorted(repr(row) for row in connection.execute(query.encode()))
            for name, query in _SNAPSHOT.items()
        }


def test_from_nothing_and_again(empty_database: Logins, base_settings: Settings) -> None:
    migrate(base_settings, empty_database)
    first = _snapshot(empty_database)
    assert {version.strip("(',)") for version in first["versions"]} == migration_heads()
    assert all(first.values())
    migrate(base_settings, empty_database)
    assert _snapshot(empty_database) == first


def test_another_city_is_refused(database: Logins, base_settings: Settings) -> None:
    before = _snapshot(database)
    other = base_settings.model_copy(update={"city": "terres_de_bord"})
    with pytest.raises(Conflict, match="my_tho") as refusal:
        migrate(other, database)
    assert refusal.value.parameter == "GIS_CITY"
    assert _snapshot(database) == before


def test_what_no_layer_grants_is_taken_away(database: Logins, base_settings: Settings) -> None:
    before = _snapshot(database)
    execute(
        database,
        """
        GRANT SELECT ON layer.parcel_owners, layer.cameras TO gis_public;
        GRANT SELECT (plate) ON layer.violations TO gis_operator;
        GRANT INSERT, UPDATE, DELETE ON layer.parcels TO gis_planner;
        CREATE POLICY careless ON layer.hotspots FOR SELECT TO gis_public USING (true);
        """,
    )
    assert _snapshot(database) != before
    migrate(base_settings, database)
    assert _snapshot(database) == before
