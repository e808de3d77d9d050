"""Functions that act with their owner's rights are a way around the grants: few, fixed, and known."""

from typing import Any

import psycopg
import pytest

from gis_platform.access.roles import STAFF, Role
from tests.support.acting import taken_role

Connection = psycopg.Connection[Any]

# Each gives out sums, takes in an entry, keeps history, or follows a change; none gives out a row, save that
# whoever has a case's code is told where the case is.
KNOWN = {
    "casework.chain_entry()",
    "casework.refuse_undeclared()",
    "casework.track(text)",
    "core.audit_append(text,text,jsonb)",
    "core.close_changed()",
    "core.close_ended()",
    "core.make_coarse()",
    "core.note_coarse()",
    "core.refuse_overlap()",
    "core.tell_change()",
    "core.tell_emptied()",
    "layer.traffic_summary(date,date)",
    "layer.urban_order_summary(date,date)",
}

_DEFINERS = """
    SELECT CAST(CAST(p.oid AS regprocedure) AS text), coalesce(array_to_string(proconfig, ' '), '')
    FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
    WHERE prosecdef AND nspname IN ('casework', 'core', 'layer', 'jobs', 'public')
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


def _pay(connection: Connection, count: int, moment: str) -> None:
    connection.execute(
        """INSERT INTO layer.violations (code, stream, state, category, office, occurred_at, notified_at,
               recorded_at, paid_at, amount_vnd, source_date, geom)
           SELECT 'P' || i || %(moment)s, 'traffic', 'paid', 'đèn đỏ', 'csgt', t.at, t.at, t.at, t.at,
                  1000000, '2023-01-01', ST_SetSRID(ST_MakePoint(567218, 1145161), core.working_srid())
           FROM generate_series(1, %(count)s) AS i, (SELECT CAST(%(moment)s AS timestamptz) AS at) AS t""",
        {"count": count, "moment": moment},
    )


@pytest.mark.parametrize(("paid", "amount"), [(0, 0), (1, None), (4, None), (5, 5_000_000)])
def test_a_few_fines_are_counted_and_not_summed(
    connection: Connection, paid: int, amount: int | None
) -> None:
    _pay(connection, paid, "2023-03-01T08:00:00+07:00")
    with taken_role(connection, Role.PUBLIC):
        found = connection.execute("SELECT * FROM layer.traffic_summary('2023-03-01', '2023-03-01')")
        assert found.fetchone() == (paid, paid, paid, paid, amount)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles"])
def test_days_are_the_city_s_whatever_the_session_s_zone(connection: Connection, zone: str) -> None:
    _pay(connection, 1, "2023-03-01T00:00:00+07:00")
    _pay(connection, 2, "2023-03-01T23:59:59.999999+07:00")
    _pay(connection, 4, "2023-03-02T00:00:00+07:00")
    connection.execute("SELECT set_config('timezone', %s, true)", [zone])
    for first, last, count in [(1, 1, 3), (2, 2, 4), (1, 2, 7), (3, 3, 0), (2, 1, 0)]:
        row = connection.execute(
            "SELECT paid FROM layer.traffic_summary(make_date(2023, 3, %s), make_date(2023, 3, %s))",
            [first, last],
        ).fetchone()
        assert row == (count,)


def test_only_named_roles_ask_for_sums(connection: Connection) -> None:
    rows = connection.execute(
        """SELECT p.proname FROM pg_proc p,
                  aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
           WHERE p.pronamespace IN ('casework'::regnamespace, 'core'::regnamespace, 'layer'::regnamespace)
             AND p.prosecdef AND a.grantee = 0"""
    )
    assert rows.fetchall() == []


def test_nobody_makes_anything_in_the_schemas(connection: Connection) -> None:
    """A function or table of a caller's own beside ours could be taken for ours."""
    rows = connection.execute(
        """SELECT r.rolname, n.nspname FROM pg_roles r, pg_namespace n
           WHERE r.rolname = ANY (%s) AND n.nspname IN ('casework', 'core', 'layer', 'jobs', 'public')
             AND has_schema_privilege(r.oid, n.oid, 'CREATE')""",
        [[role.database_role for role in (*STAFF, Role.PUBLIC)] + ["gis_app"]],
    )
    assert rows.fetchall() == []
