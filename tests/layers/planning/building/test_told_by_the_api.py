"""The look-up tells what may be built, to anybody, in both languages, and on any day it can be asked."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from layers.planning.building.lines import TITLES


@pytest.fixture
def numbers(small_city: Logins) -> dict[str, str]:
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute(
            "SELECT unit_code, sheet_no, parcel_no FROM layer.parcels ORDER BY id LIMIT 1"
        ).fetchone()
    assert row is not None
    return {"unit": row[0], "sheet": row[1], "parcel": row[2]}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_look_up_tells_what_may_be_built(
    city_client: TestClient, numbers: dict[str, str], language: str
) -> None:
    answer = city_client.get("/api/planning/lookup", params={**numbers, "lang": language})
    assert answer.status_code == 200, answer.text
    told: Any = answer.json()
    assert [entry["parcel_id"] for entry in told["building"]] == [parcel["id"] for parcel in told["parcels"]]
    for entry in told["building"]:
        assert {one["code"] for one in entry["lines"]} <= set(TITLES)
        assert {"land_use", "taken", "outline", "footprint_max"} <= {one["code"] for one in entry["lines"]}
        assert entry["verdict"]["tier"] in {"allowed", "not_allowed", "not_enough_data"}
    # The demo city's parcels are of 2018, whatever day it is.
    assert told["verdict"]["tier"] != "allowed"
    assert told["verdict"]["sentence"].endswith(".")
    assert {"building.density.house", "building.setback"} <= {rule["code"] for rule in told["rules"]}
    assert {"parcels", "zoning", "streets"} == {source["layer"] for source in told["sources"]}


def test_nothing_of_the_working_leaks_into_the_answer(
    city_client: TestClient, numbers: dict[str, str]
) -> None:
    told: Any = city_client.get("/api/planning/lookup", params=numbers).json()
    assert all("wkb" not in parcel for parcel in told["parcels"])
    assert all("ground" not in hit for hit in [*told["affected"], *told["slivers"]])
