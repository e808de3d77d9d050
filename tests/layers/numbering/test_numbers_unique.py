"""What the database itself sees to: one current number a house, history of what was, and who may write."""

from typing import Any

import psycopg
import pytest

from gis_platform.access.roles import Role
from tests.support.acting import taken_role

INSERT = """INSERT INTO layer.house_numbers
        (street_id, alley_path, number, suffix, state, unit_code, geom, source_date, valid_from)
    VALUES (%s, CAST(%s AS jsonb), %s, %s, %s, '28261',
            ST_SetSRID(ST_MakePoint(567000, 1145000), core.working_srid()), '2020-01-01', '2020-01-01')
    RETURNING id"""
ALLEY = '[{"number": 12, "suffix": ""}]'


def _add(
    connection: psycopg.Connection[Any],
    number: int,
    suffix: str = "",
    *,
    path: str = "[]",
    state: str = "issued",
) -> int:
    row = connection.execute(INSERT.encode(), [5, path, number, suffix, state]).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("states", [("issued", "issued"), ("reserved", "issued"), ("reserved", "reserved")])
@pytest.mark.parametrize("path", ["[]", ALLEY])
def test_two_current_houses_never_have_one_number(
    connection: psycopg.Connection[Any], states: tuple[str, str], path: str
) -> None:
    _add(connection, 3, "b", path=path, state=states[0])
    with pytest.raises(psycopg.errors.ExclusionViolation, match="one_house_a_number"):
        _add(connection, 3, "b", path=path, state=states[1])


def test_others_may_stand_beside_it(connection: psycopg.Connection[Any]) -> None:
    _add(connection, 3)
    for number, suffix, path, state in (
        (3, "a", "[]", "issued"),
        (3, "", ALLEY, "issued"),
        (12, "", "[]", "issued"),
        (3, "", "[]", "retired"),
        (3, "", "[]", "planned"),
        (3, "", "[]", "retired"),
    ):
        _add(connection, number, suffix, path=path, state=state)


def test_one_statement_exchanges_numbers(connection: psycopg.Connection[Any]) -> None:
    first, second = _add(connection, 1), _add(connection, 3)
    connection.execute(
        "UPDATE layer.house_numbers SET number = 4 - number, valid_from = '2021-01-01' WHERE id = ANY (%s)",
        [[first, second]],
    )
    rows = connection.execute("SELECT id, number FROM layer.house_numbers ORDER BY id").fetchall()
    assert rows == [(first, 3), (second, 1)]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PERMIT, Role.ADMIN}))
def test_only_permit_officers_may_have_it_written(connection: psycopg.Connection[Any], role: Role) -> None:
    for statement in (
        "SELECT numbering.write_number('{}')",
        "SELECT numbering.rename_alleys('[]', 'x')",
        "SELECT numbering.state_axis(1, '[]', 1, NULL, 'decided', NULL, 'x')",
        "DELETE FROM layer.house_numbers",
        "INSERT INTO numbering.axis (street_id) VALUES (1)",
    ):
        with taken_role(connection, role), pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())


def test_officers_write_by_the_functions_alone(connection: psycopg.Connection[Any]) -> None:
    house = _add(connection, 9)
    with taken_role(connection, Role.PERMIT):
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            connection.transaction(),
        ):
            connection.execute("UPDATE layer.house_numbers SET number = 1")
        row = connection.execute(
            "SELECT numbering.write_number(jsonb_build_object('id', CAST(%s AS bigint), 'number', 11))",
            [house],
        ).fetchone()
        assert row == (house,)
        assert connection.execute("SELECT numbering.write_number('{\"id\": 99999}')").fetchone() == (None,)


def test_an_alley_opens_into_what_is_there(connection: psycopg.Connection[Any]) -> None:
    axis = """INSERT INTO numbering.axis (street_id, alley_path, line_id, basis, stated_by, geom)
        VALUES (5, CAST(%s AS jsonb), %s, 'decided', 'test',
                ST_GeomFromText('LINESTRING(567000 1145000, 567100 1145000)', core.working_srid()))"""
    connection.execute(axis.encode(), [ALLEY, 2])
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="opens into no street"):
        connection.execute("SET CONSTRAINTS numbering.opens_into_another IMMEDIATE")
    connection.rollback()
    for path, line in (
        ("[]", 1),
        (ALLEY, 2),
        ('[{"number": 12, "suffix": ""}, {"number": 5, "suffix": "b"}]', 3),
    ):
        connection.execute(axis.encode(), [path, line])
    connection.execute("SET CONSTRAINTS numbering.opens_into_another IMMEDIATE")
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        connection.execute("DELETE FROM numbering.axis WHERE alley_path = CAST(%s AS jsonb)", [ALLEY])
