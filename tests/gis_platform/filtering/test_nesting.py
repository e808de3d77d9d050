"""Filters made to hurt: each is a 400 in next to no time, whatever the encoding."""

import pytest

from gis_platform.errors import BadParameter
from gis_platform.filtering import FilterLanguage
from tests.support.filters import compiled

MANY = 30_000
NESTS = {
    "parentheses": "(" * MANY + "id=1" + ")" * MANY,
    "parentheses that never close": "(" * MANY,
    "a fault inside parentheses": "(" * 49 + "id=" + ")" * 49,
    "a fault after a long text inside parentheses": "(" * 40 + "id=1 and " * 3000 + "!" + ")" * 40,
    "not": "NOT " * 15_000 + "id=1",
    "not with parentheses": "NOT (" * 10_000 + "id=1" + ")" * 10_000,
    "minus": "id=" + "-" * MANY + "1",
    "plus": "id=1" + "+1" * MANY,
    "power": "id=1" + "^1" * MANY,
    "equals": "id" + "=1" * MANY,
    "sums in sums": "id=" + "(1+" * 15_000 + "1" + ")" * 15_000,
    "functions": "CASEI(" * 9_000 + "status" + ")" * 9_000 + "='x'",
    "functions with sums": "id=" + ("1+1+1+1+1+1+f(" * 3_000) + "1" + ")" * 3_000,
    "lists": "id IN " + "(" * MANY + "1" + ")" * MANY,
    "lists in lists": "id IN (id IN (" * 4_000,
    "sums in a geometry": "S_INTERSECTS(geom, POLYGON((" + "1-" * MANY + "1)))",
    "comparisons in a geometry": "S_INTERSECTS(geom, POLYGON((" + "1=" * MANY + "1)))",
    "collections": "S_INTERSECTS(geom, " + "GEOMETRYCOLLECTION(" * 3_000 + "POINT(1 2)" + ")" * 3_000 + ")",
    "brackets of a geometry": "S_INTERSECTS(geom, POLYGON" + "(" * 15_000 + ")" * 15_000 + ")",
    "quotation marks": "'" * (2 * MANY + 1),
    "or, without end": "id=1 OR " * 8_000 + "id=1",
}
JSON_NESTS = {
    "not": '{"op":"not","args":[' * 3_000 + "true" + "]}" * 3_000,
    "not, just shallow enough to be read": '{"op":"not","args":[' * 55 + "true" + "]}" * 55,
    "lists": "[" * MANY + "]" * MANY,
    "objects": '{"a":' * 10_000,
    "brackets that never close": "[" * MANY,
    "or, without end": '{"op":"or","args":[' + ",".join(["true"] * 10_000) + "]}",
    "a number without end": '{"op":"=","args":[{"property":"id"},' + "9" * 60_000 + "]}",
    "coordinates": '{"op":"s_intersects","args":[{"property":"geom"},{"type":"Point","coordinates":'
    + "[" * 5_000
    + "]" * 5_000
    + "}]}",
}


@pytest.mark.timeout(10)
@pytest.mark.parametrize("name", NESTS)
def test_text_cannot_be_nested_to_death(name: str) -> None:
    with pytest.raises(BadParameter) as caught:
        compiled(NESTS[name])
    assert caught.value.parameter == "filter"
    assert len(caught.value.detail) < 500


@pytest.mark.timeout(10)
@pytest.mark.parametrize("name", JSON_NESTS)
def test_json_cannot_be_nested_to_death(name: str) -> None:
    with pytest.raises(BadParameter) as caught:
        compiled(JSON_NESTS[name], language="cql2-json")
    assert len(caught.value.detail) < 500


def test_the_longest_honest_filter_passes() -> None:
    numbers = ", ".join(f"'{n}'" for n in range(1_500))
    assert len(compiled(f"parcel_no IN ({numbers})").parameters) == 1_500
    assert compiled("(" * 30 + "id = 1" + ")" * 30) == compiled("id = 1")
    deep = "NOT (id = 1 AND " * 15 + "id = 2" + ")" * 15
    assert len(compiled(deep).parameters) == 16


@pytest.mark.timeout(10)
@pytest.mark.parametrize("language", ["cql2-text", "cql2-json", "cql-text"])
def test_a_megabyte_is_refused_unread(language: FilterLanguage) -> None:
    with pytest.raises(BadParameter, match="1048576 characters; at most 65536"):
        compiled("x" * 2**20, language=language)
