"""Functions that act with their owner's rights are a way around the grants: few, fixed, and known."""

from typing import Any

import psycopg

from gis_platform.access.roles import STAFF, Role
from tests.support.acting import taken_role

Connection = psycopg.Connection[Any]

# Each gives out sums, or takes in an entry; none gives out a row.
KNOWN = {
    "core.audit_append(text,text,jsonb)",
    "layer.traffic_summary(timestamp with time zone,timestamp with time zone)",
    "layer.urban_order_summary(timestamp with time zone,timestamp with time zone)",
}

_DEFINERS = """
    SELECT CAST(CAST(p.oid AS regprocedure) AS text), coalesce(array_to_string(proconfig, ' '), '')
    FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
    WHERE prosecdef AND nspname IN ('core', 'layer', 'jobs', 'public')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def test_they_are_those_that_are_known_and_look_in_one_place(connection: Connection) -> None:
    """With a search path of the caller's, its own function could be run with the owner's rights."""
    found = dict(connection.execute(_DEFINERS).fetchall())
    assert set(found) == KNOWN
    assert [name for name, settings in found.items() if "search_path=" not in settings] == []
    assert [name for name, settings in found.items() if not settings.endswith("pg_temp")] == []


def test_the_summaries_give_sums_to_the_public_and_no_case(connection: Connection) -> None:
    connection.execute(
        """INSERT INTO layer.violations
               (code, stream, state, category, office, occurred_at, plate, amount_vnd, source_date, geom)
           SELECT 'V1', 'traffic', 'detected', 'đèn đỏ', 'csgt', '2023-01-01T00:00:00Z', '63B1-123.45', 1,
                  '2023-01-01', ST_SetSRID(ST_MakePoint(567218, 1145161), core.working_srid())"""
    )
    with taken_role(connection, Role.PUBLIC):
        cursor = connection.execute("SELECT * FROM layer.traffic_summary('2022-01-01', '2024-01-01')")
        assert cursor.description is not None
        names = [column.name for column in cursor.description]
        assert names == ["detected", "notified", "recorded", "paid", "amount_vnd"]
        assert cursor.fetchone() == (1, 0, 0, 0, 0)


def test_nobody_makes_anything_in_the_schemas(connection: Connection) -> None:
    """A function or table of a caller's own beside ours could be taken for ours."""
    rows = connection.execute(
        """SELECT r.rolname, n.nspname FROM pg_roles r, pg_namespace n
           WHERE r.rolname = ANY (%s) AND n.nspname IN ('core', 'layer', 'jobs', 'public')
             AND has_schema_privilege(r.oid, n.oid, 'CREATE')""",
        [[role.database_role for role in (*STAFF, Role.PUBLIC)] + ["gis_app"]],
    )
    assert rows.fetchall() == []
