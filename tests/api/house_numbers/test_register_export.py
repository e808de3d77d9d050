"""The register of house numbers goes out as any layer does: whole, by state, and as it stood on a day."""

import csv
import io
import time
from typing import Any

import psycopg
import pytest

from tests.api.house_numbers.conftest import Office
from tests.support.towns import Town


@pytest.fixture(scope="module")
def street(office: Office) -> int:
    """Three houses, of which one got another number in 2022, and one was retired."""
    with psycopg.connect(office.places.owner) as connection:
        town = Town(connection)
        line = town.line("Ấp Bắc", [(0.0, 100.0), (0.0, 0.0)])
        town.house(line, "12/5", (5.0, 90.0), address="12/5 Ấp Bắc")
        town.house(line, "9", (5.0, 60.0), address="9 Ấp Bắc", state="retired")
        moved = town.house(line, "7", (5.0, 50.0), address="7 Ấp Bắc")
        connection.commit()
        connection.execute(
            """UPDATE layer.house_numbers SET number = 11, address = '11 Ấp Bắc', valid_from = '2022-05-01'
               WHERE id = %s""",
            [moved],
        )
        return line


def _register(office: Office, headers: dict[str, str] | None = None, **asked: Any) -> list[dict[str, str]]:
    body = {"collection": "house_numbers", "format": "csv", **asked}
    answer = office.client.post("/api/exports", json=body, headers=headers)
    assert answer.status_code == 202, answer.text
    place, deadline = answer.headers["location"], time.monotonic() + 60
    while (state := office.client.get(place, headers=headers).json())["state"] not in ("done", "failed"):
        assert time.monotonic() < deadline, state
        time.sleep(0.05)
    assert state["state"] == "done", state
    text = office.client.get(state["file"], headers=headers).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_anybody_gets_the_register_with_paths_and_states(office: Office, street: int) -> None:
    for headers in (None, office.officer, office.planner):
        rows = {row["address"]: row for row in _register(office, headers)}
        assert set(rows) == {"12/5 Ấp Bắc", "9 Ấp Bắc", "11 Ấp Bắc"}
        deep = rows["12/5 Ấp Bắc"]
        assert (deep["street_id"], deep["number"], deep["state"]) == (str(street), "5", "issued")
        assert '"number": 12' in deep["alley_path"].replace(":12", ": 12")
        assert rows["9 Ấp Bắc"]["state"] == "retired"


def test_it_is_told_as_it_stood_on_a_day(office: Office, street: int) -> None:
    then = office.get(
        "/ogc/collections/house_numbers/items", as_of="2021-01-01", street_id=street, f="csv", limit=100
    )
    assert then.status_code == 200, then.text
    assert {row["address"] for row in csv.DictReader(io.StringIO(then.content.decode("utf-8-sig")))} == {
        "12/5 Ấp Bắc",
        "9 Ấp Bắc",
        "7 Ấp Bắc",
    }
