"""The number proposed for a lot or a gate, and every rule on the way to it."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import shapely

from tests.api.house_numbers.conftest import Office
from tests.support.problems import problem
from tests.support.towns import UNIT, UNIT_NAME, Town

PROPOSE = "/api/house-numbers/propose"
# Lê Lợi runs north to south, 10 m wide: facing south, left is east.
LE_LOI = [(0.0, 200.0), (0.0, 0.0)]
WIDER = [(-100.0, 210.0), (100.0, 210.0)]


@pytest.fixture(scope="module")
def town(office: Office) -> Iterator[dict[str, Any]]:
    """A street with lots of 6 m on both sides, houses on some, and a wider street across its start."""
    with psycopg.connect(office.places.owner) as connection:
        built = Town(connection)
        built.unit(UNIT, UNIT_NAME, (-500, -500, 500, 500))
        street = built.line("Lê Lợi", LE_LOI)
        built.axis(street, LE_LOI)
        across = built.line("Hùng Vương", WIDER, width=20.0)
        built.axis(across, [*reversed(WIDER)])
        lots = {}
        for place in range(30):
            south = 194.0 - 6 * place
            for side, x in (("left", 5.0), ("right", -17.0)):
                lot = shapely.box(x, south, x + 12.0, south + 6.0)
                lots[side, place] = built.lot(lot, "Lê Lợi, Phường Mỹ Tho")
        for place, number in ((2, "1"), (5, "7"), (6, "9"), (8, "9A"), (9, "11"), (12, "40bis"), (14, "15")):
            gate = (5.0, 197.0 - 6 * place)
            built.house(street, number, gate, lot=lots["left", place], address=f"{number} Lê Lợi")
        nowhere = built.lot(shapely.box(300, 300, 310, 310))
        no_start = built.line("Đường mới", [(200.0, 0.0), (200.0, 100.0)])
        on_it = built.lot(shapely.box(205, 40, 215, 50))
        connection.commit()
        yield {
            "street": street,
            "lots": lots,
            "nowhere": nowhere,
            "no_start": no_start,
            "on_it": on_it,
            "t": built,
        }


def _lines(answer: Any) -> dict[str, dict[str, Any]]:
    return {line["code"]: line for line in answer["rules"]}


def _proposed(office: Office, **asked: Any) -> Any:
    answer = office.get(PROPOSE, **asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_lot_between_two_numbers_gets_its_own(office: Office, town: dict[str, Any]) -> None:
    """Two lots stand empty between 1 and 7: the second is 5, because 3 is kept for the first."""
    for place, number in ((3, "3"), (4, "5")):
        answer = _proposed(office, parcel=town["lots"]["left", place])
        assert answer["number"] == number
        assert (answer["side"], answer["street"]["name"]) == ("left", "Lê Lợi")
        assert answer["unit_code"] == UNIT
        lines = _lines(answer)
        assert {line["outcome"] for line in lines.values()} == {"pass"}
        assert lines["parity"]["article"] == "Thông tư 08/2024/TT-BXD, Điều 6"
        assert lines["parity"]["verified"] is False
        assert lines["vacant"]["rule"]["reading"] == "unverified"
        assert lines["vacant"]["numbers"] == {"vacant_before": place - 3, "vacant_after": 4 - place}


def test_where_no_number_is_free_it_takes_the_smaller_with_a_letter(
    office: Office, town: dict[str, Any]
) -> None:
    answer = _proposed(office, parcel=town["lots"]["left", 7])
    # Between 9 and 9A there is nothing in order: 9A itself is taken.
    assert answer["number"] is None
    assert _lines(answer)["number"]["outcome"] == "cannot_decide"
    between = _proposed(office, parcel=town["lots"]["left", 7], lang="en")
    assert "no number is left" in _lines(between)["number"]["reason"]


def test_even_numbers_are_on_the_right(office: Office, town: dict[str, Any]) -> None:
    answer = _proposed(office, parcel=town["lots"]["right", 4])
    # The lot at the corner belongs to the wider street: this is the fourth of its side.
    assert (answer["side"], answer["number"]) == ("right", "8")
    assert _lines(answer)["parity"]["numbers"] == {"number": 8}


def test_what_is_irregular_is_told_and_blocks_nothing(office: Office, town: dict[str, Any]) -> None:
    answer = _proposed(office, parcel=town["lots"]["left", 13])
    found = {(one["code"], one["number"]) for one in answer["collisions"]}
    assert ("wrong_parity", "40bis") in found
    assert answer["number"] == "13"
    for one in answer["collisions"]:
        assert one["geometry"]["type"] == "Point"


def test_a_corner_house_goes_by_the_larger_street_or_by_its_gate(
    office: Office, town: dict[str, Any]
) -> None:
    built: Town = town["t"]
    corner = town["lots"]["left", 0]
    by_lot = _proposed(office, parcel=corner)
    assert by_lot["street"]["name"] == "Hùng Vương"
    line = _lines(by_lot)["corner"]
    assert (line["outcome"], line["numbers"]["width_m"]) == ("pass", {"Hùng Vương": 20.0, "Lê Lợi": 10.0})
    assert "corner_house" in {one["code"] for one in by_lot["collisions"]}
    by_gate = _proposed(office, point=built.lon_lat((5.0, 196.0)))
    assert (by_gate["street"]["name"], by_gate["parcel"]) == ("Lê Lợi", corner)


def test_a_place_deep_in_a_lot_means_the_lot(office: Office, town: dict[str, Any]) -> None:
    built: Town = town["t"]
    inside = _proposed(office, point=built.lon_lat((11.5, 173.0)))
    assert (inside["parcel"], inside["number"]) == (town["lots"]["left", 4], "5")


def test_a_street_without_direction_is_said_in_clear_words(office: Office, town: dict[str, Any]) -> None:
    answer = _proposed(office, parcel=town["on_it"])
    line = _lines(answer)["direction"]
    assert (answer["number"], line["outcome"]) == (None, "cannot_decide")
    assert "Đường mới chưa có chiều đánh số" in line["reason"]
    assert line["numbers"]["street"] == town["no_start"]


def test_where_no_street_is_near_nothing_is_guessed(office: Office, town: dict[str, Any]) -> None:
    answer = _proposed(office, parcel=town["nowhere"])
    assert (answer["number"], answer["street"]) == (None, None)
    assert _lines(answer)["street"]["outcome"] == "cannot_decide"


def test_a_lot_with_a_number_is_told_so(office: Office, town: dict[str, Any]) -> None:
    answer = _proposed(office, parcel=town["lots"]["left", 5])
    assert answer["number"] == "7"
    assert _lines(answer)["already_numbered"]["outcome"] == "fail"
    assert [row["address"] for row in answer["current"]] == ["7 Lê Lợi"]


@pytest.mark.parametrize(
    ("asked", "status", "parameter"),
    [
        ({}, 400, "parcel"),
        ({"parcel": "1", "point": "106.36,10.35"}, 400, "point"),
        ({"parcel": "x"}, 400, "parcel"),
        ({"parcel": "999999999"}, 404, "parcel"),
        ({"point": "a,b"}, 400, "point"),
        ({"point": "0,0"}, 404, "point"),
    ],
)
def test_a_bad_question_is_refused_in_words(
    office: Office, asked: dict[str, str], status: int, parameter: str
) -> None:
    problem(office.get(PROPOSE, **asked), status, parameter)


def test_without_the_rules_of_the_day_nothing_is_proposed(
    office: Office, town: dict[str, Any], owner: psycopg.Connection[Any]
) -> None:
    owner.execute("UPDATE core.rule SET recorded_to = now() WHERE code = 'numbering.parity'")
    answer = _proposed(office, parcel=town["lots"]["left", 4])
    assert answer["number"] is None
    assert _lines(answer)["side"]["outcome"] == "cannot_decide"
    assert "chưa được nạp" in _lines(answer)["side"]["reason"]
