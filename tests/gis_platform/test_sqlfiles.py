"""Named SQL: blocks, comments, parameters."""

from pathlib import Path

import pytest

from gis_platform.sqlfiles import named_queries

TWIN = """-- About the file.

-- name: first
-- Inside: 5 %% of it.
SELECT a % 2 -- parity
FROM t WHERE a = %(a)s AND b = %(b)s OR a = %(a)s;

-- Of the second: {braces} and 100 % of it.
-- More of it.

-- name: second
SELECT 1;
"""


@pytest.fixture
def twin(tmp_path: Path) -> str:
    """A module whose twin holds the text above."""
    (tmp_path / "twin.sql").write_text(TWIN, encoding="utf-8")
    return str(tmp_path / "twin.py")


def test_a_comment_above_a_name_tells_of_that_query(twin: str) -> None:
    queries = named_queries(twin)
    assert list(queries) == ["first", "second"]
    assert queries["first"].text.endswith("OR a = %(a)s")
    assert queries["second"].text == "SELECT 1"


def test_parameters_are_numbered_by_first_use(twin: str) -> None:
    first = named_queries(twin)["first"]
    assert first.parameters == ("a", "b")
    assert "WHERE a = $1 AND b = $2 OR a = $1" in first.numbered()


def test_a_name_that_is_not_there_is_told_with_those_that_are(twin: str) -> None:
    with pytest.raises(KeyError, match=r"twin\.sql has no query named 'third'; it has .*first.*second"):
        named_queries(twin)["third"]


def test_a_name_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "twin.sql").write_text("-- name: a\nSELECT 1;\n-- name: a\nSELECT 2;\n", encoding="utf-8")
    with pytest.raises(ValueError, match="occur twice"):
        named_queries(str(tmp_path / "twin.py"))
