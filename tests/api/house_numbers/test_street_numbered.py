"""A street as it is numbered: its arrows, its houses in order, and lines beside it that have no direction."""

from typing import Any

import psycopg

from tests.api.house_numbers.conftest import Office
from tests.support.problems import problem
from tests.support.towns import UNIT, UNIT_NAME, Town

STREET = [(0.0, 100.0), (0.0, 0.0)]
ALLEY = [(0.0, 50.0), (60.0, 50.0)]


def test_direction_alleys_houses_and_what_has_no_direction(
    office: Office, owner: psycopg.Connection[Any]
) -> None:
    town = Town(owner, 580_000.0)
    town.unit(f"{UNIT}-s", UNIT_NAME, (-150, -100, 150, 200))
    line = town.line("Nguyễn Trãi", STREET)
    far = town.line("Ở xa", [(900.0, 0.0), (900.0, 90.0)])
    alley = town.line(None, ALLEY, width=3.0, kind="hem")
    bare = office.get(f"/api/house-numbers/streets/{line}").json()
    assert bare["axes"] == bare["houses"] == []
    assert [one["id"] for one in bare["lines"]] == [line, alley]
    town.axis(line, STREET)
    for number in ("10", "9", "9/2", "2"):
        town.house(line, number, (5.0, 90.0 - int(number.split("/")[0])))
    told = office.get(f"/api/house-numbers/streets/{line}").json()
    assert told["street"]["name"] == "Nguyễn Trãi"
    (axis,) = told["axes"]
    assert (axis["line"], axis["alley"], axis["length_m"]) == (line, None, 100.0)
    (first, last) = (axis["geometry"]["coordinates"][at] for at in (0, -1))
    assert first[1] > last[1]  # drawn from where numbers begin: in the north
    assert [one["number"] for one in told["houses"]] == ["2", "9", "9/2", "10"]
    assert [one["id"] for one in told["lines"]] == [alley]
    assert far not in [one["id"] for one in told["lines"]]
    assert told["cut"] == []
    stated = office.post(
        "/api/house-numbers/directions", {"line": alley, "street": line, "alley": "9", "start": _start(told)}
    )
    assert stated.status_code == 200, stated.text
    again = office.get(f"/api/house-numbers/streets/{line}").json()
    assert [one["alley"] for one in again["axes"]] == [None, "9"]
    assert again["lines"] == []


def test_a_street_that_is_none_is_told(office: Office) -> None:
    told = problem(office.get("/api/house-numbers/streets/999999"), 404)
    assert "Không có đường" in told["detail_vi"]


def _start(told: dict[str, Any]) -> str:
    (line,) = told["lines"]
    lon, lat = min(line["geometry"]["coordinates"][0])
    return f"{lon},{lat}"
