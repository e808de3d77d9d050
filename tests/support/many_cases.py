"""Ten thousand open cases at once, written past the routes, and how the database goes about a list of
them.
"""

from typing import Any

import psycopg

from gis_platform.casework.codes import new_code
from gis_platform.casework.listing import SQL

_FILL = b"""
    INSERT INTO casework.case_file
           (code, workflow, state, unit_code, place, channel, opened_by, due_on, synthetic)
    SELECT c.code, 'house_number', 'received',
           (ARRAY['28261', '28249', '28273', '28270', '28285'])[1 + c.n %% 5],
           'Thua ' || c.n || ', to ' || c.n %% 90 || ', duong so ' || c.n %% 400, 'counter', 'an',
           CAST(CAST(%(today)s AS timestamptz) AS date) + CAST(c.n %% 60 - 20 AS integer), true
    FROM unnest(CAST(%(codes)s AS text[])) WITH ORDINALITY AS c (code, n);
"""
_PEOPLE = b"""
    INSERT INTO casework.applicant (case_id, workflow, unit_code, name)
    SELECT id, workflow, unit_code,
           (ARRAY['Nguyen Van', 'Tran Thi', 'Le Hoang', 'Pham Ngoc'])[1 + id % 4] || ' ' || id
    FROM casework.case_file c WHERE NOT EXISTS (SELECT FROM casework.applicant a WHERE a.case_id = c.id);
"""
_NONE = dict.fromkeys(("workflow", "unit_code", "state", "assigned_to", "waiting", "code", "folded")) | {
    "people": False,
    "after_due": "0001-01-01",
    "after_id": 0,
    "limit": 51,
}


def many_cases(owner: str, count: int, today: str = "2026-11-16") -> None:
    """So many open cases of five wards, due from twenty days ago to forty ahead, each with its applicant."""
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(new_code())
    with psycopg.connect(owner) as connection:
        connection.execute(_FILL, {"codes": sorted(codes), "today": today})
        connection.execute(_PEOPLE)
        connection.execute("ANALYZE casework.case_file")
        connection.execute("ANALYZE casework.applicant")


def plan_of(connection: psycopg.Connection[Any], **asked: object) -> str:
    """How a page of the open cases is read, as this connection's role."""
    query = b"EXPLAIN " + SQL["by_due"].text.encode()
    return "\n".join(row[0] for row in connection.execute(query, {**_NONE, **asked}).fetchall())


def how_many_cases(owner: str) -> int:
    """Cases that are there already."""
    with psycopg.connect(owner) as connection:
        row = connection.execute("SELECT count(*) FROM casework.case_file").fetchone()
    return int(row[0]) if row else 0
