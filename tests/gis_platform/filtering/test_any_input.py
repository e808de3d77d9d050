"""Any input at all is a condition or a 400."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.errors import BadParameter
from gis_platform.filtering import FilterLanguage
from tests.support.filters import compiled, ids_where

Connection = psycopg.Connection[Any]


@pytest.fixture(scope="module")
def public(small_city: Logins) -> Iterator[Connection]:
    """A connection signed in as the public."""
    with psycopg.connect(small_city.public, autocommit=True) as opened:
        yield opened


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
    languages: tuple[FilterLanguage, ...] = ("cql2-text", "cql2-json", "cql-text")
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


def _between(op: str, left: Any, right: Any) -> Any:
    return {"op": op, "args": [left, right]}


_PARCEL_NUMBERS = st.sampled_from([{"property": p} for p in ("id", "legal_area_m2", "measured_area_m2")])
_NUMBERS = st.recursive(
    st.one_of(_PARCEL_NUMBERS, st.integers(), st.floats(allow_nan=False, allow_infinity=False)),
    lambda below: st.builds(_between, st.sampled_from("+-*/"), below, below),
    max_leaves=6,
)
_TEXTS = st.recursive(
    st.one_of(st.text(max_size=6), st.sampled_from([{"property": "address"}, {"property": "parcel_no"}])),
    lambda below: st.builds(
        lambda op, a: {"op": op, "args": [a]}, st.sampled_from(["casei", "accenti"]), below
    ),
    max_leaves=3,
)
_LON, _LAT = st.floats(106.3, 106.4) | st.floats(-180, 180), st.floats(10.3, 10.4) | st.floats(-90, 90)
_POINTS = st.tuples(_LON, _LAT).map(list)
_SHAPES = st.one_of(
    _POINTS.map(lambda at: {"type": "Point", "coordinates": at}),
    st.lists(_POINTS, min_size=2, max_size=5).map(lambda at: {"type": "LineString", "coordinates": at}),
    st.lists(_POINTS, min_size=3, max_size=5).map(
        lambda at: {"type": "Polygon", "coordinates": [[*at, at[0]]]}
    ),
    st.tuples(_LON, _LAT, _LON, _LAT).map(lambda box: {"bbox": list(box)}),
)
_SPATIAL = ["intersects", "disjoint", "equals", "touches", "within", "contains", "overlaps", "crosses"]
_CONDITIONS = st.one_of(
    st.builds(_between, st.sampled_from(["=", "<", ">="]), _NUMBERS, _NUMBERS),
    st.builds(_between, st.sampled_from(["=", "<", "like"]), _TEXTS, _TEXTS),
    st.builds(
        lambda name, shape: {"op": f"s_{name}", "args": [{"property": "geom"}, shape]},
        st.sampled_from(_SPATIAL),
        _SHAPES,
    ),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_CONDITIONS)
def test_what_is_not_refused_runs(public: Connection, tree: Any) -> None:
    """No sum overflows, no pattern and no geometry raises an error in the database."""
    with suppress(BadParameter):
        ids_where(public, compiled(json.dumps(tree), language="cql2-json"), "parcels")


@settings(max_examples=400, deadline=None)
@given(st.recursive(_LEAVES, _nested, max_leaves=12))
def test_any_json_is_a_condition_or_a_400(tree: Any) -> None:
    with suppress(BadParameter):
        compiled(json.dumps(tree), language="cql2-json", role=Role.ADMIN)
