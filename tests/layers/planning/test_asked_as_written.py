"""Numbers and identifiers as people write them, and whether an answer rests on made-up data."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from layers.zoning import LAYER as ZONING
from tests.layers.planning.test_small_ground import _box, _parcel, _zone

IDENTIFIER = "w3gdumj11fw2"
Connection = psycopg.Connection[Any]


@pytest.fixture
def owner(database: Logins) -> Any:
    with psycopg.connect(database.owner) as connection:
        yield connection


def _lookup(client: TestClient, **asked: str) -> Any:
    answer = client.get("/api/planning/lookup", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("sheet", "parcel"), [("12", "45"), ("012", "0045"), (" 12 ", "45"), ("TĐ1", "7a"), ("tđ1", "7A")]
)
def test_a_number_is_found_however_it_is_written(
    client: TestClient, owner: Connection, sheet: str, parcel: str
) -> None:
    _parcel(owner, "12", "45", _box(0, 0, 10, 10))
    _parcel(owner, "TĐ1", "7A", _box(10, 0, 20, 10))
    _parcel(owner, "TĐ1", "7a", _box(20, 0, 30, 10))
    owner.commit()
    assert _lookup(client, sheet=sheet, parcel=parcel)["parcels"]


def test_a_number_kept_as_it_was_typed_is_found_too(client: TestClient, owner: Connection) -> None:
    _parcel(owner, "012", "45", _box(0, 0, 10, 10))
    _parcel(owner, "12", "45", _box(10, 0, 20, 10))
    owner.commit()
    assert len(_lookup(client, sheet="012", parcel="45")["parcels"]) == 2
    assert len(_lookup(client, sheet="12", parcel="45")["parcels"]) == 1


def test_an_old_number_of_the_columns_leads_to_the_parcel_and_says_so(
    client: TestClient, owner: Connection
) -> None:
    _parcel(owner, "112", "8", _box(0, 0, 10, 10))
    owner.execute("UPDATE layer.parcels SET old_sheet_no = '3', old_parcel_no = '7'")
    _parcel(owner, "3", "7", _box(10, 0, 20, 10))
    owner.commit()
    answer = _lookup(client, sheet="3", parcel="7")
    assert {(p["sheet_no"], p["parcel_no"]) for p in answer["parcels"]} == {("112", "8"), ("3", "7")}
    assert answer["ambiguous"] is True
    [step] = answer["path"]
    assert (step["kind"], step["on"]) == ("renumbered", None)
    assert (step["from"]["sheet"], step["from"]["parcel"]) == ("3", "7")
    assert (step["to"][0]["sheet"], step["to"][0]["parcel"]) == ("112", "8")
    assert step["basis"].startswith("Số tờ, số thửa cũ")


@pytest.mark.parametrize("written", [IDENTIFIER, "W3GDUMJ11FW2", " w3gd umj1 1fw2 "])
def test_blanks_and_capitals_in_an_identifier_do_not_matter(
    client: TestClient, owner: Connection, written: str
) -> None:
    _parcel(owner, "12", "45", _box(0, 0, 10, 10))
    owner.execute("UPDATE layer.parcels SET identifier = %s", [IDENTIFIER])
    owner.commit()
    assert len(_lookup(client, identifier=written)["parcels"]) == 1


@pytest.mark.parametrize(("language", "word"), [("vi", "không có a, i, l, o"), ("en", "Is 'o' at place 5")])
def test_what_cannot_be_an_identifier_is_said(client: TestClient, language: str, word: str) -> None:
    asked = {"identifier": "w3gdomj11fw2", "lang": language}
    answer = client.get("/api/planning/lookup", params=asked)
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "identifier"
    assert word in answer.json()["detail"]


def _made_up(owner: Connection) -> int:
    row = owner.execute(
        "INSERT INTO core.delivery (layer, source, source_date, file_name, sha256, size_bytes, srid, "
        "received_by, status, counts, synthetic) "
        "VALUES ('zoning', 'demo', '2022-06-30', 'x', sha256('x'), 0, "
        "core.working_srid(), 'demo', 'applied', '{}', true) RETURNING id"
    ).fetchone()
    assert row is not None
    return int(row[0])


def _nothing(_: Connection) -> None:
    return None


@pytest.mark.parametrize(
    ("theme", "delivered", "synthetic"),
    [("land_function", _nothing, False), ("land_function", _made_up, True), ("road_reserve", _made_up, True)],
    ids=["real", "a made-up zone", "made-up coverage alone"],
)
def test_an_answer_that_rests_on_made_up_zones_says_so(
    client: TestClient,
    owner: Connection,
    theme: str,
    delivered: Callable[[Connection], int | None],
    synthetic: bool,
) -> None:
    _parcel(owner, "12", "45", _box(0, 0, 10, 10))
    _parcel(owner, "12", "46", _box(500, 0, 510, 10))
    delivery = delivered(owner)
    east = 0 if theme == "land_function" else 10
    _zone(owner, "A", theme, "QHC", "chung", _box(east, 0, 20, 10), delivery=delivery)
    _zone(owner, "B", "land_function", "QHC", "chung", _box(-10, 0, 10, 10))
    owner.execute(ZONING.sql["after_delivery"].text.encode())
    owner.commit()
    answer = _lookup(client, sheet="12", parcel="45")
    told = {source["layer"]: source["synthetic"] for source in answer["sources"]}
    assert (answer["synthetic"], told) == (synthetic, {"parcels": False, "zoning": synthetic})
