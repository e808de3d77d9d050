"""Filters that cannot be answered: each is a 400 in words that help to mend it."""

import pytest

from gis_platform.errors import BadParameter
from tests.support.filters import compiled

REFUSED = [
    ("", "it is empty"),
    ("status = 'a", "not closed"),
    ('"status = 1', "not closed"),
    ("status = 'a\x00'", "no text"),
    ("status = 'a\ud800'", "no text"),
    ("(id = 1", "not closed"),
    ("id = 1)", "not opened"),
    ("()", "nothing between the parentheses"),
    ("id = 1; DROP TABLE layer.parcels", "no CQL2 text from ';"),
    ("id ==", "'==' is no comparison of CQL2"),
    ("status =", "it ends after 'status =', before it is complete"),
    ("(status =) AND id = 1", "it ends after 'status =', before it is complete"),
    ("status = 'in_force' AND", "before it is complete; for example status = 'in_force'."),
    ("%", "a condition cannot begin with '%'"),
    ("id = 1 %", "it ends after 'id = 1 %'"),
    ("id = 1 AND %", "from '%' on, after 'id = 1 AND'"),
    ("(id, id) = 1", "a comma"),
    ("id IN ()", "no CQL2 text"),
    ("id", "id is a whole number: compare it"),
    ("1 = 'x'", "1 is a whole number; it cannot be compared with 'x'"),
    ("status = NULL", "write IS NULL"),
    ("status = 1", "status is a text; it cannot be compared with 1"),
    ("id = 'x'", "id is a whole number; it cannot be compared with 'x'"),
    ("id = true", "id is a whole number"),
    ("id > 1e999", "too large"),
    ("status = status + 1", "status is a text: it cannot be counted with"),
    ("legal_area_m2 ^ 2 = 1", "'\\^' has no value"),
    ("legal_area_m2 > " + "+".join(["id"] * 12), "at most 8 arithmetic"),
    ("source_date LIKE '2020%'", "source_date is a date"),
    ("status LIKE identifier", "needs a pattern in quotation marks"),
    ("status LIKE 'x\\'", "one backslash"),
    ("CASEI(id) = 1", "CASEI is for texts; id"),
    ("source_date > '06/09/2023'", "source_date is a date.*Write DATE"),
    ("source_date > DATE('2023-02-30')", "'2023-02-30' is none"),
    ("source_date > DATE(status)", "a date is like"),
    ("source_date > TIMESTAMP('2023-02-01')", "a moment is like"),
    ("source_date > TIMESTAMP('0001-01-01T00:00:00+14:00')", "a moment is like"),
    ("source_date = TIMESTAMP('2023-02-01T00:00:00Z')", "source_date is a date"),
    ("T_AFTER(source_date, TIMESTAMP('2023-02-01T00:00:00Z'))", "source_date is a date; set it beside dates"),
    ("T_AFTER(status, DATE('2023-02-01'))", "status is a text: it has no place in time"),
    ("T_DURING(source_date, INTERVAL('2023-02-01','2023-01-01'))", "before it starts"),
    ("T_DURING(source_date, '..')", "an end of an interval"),
    ("T_DURING(source_date)", "takes 2 arguments"),
    ("land_uses = 'x'", "land_uses is a list or an object"),
    ("geom = 'x'", "geom is a geometry"),
    ("A_CONTAINS(land_uses, ('x'))", "'a_contains' states nothing"),
    ("foo(id) = 1", "'foo' has no value"),
    ("S_INTERSECTS(status, POINT(106 10))", "status is a text"),
    ("S_INTERSECTS(POINT(106 10), POINT(106 10))", "needs the geometry"),
    ("S_INTERSECTS(geom, 1)", "takes the geometry"),
    ("S_INTERSECTS(geom, POINT(10.3 106.3))", "not on the Earth: write longitude"),
    ("S_INTERSECTS(geom, POINT(1e300 1))", "a place is two numbers|no CQL2|not on the Earth"),
    ("S_INTERSECTS(geom, POINT EMPTY)", "no CQL2"),
    ("S_INTERSECTS(geom, POLYGON((106 10,107 10,107 11)))", "is not closed"),
    ("S_INTERSECTS(geom, POLYGON((106 10,107 11,107 10,106 11,106 10)))", "not valid: Self-intersection"),
    ("S_INTERSECTS(geom, LINESTRING(106 10,106 10))", "two places"),
    ("S_INTERSECTS(geom, BBOX(106,10,107))", "BBOX takes four numbers"),
    ("S_INTERSECTS(geom, BBOX(106,11,107,10))", "lower corner first"),
    (
        "S_CROSSES(geom, GEOMETRYCOLLECTION(POINT(106 10),LINESTRING(106 10,107 11)))",
        "goes with S_INTERSECTS",
    ),
    ("S_INTERSECTS(geom, POLYGON((106 10,107 'x',107 11)))", "cannot stand in a geometry"),
]


@pytest.mark.parametrize(("text", "said"), REFUSED, ids=[repr(text[:50]) for text, _ in REFUSED])
def test_what_cannot_be_is_refused_in_words_that_help(text: str, said: str) -> None:
    with pytest.raises(BadParameter, match=said) as caught:
        compiled(text)
    assert caught.value.parameter == "filter"


GEOM = '{"op":"s_intersects","args":[{"property":"geom"},%s]}'

REFUSED_JSON = [
    ("{", "no JSON"),
    ("status = 'a'", "filter-lang=cql2-text"),
    ("null", "true or false"),
    ("[]", "true or false"),
    ("{}", "true or false"),
    ('{"op":"="}', "takes 2 arguments"),
    ('{"op":"=","args":{"property":"id"}}', "takes 2 arguments"),
    ('{"op":"=","op":"<","args":[{"property":"id"},1]}', "'op' is given twice"),
    ('{"op":"=","args":[{"property":"id"},NaN]}', "NaN is no number"),
    ('{"op":"=","args":[{"property":"id"},-Infinity]}', "-Infinity is no number"),
    ('{"op":"=","args":[{"property":"id"},1e999]}', "too large"),
    ('{"op":"=","args":[{"property":["id"]},1]}', "no property"),
    ('{"op":"=","args":[{"property":"status"},"\\u0000"]}', "no text"),
    ('{"op":"=","args":[{"property":"status"},"\\ud800"]}', "no text"),
    ('{"op":"and","args":[true]}', "'and'"),
    ('{"op":"in","args":[{"property":"id"},1]}', "IN needs a list"),
    (GEOM % '{"type":"Point","coordinates":["1",2]}', "two numbers"),
    (GEOM % '{"type":"Point","coordinates":[true,2]}', "two numbers"),
    (GEOM % '{"type":"Polygon","coordinates":[]}', "is empty"),
    (GEOM % '{"type":"Polygon","coordinates":[[1,2]]}', "lists|numbers"),
    (GEOM % '{"type":"Circle","coordinates":[1,2]}', "no type"),
    (GEOM % '{"type":["Point"],"coordinates":[1,2]}', "no type"),
    (
        '{"op":"s_intersects","args":[{"property":"geom"},'
        '{"type":"Point","coordinates":[106,10],"bbox":[1,2,3,4]}]}',
        "there is more",
    ),
    ('{"op":"t_after","args":[{"property":"source_date"},{"date":5}]}', "a date is like"),
    ('{"op":"t_after","args":[{"property":"source_date"},{"interval":[]}]}', "two ends"),
    ('{"op":5,"args":[]}', "true or false"),
]


@pytest.mark.parametrize(("text", "said"), REFUSED_JSON, ids=[text[:70] for text, _ in REFUSED_JSON])
def test_json_that_cannot_be_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadParameter, match=said):
        compiled(text, language="cql2-json")
