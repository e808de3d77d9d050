"""A day before the data is told as that, with the first day there is: by every way of asking."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from layers.planning.asking.beginning import SQL
from tests.support.problems import problem

EARLY = "1990-01-01"
LOOKUP, STRIP, PLANS = "/api/planning/lookup", "/api/planning/strip", "/api/planning/plans"
WORDS = {"vi": "chưa có dữ liệu", "en": "has no data on"}
#: What else to try, as a person reads it.
TRY = {"vi": "Hãy chọn ngày", "en": "or a later day"}
languages = pytest.mark.parametrize("lang", ["vi", "en"])


@pytest.fixture(scope="module")
def lot(small_city: Logins) -> dict[str, Any]:
    """A parcel by everything it can be asked by, its own day, and the first day on record."""
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute(
            """SELECT id, identifier, sheet_no, parcel_no, unit_code, address, valid_from::text,
                      ST_X(at.place), ST_Y(at.place), ST_AsGeoJSON(ST_Transform(geom, 4326))::json,
                      least((SELECT min(valid_from) FROM layer.parcels),
                            (SELECT min(lower(valid_period)) FROM layer.parcels_history
                             WHERE upper_inf(recorded_period)))::text
               FROM layer.parcels, ST_Transform(ST_PointOnSurface(geom), 4326) AS at (place)
               WHERE identifier IS NOT NULL AND address IS NOT NULL ORDER BY id LIMIT 1"""
        ).fetchone()
    assert row is not None
    names = (
        "id",
        "identifier",
        "sheet",
        "parcel",
        "unit",
        "address",
        "own_day",
        "lon",
        "lat",
        "area",
        "begins",
    )
    return dict(zip(names, row, strict=True))


def _ways(lot: dict[str, Any]) -> dict[str, dict[str, Any]]:
    number = {name: lot[name] for name in ("sheet", "parcel", "unit")}
    return {
        "number": number,
        "identifier": {"identifier": lot["identifier"]},
        "id": {"id": lot["id"]},
        "point": {"point": f"{lot['lon']},{lot['lat']}"},
        "address": {"address": f"12 {lot['address']}"},
        "area": {"area": lot["area"]},
        "several": {"parcels": [number, {"id": lot["id"]}]},
    }


@languages
@pytest.mark.parametrize("way", ["number", "identifier", "id", "point", "address", "area", "several"])
def test_the_day_is_told_and_not_blamed_on_what_was_asked(
    city_client: TestClient, lot: dict[str, Any], way: str, lang: str
) -> None:
    asked = _ways(lot)[way] | {"lang": lang}
    told = problem(city_client.post(LOOKUP, json=asked | {"as_of": EARLY}), 404, "as_of")
    assert WORDS[lang] in told["detail"]
    assert TRY[lang] in told["detail"]
    assert told["begins"] == lot["begins"]
    begins = lot["begins"] if lang == "en" else "/".join(reversed(lot["begins"].split("-")))
    assert begins in told["detail"]
    later = city_client.post(LOOKUP, json=asked | {"as_of": lot["own_day"]})
    # The made-up parcels have no house numbers: of an address it is told that there is no such house.
    assert later.status_code == (404 if way == "address" else 200)
    assert "begins" not in later.json()


@languages
def test_what_is_wrong_on_a_day_with_data_is_still_told(
    city_client: TestClient, lot: dict[str, Any], lang: str
) -> None:
    asked = {"id": 999_999_999, "as_of": lot["begins"], "lang": lang}
    told = problem(city_client.post(LOOKUP, json=asked), 404)
    assert "999999999" in told["detail"]
    assert "begins" not in told


@languages
def test_a_moment_at_which_nothing_was_known_is_told(
    city_client: TestClient, lot: dict[str, Any], lang: str
) -> None:
    asked = {"id": lot["id"], "known_at": "1990-06-01T00:00:00Z", "lang": lang}
    told = problem(city_client.post(LOOKUP, json=asked), 404, "known_at")
    assert {"vi": "01/06/1990", "en": "1990-06-01"}[lang] in told["detail"]
    assert {"vi": "Hãy bỏ known_at", "en": "Leave known_at out"}[lang] in told["detail"]
    assert told["begins"] is None


@languages
@pytest.mark.parametrize("form", ["json", "geojson", "csv"])
def test_along_a_street_too(city_client: TestClient, small_city: Logins, lang: str, form: str) -> None:
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute(
            """SELECT s.id, least((SELECT min(valid_from) FROM layer.parcels),
                             (SELECT min(lower(valid_period)) FROM layer.parcels_history
                              WHERE upper_inf(recorded_period)))::text FROM layer.streets s
               JOIN layer.parcels p ON ST_DWithin(p.geom, s.geom, 5) WHERE s.width_m > 0 LIMIT 1"""
        ).fetchone()
    assert row is not None
    asked = {"street": row[0], "metres": 10, "lang": lang, "f": form}
    told = problem(city_client.get(STRIP, params=asked | {"as_of": EARLY}), 404, "as_of")
    assert WORDS[lang] in told["detail"]
    assert told["begins"] == row[1]
    assert city_client.get(STRIP, params=asked).status_code == 200


@languages
def test_of_plans_the_list_says_so(city_client: TestClient, lang: str) -> None:
    told = city_client.get(PLANS, params={"as_of": "1900-01-01", "lang": lang})
    assert told.status_code == 200
    assert told.json()["plans"] == []
    (notice,) = told.json()["notices"]
    assert WORDS[lang] in notice
    begins = told.json()["begins"]
    now = city_client.get(PLANS, params={"as_of": begins}).json()
    assert now["plans"]
    assert now["notices"] == []
    assert "begins" not in now


def test_it_is_read_from_an_index(small_city: Logins) -> None:
    """Whoever asks so asks in public: a whole city is not read for a refusal."""
    with psycopg.connect(small_city.owner) as connection:
        connection.execute("SET enable_seqscan = off")
        for query in SQL.values():
            plan = connection.execute(f"EXPLAIN {query.text}".encode(), {"known_at": "infinity"})
            assert "Seq Scan" not in str(plan.fetchall())
