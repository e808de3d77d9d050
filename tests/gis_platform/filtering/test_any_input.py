"""Any input at all is a condition or a 400."""

import json
from contextlib import suppress
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from gis_platform.access.roles import Role
from gis_platform.errors import BadParameter
from gis_platform.filtering import FilterLanguage
from tests.support.filters import compiled

WORDS = st.sampled_from(
    "status id legal_area_m2 source_date geom plate = <> < >= + - * / ^ ( ) , AND OR NOT IN LIKE BETWEEN IS "
    "NULL "
    "'x' '%' 1 -2.5 1e9 CASEI( ACCENTI( T_AFTER( INTERVAL( DATE('2020-01-01') "
    "TIMESTAMP('2020-01-01T00:00:00Z') "
    "S_INTERSECTS(geom, POINT(106.3 10.3) BBOX(1,2,3,4) POLYGON(( '..' \" ' true đ \\ ;".split(" ")
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=14).map(" ".join)))
@example("a.b:c = 'x'")
def test_any_text_is_a_condition_or_a_400(text: str) -> None:
    languages: tuple[FilterLanguage, ...] = ("cql2-text", "cql2-json")
    for language in languages:
        with suppress(BadParameter):
            compiled(text, language=language)


_NAMES = ("id", "status", "geom", "source_date", "land_uses", "legal_area_m2")
_TIMES = [{"date": "2020-01-01"}, {"timestamp": "x"}, {"interval": ["..", ".."]}]
_PLACES = st.lists(st.one_of(st.floats(), st.lists(st.floats(-200, 200), max_size=3)), max_size=5)
_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from([{"property": name} for name in _NAMES]),
    st.sampled_from([*_TIMES, {"bbox": [106, 10, 107, 11]}]),
    st.tuples(st.sampled_from(["Point", "LineString", "Polygon"]), _PLACES).map(
        lambda made: {"type": made[0], "coordinates": made[1]}
    ),
)
_OPS = st.sampled_from(
    "and or not = < like between in isNull casei accenti + / t_during t_after s_intersects s_within x".split()
)


def _nested(below: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    args = st.lists(below, max_size=3)
    return st.one_of(args, st.fixed_dictionaries({"op": _OPS, "args": args}))


@settings(max_examples=400, deadline=None)
@given(st.recursive(_LEAVES, _nested, max_leaves=12))
def test_any_json_is_a_condition_or_a_400(tree: Any) -> None:
    with suppress(BadParameter):
        compiled(json.dumps(tree), language="cql2-json", role=Role.ADMIN)
