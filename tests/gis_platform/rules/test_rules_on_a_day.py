"""A rule holds on its days and on no others; none is ever changed, and no two hold at once."""

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.rules import NotLoaded, Rule, rule_on
from tests.support.acting import connected_as

Connection = psycopg.Connection[Any]
_ADD = (
    "INSERT INTO core.rule (code, title_vi, title_en, value, document, article, effective_from, "
    "effective_to, "
    "replaced_by, reading, recorded_by) VALUES ('test.rule', 'Thử', 'Test', %s, 'Văn bản', 'Điều 1', %s, %s, "
    "'Văn bản sau', 'seen', 'test')"
)


@pytest.fixture
def rules(connection: Connection) -> Iterator[Connection]:
    yield connection
    connection.rollback()


def _add(connection: Connection, since: str, until: str | None, value: int = 1) -> None:
    connection.execute(_ADD, [json.dumps({"n": value}), since, until])


def _on(connection: Connection, day: str) -> Any:
    row = connection.execute("SELECT core.rules_on('{test.rule}', %s)", [day]).fetchone()
    assert row is not None
    return row[0].get("test.rule")


def test_it_holds_from_its_first_day_to_its_last(rules: Connection) -> None:
    _add(rules, "2021-07-05", "2026-12-31")
    assert _on(rules, "2021-07-04") is None
    assert _on(rules, "2021-07-05")["value"] == {"n": 1}
    assert _on(rules, "2026-12-31")["value"] == {"n": 1}
    ended = _on(rules, "2027-01-01")
    assert ended == {"ended_on": "2026-12-31", "document": "Văn bản", "replaced_by": "Văn bản sau"}


def test_each_day_has_its_own(rules: Connection) -> None:
    _add(rules, "2020-01-01", "2020-12-31", 1)
    _add(rules, "2022-01-01", None, 2)
    found = [_on(rules, day) for day in ("2020-06-01", "2021-06-01", "2022-01-01", "2099-01-01")]
    assert found[0]["value"]["n"] == 1
    assert "value" not in found[1], "an older value was taken for a day between two rules"
    assert [one["value"]["n"] for one in found[2:]] == [2, 2]


@pytest.mark.parametrize(("since", "until"), [("2021-01-01", None), ("2020-06-01", "2020-06-01")])
def test_two_rules_of_one_code_never_hold_at_once(rules: Connection, since: str, until: str | None) -> None:
    _add(rules, "2020-01-01", "2021-01-01")
    with pytest.raises(psycopg.errors.ExclusionViolation):
        _add(rules, since, until)


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE core.rule SET value = '{}' WHERE code = 'test.rule'",
        "UPDATE core.rule SET recorded_to = now(), article = 'x' WHERE code = 'test.rule'",
        "DELETE FROM core.rule WHERE code = 'test.rule'",
        "TRUNCATE core.rule",
    ],
)
def test_none_is_changed_or_taken_away(rules: Connection, attempt: str) -> None:
    _add(rules, "2020-01-01", None)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="keeps every version"):
        rules.execute(attempt.encode())


def test_a_correction_is_a_new_version_beside_the_old_one(rules: Connection) -> None:
    _add(rules, "2020-01-01", None, 1)
    rules.execute("UPDATE core.rule SET recorded_to = now() WHERE code = 'test.rule'")
    _add(rules, "2020-01-01", None, 2)
    assert _on(rules, "2024-01-01")["value"] == {"n": 2}
    kept = rules.execute("SELECT count(*) FROM core.rule WHERE code = 'test.rule'").fetchone()
    assert kept == (2,)


def test_what_was_known_at_a_moment_is_told_as_it_was_known(rules: Connection) -> None:
    _add(rules, "2020-01-01", None, 1)
    rules.execute("UPDATE core.rule SET recorded_to = now() + interval '1 day' WHERE code = 'test.rule'")
    rules.execute(
        "INSERT INTO core.rule (code, title_vi, title_en, value, document, article, effective_from, reading, "
        "recorded_by, recorded_from) SELECT code, title_vi, title_en, '{\"n\": 2}', document, article, "
        "effective_from, reading, recorded_by, recorded_to FROM core.rule WHERE code = 'test.rule'"
    )
    told = [
        rules.execute(
            "SELECT core.rules_on('{test.rule}', '2024-01-01', now() + CAST(%s AS interval))", [after]
        ).fetchone()
        for after in ("-1 s", "0 s", "23 h", "24 h")
    ]
    values = [row[0].get("test.rule", {}).get("value") for row in told if row is not None]
    assert values == [None, {"n": 1}, {"n": 1}, {"n": 2}]


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.PLANNER, Role.OPERATOR])
def test_who_recorded_a_rule_is_not_told_to_everybody(database: Logins, role: Role) -> None:
    with connected_as(database, role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT recorded_by FROM core.rule")


@pytest.mark.parametrize("role", sorted(Role))
def test_every_role_reads_the_rules_and_only_an_administrator_adds(database: Logins, role: Role) -> None:
    with connected_as(database, role) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM core.rule").fetchone() == (True,)
        if role is Role.ADMIN:
            connection.execute(_ADD, ["{}", "2020-01-01", None])
        else:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(_ADD, ["{}", "2020-01-01", None])


def _look_up(places: Logins, code: str, day: date) -> Rule | NotLoaded:
    async def asked() -> Rule | NotLoaded:
        async with await psycopg.AsyncConnection.connect(places.public) as connection:
            return await rule_on(UnitOfWork(None, connection, None), code, day)  # type: ignore[arg-type]

    return asyncio.run(asked())


def test_the_look_up_tells_the_rule_or_why_there_is_none(database: Logins) -> None:
    held = _look_up(database, "building.far.house", date(2026, 12, 31))
    assert isinstance(held, Rule)
    assert (held.value, held.verified, held.reading) == ({"far_max": 7}, False, "seen")
    ended = _look_up(database, "building.far.house", date(2027, 1, 1))
    assert isinstance(ended, NotLoaded)
    assert "QCVN 01:2026/BXD" in ended.reason.vi
    assert "chưa được nạp" in ended.reason.vi
    never = _look_up(database, "no.such.rule", date(2026, 12, 31))
    assert isinstance(never, NotLoaded)
    assert "not loaded" in never.reason.en


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.dates(date(2015, 1, 1), date(2035, 1, 1)))
def test_no_day_gets_the_value_of_another(rules: Connection, day: date) -> None:
    told = rules.execute("SELECT core.rules_on('{building.density.house}', %s)", [day]).fetchone()
    assert told is not None
    rule = told[0].get("building.density.house", {})
    assert ("value" in rule) == (date(2021, 7, 5) <= day <= date(2026, 12, 31))
