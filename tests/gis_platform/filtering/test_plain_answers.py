"""Comparisons, texts, sums and dates over rows of our own, against the same worked out in Python."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from psycopg import sql

from gis_platform.access.roles import Role
from gis_platform.folding import fold
from tests.support.cases import Connection, Row, cases_where, lay_cases
from tests.support.filters import compiled


@pytest.fixture
def cases(connection: Connection) -> dict[int, Row]:
    return lay_cases(connection)


def _bare(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


Check = Callable[[Row], bool | None]


def _street(check: Callable[[str], bool]) -> Check:
    return lambda row: None if row["street"] is None else check(row["street"])


PLAIN: dict[str, Check] = {
    "street = 'Đường Nguyễn Huệ'": _street(lambda s: s == "Đường Nguyễn Huệ"),
    "street <> 'Đường Nguyễn Huệ'": _street(lambda s: s != "Đường Nguyễn Huệ"),
    "street IS NULL": lambda row: row["street"] is None,
    "street IS NOT NULL": lambda row: row["street"] is not None,
    "CASEI(street) = CASEI('ĐƯỜNG NGUYỄN HUỆ')": _street(lambda s: s.lower() == "đường nguyễn huệ"),
    "ACCENTI(street) = ACCENTI('Đường Nguyễn Huệ')": _street(
        lambda s: s in ("Đường Nguyễn Huệ", "Duong Nguyen Hue")
    ),
    "ACCENTI(CASEI(street)) = ACCENTI(CASEI('đuong nguyen huệ'))": _street(
        lambda s: fold(s) == "duong nguyen hue"
    ),
    "CASEI(ACCENTI(street)) LIKE CASEI(ACCENTI('đường%'))": _street(lambda s: fold(s).startswith("duong")),
    "street LIKE '%30/4'": _street(lambda s: s.endswith("30/4")),
    "street LIKE '50\\% %'": _street(lambda s: s.startswith("50% ")),
    "street LIKE '50% %'": _street(lambda s: re.match(r"50.* ", s) is not None),
    "street LIKE '_\\\\_'": _street(lambda s: s == "a\\b"),
    "street NOT LIKE '%n%'": _street(lambda s: "n" not in s),
    "street = 'it''s \"quoted\"; DROP TABLE x; --'": _street(lambda s: s.startswith("it's")),
    "street = ''": _street(lambda s: s == ""),
    "street IN ('', 'Đường 30/4')": _street(lambda s: s in ("", "Đường 30/4")),
    "street NOT IN ('', 'Đường 30/4')": _street(lambda s: s not in ("", "Đường 30/4")),
    "amount_vnd > 100": lambda row: row["amount_vnd"] is not None and row["amount_vnd"] > 100,
    "100.5 >= amount_vnd": lambda row: row["amount_vnd"] is not None and row["amount_vnd"] <= 100,
    "amount_vnd BETWEEN 100 AND 300": lambda row: row["amount_vnd"] in (100, 200, 300),
    "amount_vnd NOT BETWEEN 100 AND 300": lambda row: row["amount_vnd"] in (0, 400),
    "NOT (amount_vnd = 100 OR street = '')": lambda row: (
        row["amount_vnd"] not in (None, 100) and row["street"] not in (None, "")
    ),
    "amount_vnd * 2 - 100 > 300 / 2": lambda row: (row["amount_vnd"] or 0) * 2 - 100 > 150,
    "100 / amount_vnd > 0.4": lambda row: row["amount_vnd"] in (100, 200),
    "-amount_vnd <= -300": lambda row: row["amount_vnd"] in (300, 400),
    "amount_vnd * amount_vnd * 1e15 * 1e15 * 1e15 * 1e15 > 0": lambda row: (row["amount_vnd"] or 0) > 0,
    "amount_vnd = 9223372036854775807": lambda row: row["amount_vnd"] == 2**63 - 1,
    "amount_vnd < 1e300": lambda row: row["amount_vnd"] is not None,
    "notified_at = done_at": lambda row: row["notified_at"] == row["done_at"] is not None,
    "notified_at > TIMESTAMP('2024-03-02T07:00:00+07:00')": lambda row: (
        row["notified_at"] is not None and row["notified_at"] > datetime(2024, 3, 2, tzinfo=UTC)
    ),
    "source_date < '2024-03-03'": lambda row: str(row["source_date"]) < "2024-03-03",
    "source_date IN (DATE('2024-03-01'), DATE('2024-03-05'))": lambda row: row["source_date"].day in (1, 5),
    "T_BEFORE(source_date, DATE('2024-03-03'))": lambda row: str(row["source_date"]) < "2024-03-03",
    "T_DURING(source_date, INTERVAL('2024-03-01', '..'))": lambda row: str(row["source_date"]) > "2024-03-01",
    "T_INTERSECTS(notified_at, DATE('2024-03-02'))": lambda row: (
        row["notified_at"] is not None and str(row["notified_at"].date()) == "2024-03-02"
    ),
    "1 = 1.0 AND 'a' < 'b' AND DATE('2024-01-01') <> DATE('2024-01-02')": lambda row: row is not None,
    "2 IN (1, 3) OR 1.5 BETWEEN 2 AND 3 OR T_AFTER(DATE('2023-02-01'), DATE('2023-02-01'))": lambda row: (
        row is None
    ),
    "true": lambda row: row is not None,
    "NOT true": lambda row: row is None,
}


@pytest.mark.parametrize("text", PLAIN)
def test_each_comparison_finds_what_python_finds(
    connection: Connection, cases: dict[int, Row], text: str
) -> None:
    assert cases_where(connection, text) == {number for number, row in cases.items() if PLAIN[text](row)}


def test_folding_of_texts_is_that_of_search(connection: Connection) -> None:
    """ACCENTI(CASEI(x)) leaves the letters that core.fold leaves, for every letter of Vietnamese."""
    marks = ["", *"\u0300\u0301\u0303\u0309\u0323"]
    letters = [letter + mark for letter in "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐðÐøØłŁßæœ" for mark in marks]
    condition = compiled(f"ACCENTI(CASEI(street)) = '{_bare(''.join(letters))}'", "violations", Role.ADMIN)
    statement = sql.SQL("SELECT {}, core.fold(t.street) = %(f_1)s FROM (SELECT %(s)s::text AS street) t")
    row = connection.execute(
        statement.format(sql.SQL(cast(Any, condition.sql))),
        {**condition.parameters, "s": "".join(letters)},
    ).fetchone()
    assert row == (True, True)
