"""Rows hidden by a row policy are not there for the role, in SQL itself."""

from typing import Any

import psycopg
import pytest

from gis_platform.access.roles import STAFF, Role
from tests.support.acting import taken_role

Connection = psycopg.Connection[Any]

_ONE_OF_EACH = """
    INSERT INTO layer.hotspots (code, name, status, source_date, geom)
    SELECT 'W-' || status, 'Công viên Lạc Hồng', status, current_date,
           ST_Transform(ST_SetSRID(ST_MakePoint(106.3656, 10.3548), 4326), core.working_srid())
    FROM unnest(ARRAY['planned', 'active', 'faulty', 'retired']) AS status
"""


def _statuses(connection: Connection, role: Role) -> set[str]:
    with taken_role(connection, role):
        return {row[0] for row in connection.execute("SELECT status FROM layer.hotspots")}


def test_the_public_sees_no_planned_and_no_retired_hotspot(connection: Connection) -> None:
    connection.execute(_ONE_OF_EACH)
    assert _statuses(connection, Role.PUBLIC) == {"active", "faulty"}


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_see_them_all(connection: Connection, role: Role) -> None:
    connection.execute(_ONE_OF_EACH)
    assert _statuses(connection, role) == {"planned", "active", "faulty", "retired"}
