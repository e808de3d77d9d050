"""What a filter becomes: text and JSON the same condition, every value bound."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from gis_platform.access.roles import Role
from tests.support.filters import compiled


def _op(name: str, *args: object) -> dict[str, object]:
    return {"op": name, "args": list(args)}


STATUS, AREA, GEOM, DAY = ({"property": p} for p in ("status", "legal_area_m2", "geom", "source_date"))
POINT = {"type": "Point", "coordinates": [106.36, 10.35]}

BOTH = [
    ("status = 'in_force'", _op("=", STATUS, "in_force")),
    ("status <> 'it''s'", _op("<>", STATUS, "it's")),
    ("legal_area_m2 >= 100", _op(">=", AREA, 100)),
    ("legal_area_m2 < -1.5e2", _op("<", AREA, -150.0)),
    ("100 < legal_area_m2", _op("<", 100, AREA)),
    ("id = 7", _op("=", {"property": "id"}, 7)),
    ("unit_code = identifier", _op("=", {"property": "unit_code"}, {"property": "identifier"})),
    ("address IS NULL", _op("isNull", {"property": "address"})),
    ("address IS NOT NULL", _op("not", _op("isNull", {"property": "address"}))),
    ("land_uses IS NULL", _op("isNull", {"property": "land_uses"})),
    (
        "NOT (status = 'a' OR status = 'b')",
        _op("not", _op("or", _op("=", STATUS, "a"), _op("=", STATUS, "b"))),
    ),
    (
        "status = 'a' OR status = 'b' AND legal_area_m2 > 1",
        _op("or", _op("=", STATUS, "a"), _op("and", _op("=", STATUS, "b"), _op(">", AREA, 1))),
    ),
    (
        "(status = 'a' OR status = 'b') AND legal_area_m2 > 1",
        _op("and", _op("or", _op("=", STATUS, "a"), _op("=", STATUS, "b")), _op(">", AREA, 1)),
    ),
    ("status LIKE 'in\\_%'", _op("like", STATUS, "in\\_%")),
    ("status NOT LIKE 'in%'", _op("not", _op("like", STATUS, "in%"))),
    ("status IN ('a', 'b')", _op("in", STATUS, ["a", "b"])),
    ("status NOT IN ('a')", _op("not", _op("in", STATUS, ["a"]))),
    ("legal_area_m2 BETWEEN 1 AND 2.5", _op("between", AREA, 1, 2.5)),
    ("CASEI(status) = CASEI('A')", _op("=", _op("casei", STATUS), _op("casei", "A"))),
    (
        "ACCENTI(CASEI(status)) LIKE accenti(casei('Đ%'))",
        _op("like", _op("accenti", _op("casei", STATUS)), _op("accenti", _op("casei", "Đ%"))),
    ),
    ("source_date = DATE('2023-09-06')", _op("=", DAY, {"date": "2023-09-06"})),
    ("T_AFTER(source_date, DATE('2023-09-06'))", _op("t_after", DAY, {"date": "2023-09-06"})),
    (
        "T_DURING(source_date, INTERVAL('2023-01-01', '..'))",
        _op("t_during", DAY, {"interval": ["2023-01-01", ".."]}),
    ),
    ("S_INTERSECTS(geom, POINT(106.36 10.35))", _op("s_intersects", GEOM, POINT)),
    ("S_WITHIN(POINT(106.36 10.35), geom)", _op("s_within", POINT, GEOM)),
    (
        "S_DISJOINT(geom, BBOX(106.3,10.3,106.4,10.4))",
        _op("s_disjoint", GEOM, {"bbox": [106.3, 10.3, 106.4, 10.4]}),
    ),
    ("legal_area_m2 - 5 * 2 > 1", _op(">", _op("-", AREA, _op("*", 5, 2)), 1)),
    ("true", True),
]


@pytest.mark.parametrize(("text", "tree"), BOTH, ids=[text for text, _ in BOTH])
def test_text_and_json_say_the_same(text: str, tree: object) -> None:
    from_json = compiled(json.dumps(tree), language="cql2-json")
    assert compiled(text) == from_json
    assert all(name.startswith("f_") for name in from_json.parameters)
    assert set(re.findall(r"%\((\w+)\)s", from_json.sql)) == set(from_json.parameters)


def test_values_are_bound_as_what_they_are_compared_with() -> None:
    condition = compiled("legal_area_m2 > 100 AND source_date < '2023-09-06' AND id = 3 AND status = 'x'")
    assert list(condition.parameters.values()) == [100.0, date(2023, 9, 6), 3, "x"]
    assert [type(value) for value in condition.parameters.values()] == [float, date, int, str]


def test_a_moment_is_kept_in_utc() -> None:
    condition = compiled(
        "occurred_at > TIMESTAMP('2023-09-06T08:00:00+07:00')", "violations", Role.ENFORCEMENT
    )
    assert list(condition.parameters.values()) == [datetime(2023, 9, 6, 1, tzinfo=UTC)]


def test_names_typed_apart_are_composed() -> None:
    assert list(compiled("address = 'Mỹ Tho'").parameters.values()) == ["Mỹ Tho"]


def test_what_is_hidden_is_refused_as_what_is_not_there() -> None:
    words = []
    for name in ("plate", "nothing"):
        with pytest.raises(Exception, match="there is no property") as caught:
            compiled(f"{name} = 'x'", "violations", Role.OPERATOR)
        words.append(str(caught.value).replace(name, "…"))
    assert words[0] == words[1]
    assert compiled("plate = 'x'", "violations", Role.ENFORCEMENT).sql == "(t.plate = %(f_1)s::VARCHAR)"
