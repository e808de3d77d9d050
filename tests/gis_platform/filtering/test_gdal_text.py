"""The draft of CQL that GDAL writes means the same as the CQL2 it is read as."""

import pytest

from gis_platform.access.roles import Role
from gis_platform.errors import BadParameter
from tests.support.filters import compiled

PARCELS = (
    ("sheet_no = '11'", "sheet_no = '11'"),
    ("(legal_area_m2 > 500.5) AND (sheet_no <> '11')", "(legal_area_m2 > 500.5) AND (sheet_no <> '11')"),
    ("NOT ((identifier IS NULL))", "NOT ((identifier IS NULL))"),
    ("address ILIKE '%nguyễn%'", "CASEI(address) LIKE CASEI('%nguyễn%')"),
    ("address LIKE 'a\\b%'", "address LIKE 'a\\\\b%'"),
    ("address ILIKE 'it''s \\'", "CASEI(address) LIKE CASEI('it''s \\\\')"),
    ("address = 'x ILIKE ''y'''", "address = 'x ILIKE ''y'''"),
    ("address = '2019-01-01T'", "address = '2019-01-01T'"),
    ("source_date > '2019-01-01T'", "source_date > DATE('2019-01-01')"),
    ("source_date >= '2019-01-01T00:00:00Z'", "source_date >= DATE('2019-01-01')"),
    (
        "(source_date >= '2019-01-01T') OR (sheet_no = '1')",
        "source_date >= DATE('2019-01-01') OR sheet_no = '1'",
    ),
)
WITHIN_A_DAY = tuple(
    (f"source_date {written} '2019-01-01T12:30:00Z'", f"source_date {read} DATE('2019-01-01')")
    for written, read in ((">", ">"), (">=", ">"), ("<", "<="), ("<=", "<="))
)
CASES = (
    ("occurred_at < '2023-05-01T'", "occurred_at < TIMESTAMP('2023-05-01T00:00:00Z')"),
    ("occurred_at < '2023-05-01T07Z'", "occurred_at < TIMESTAMP('2023-05-01T07:00:00Z')"),
    ("occurred_at < '2023-05-01T07:30Z'", "occurred_at < TIMESTAMP('2023-05-01T07:30:00Z')"),
    ("occurred_at < '2023-05-01T07:30:15Z'", "occurred_at < TIMESTAMP('2023-05-01T07:30:15Z')"),
)
BOTH = (
    *(("parcels", written, read) for written, read in (*PARCELS, *WITHIN_A_DAY)),
    *(("violations", written, read) for written, read in CASES),
    ("cameras", "smart = 1", "smart = true"),
    ("cameras", "NOT (smart <> 0)", "NOT (smart <> false)"),
)


@pytest.mark.parametrize(("layer", "written", "read"), BOTH)
def test_it_is_read_as_what_it_means(layer: str, written: str, read: str) -> None:
    expected = compiled(read, layer, Role.ADMIN)
    found = compiled(written, layer, Role.ADMIN, language="cql-text")
    assert (found.sql, dict(found.parameters)) == (expected.sql, dict(expected.parameters))


@pytest.mark.parametrize(
    "text",
    [
        "source_date = '2019-01-01T12:30:00Z'",
        "source_date > '2019-13-01T'",
        "smart_or_not = 1",
        "legal_area_m2 ILIKE '1%'",
        "address ILIKE address",
        "owner = 'x'",
        "",
        "address ILIKE '" + "x" * 70_000 + "'",
        "(" * 60 + "sheet_no = '1'" + ")" * 60,
    ],
)
def test_what_cannot_be_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(BadParameter) as refused:
        compiled(text, language="cql-text")
    assert refused.value.parameter == "filter"
