"""A hundred officers who give numbers on one street at once, over real connections: none is given twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import psycopg
import pytest
import shapely

from gis_platform.settings import Settings
from tests.api.house_numbers.conftest import Office
from tests.support.server import RunningServer
from tests.support.towns import UNIT, UNIT_NAME, Town

OFFICERS = 100
STREET = [(0.0, 400.0), (0.0, 0.0)]


@pytest.fixture(scope="module")
def lots(office: Office) -> list[int]:
    """As many lots on one side of a street without a number."""
    with psycopg.connect(office.places.owner) as connection:
        town = Town(connection)
        town.unit(UNIT, UNIT_NAME, (-900, -900, 900, 900))
        street = town.line("Ấp Bắc", STREET)
        town.axis(street, STREET)
        return [town.lot(shapely.box(5, 396 - 4 * n, 15, 400 - 4 * n)) for n in range(OFFICERS)]


@pytest.fixture(scope="module")
def url(office: Office, base_settings: Settings) -> Iterator[str]:
    with RunningServer(base_settings, office.places) as running:
        yield running.url


def test_the_last_lot_of_a_long_street_leaves_room_for_all_before_it(office: Office, lots: list[int]) -> None:
    """400 m without a house: it is the hundredth of its side, whoever comes first."""
    proposed = office.get("/api/house-numbers/propose", parcel=lots[-1]).json()
    assert (proposed["number"], proposed["position_m"]) == (
        str(2 * OFFICERS - 1),
        pytest.approx(398, abs=0.1),
    )


def test_no_number_is_given_twice(office: Office, url: str, lots: list[int]) -> None:
    """Each for a lot of its own, all at the same moment; a gate in the same place is asked for by two."""

    def give(lot: int) -> Any:
        with httpx2.Client(base_url=url, headers=office.officer, timeout=300) as client:
            while True:
                answer = client.post("/api/house-numbers", json={"parcel": lot})
                # A busy server says so, and whoever is told asks again.
                if answer.status_code != 503:
                    return answer

    with ThreadPoolExecutor(OFFICERS) as crowd:
        answers = list(crowd.map(give, lots))
    assert {answer.status_code for answer in answers} == {201}, answers[0].text
    given = {answer.json()["parcel_id"]: answer.json()["number"] for answer in answers}
    assert len(set(given.values())) == OFFICERS
    # Lots keep their numbers free, so that in whatever order they come each gets its own.
    assert [given[lot] for lot in lots] == [str(2 * place + 1) for place in range(OFFICERS)]


def test_two_who_want_one_number_are_told_apart(office: Office, url: str, lots: list[int]) -> None:
    """The same number by hand from thirty at once: one has it, the others hear who."""

    def give(_: int) -> Any:
        body = {"parcel": lots[7], "number": "8", "reason": "Theo yêu cầu"}
        with httpx2.Client(base_url=url, headers=office.officer, timeout=300) as client:
            answer = client.post("/api/house-numbers", json=body)
            while answer.status_code == 503:
                answer = client.post("/api/house-numbers", json=body)
            return answer

    with ThreadPoolExecutor(30) as crowd:
        answers = list(crowd.map(give, range(30)))
    assert sorted(answer.status_code for answer in answers) == [201, *[409] * 29]


def test_whoever_writes_past_the_service_is_stopped_by_the_database(office: Office) -> None:
    """Plain connections that insert one number at once, without a turn: the constraint lets one through."""
    statement = b"""INSERT INTO layer.house_numbers
            (street_id, number, state, unit_code, geom, source_date, valid_from)
        VALUES (77, 5, 'issued', '28261', ST_SetSRID(ST_MakePoint(567000, 1145000), core.working_srid()),
                '2026-01-01', '2026-01-01')"""

    def insert(_: int) -> bool:
        try:
            with psycopg.connect(office.places.owner) as connection:
                connection.execute(statement)
            return True
        except (psycopg.errors.ExclusionViolation, psycopg.errors.DeadlockDetected):
            return False

    with ThreadPoolExecutor(12) as crowd:
        stored = list(crowd.map(insert, range(12)))
    assert sum(stored) <= 1
    with psycopg.connect(office.places.owner) as connection:
        row = connection.execute("SELECT count(*) FROM layer.house_numbers WHERE street_id = 77").fetchone()
    assert row == (sum(stored),)
