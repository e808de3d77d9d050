"""Exports over HTTP: asked, made, fetched in pieces, removed; limits, owners and faults."""

import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
import pyogrio
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from etl.exporting.register import MOST_OPEN_OF_ONE
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.problems import problem
from tests.support.staff import Headers

EXPORTS = "/api/exports"


@pytest.fixture(autouse=True)
def swept(small_city: Logins) -> Iterator[psycopg.Connection[Any]]:
    """The owner, who leaves no export behind."""
    with psycopg.connect(small_city.owner, autocommit=True) as connection:
        yield connection
        connection.execute("DELETE FROM core.export")


def made(client: TestClient, headers: Headers | None = None, **asked: Any) -> dict[str, Any]:
    """An export that is done."""
    answer = client.post(EXPORTS, json=asked, headers=headers)
    assert answer.status_code == 202, answer.text
    place = answer.headers["location"]
    assert place.endswith(f"{EXPORTS}/{answer.json()['id']}")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        state: dict[str, Any] = client.get(place, headers=headers).json()
        if state["state"] in ("done", "failed"):
            return state
        time.sleep(0.05)
    raise AssertionError(state)


def test_the_public_asks_watches_and_fetches(city_client: TestClient, swept: Any, tmp_path: Path) -> None:
    state = made(city_client, collection="parcels", format="gpkg", crs="EPSG:9210")
    assert state["state"] == "done"
    assert state["percent"] == 100
    assert state["synthetic"] is True
    answer = city_client.get(state["file"])
    assert answer.headers["content-type"] == "application/geopackage+sqlite3"
    assert answer.headers["content-disposition"] == f'attachment; filename="{state["file_name"]}"'
    assert len(answer.content) == state["size"]
    assert hashlib.sha256(answer.content).hexdigest() == state["sha256"]
    file = tmp_path / "parcels.gpkg"
    file.write_bytes(answer.content)
    _, ids, _, _ = pyogrio.raw.read(file, return_fids=True, read_geometry=False)
    wanted = [row[0] for row in swept.execute("SELECT id FROM layer.parcels ORDER BY id")]
    assert sorted(ids.tolist()) == wanted
    info = pyogrio.read_info(file)
    assert info["crs"] == "EPSG:9210"
    # Of a layer with history the picture has its moment.
    assert info["layer_metadata"]["known_at"]


def test_a_broken_download_goes_on(city_client: TestClient) -> None:
    state = made(city_client, collection="streets", format="fgb")
    whole = city_client.get(state["file"])
    etag = whole.headers["etag"]
    first = city_client.get(state["file"], headers={"Range": "bytes=0-999"})
    rest = city_client.get(state["file"], headers={"Range": "bytes=1000-", "If-Range": etag})
    assert (first.status_code, rest.status_code) == (206, 206)
    assert rest.headers["content-range"] == f"bytes 1000-{state['size'] - 1}/{state['size']}"
    assert first.content + rest.content == whole.content
    last = city_client.get(state["file"], headers={"Range": "bytes=-10"})
    assert last.content == whole.content[-10:]
    # Another file meanwhile: the whole comes.
    other = city_client.get(state["file"], headers={"Range": "bytes=1000-", "If-Range": '"other"'})
    assert (other.status_code, other.content) == (200, whole.content)
    assert city_client.get(state["file"], headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("piece", ["bytes=99999999999-", "bytes=5-2", "bytes=-0"])
def test_a_piece_that_is_not_there(city_client: TestClient, piece: str) -> None:
    state = made(city_client, collection="streets", format="csv")
    answer = city_client.get(state["file"], headers={"Range": piece})
    problem(answer, 416)
    assert answer.headers["content-range"] == f"bytes */{state['size']}"


@pytest.mark.parametrize("piece", ["bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "bytes=", "x" * 3000])
def test_what_is_no_piece_is_passed_over(city_client: TestClient, piece: str) -> None:
    state = made(city_client, collection="streets", format="csv")
    answer = city_client.get(state["file"], headers={"Range": piece})
    assert (answer.status_code, len(answer.content)) == (200, state["size"])


def test_filters_boxes_and_fields_mean_what_they_do_for_items(city_client: TestClient) -> None:
    asked = {"filter": "parcel_no = '1'", "properties": "sheet_no,parcel_no"}
    wanted = city_client.get("/ogc/collections/parcels/items", params={**asked, "limit": 10000}).json()
    lists = {**asked, "properties": ["sheet_no", "parcel_no"], "bbox": [106.2, 10.2, 106.6, 10.6]}
    by_object = {**asked, "filter": {"op": "=", "args": [{"property": "parcel_no"}, "1"]}}
    for question in (asked, lists, by_object):
        state = made(city_client, collection="parcels", format="geojson", **question)
        assert state["state"] == "done", state
        features = json.loads(city_client.get(state["file"]).content)["features"]
        assert [f["id"] for f in features] == [f["id"] for f in wanted["features"]]
        assert features[0]["properties"] == wanted["features"][0]["properties"]
        city_client.delete(f"{EXPORTS}/{state['id']}")


@pytest.mark.parametrize(
    ("asked", "status", "parameter"),
    [
        ({"collection": "parcels"}, 400, "format"),
        ({"format": "gpkg"}, 400, "collection"),
        ({"collection": "parcels", "format": "pdf"}, 400, "format"),
        ({"collection": "parcels", "format": "html"}, 400, "format"),
        ({"collection": "nothing", "format": "csv"}, 404, "collection"),
        ({"collection": "violations", "format": "csv"}, 401, None),
        ({"collection": "parcels", "format": "csv", "bbox": "1,2,3"}, 400, "bbox"),
        ({"collection": "parcels", "format": "csv", "bbox": {"a": 1}}, 400, "bbox"),
        ({"collection": "parcels", "format": "csv", "crs": "EPSG:1"}, 400, "crs"),
        ({"collection": "parcels", "format": "csv", "filter": "owner = 'x'"}, 400, "filter"),
        ({"collection": "parcels", "format": "csv", "filter": "1 ="}, 400, "filter"),
        ({"collection": "parcels", "format": "csv", "properties": "plate"}, 400, "properties"),
        ({"collection": "parcels", "format": "csv", "datetime": "soon"}, 400, "datetime"),
        ({"collection": "streets", "format": "csv", "as_of": "2020-01-01"}, 400, "as_of"),
        ({"collection": "parcels", "format": "csv", "limit": 5}, 400, "limit"),
    ],
)
def test_a_bad_question_is_refused_at_once(
    city_client: TestClient, asked: dict[str, Any], status: int, parameter: str | None
) -> None:
    problem(city_client.post(EXPORTS, json=asked), status, parameter)


def test_one_address_has_few_at_a_time(city_client: TestClient, swept: Any) -> None:
    swept.execute(
        "INSERT INTO core.export (id, role, actor, place, collection, format, asked, expires_at) "
        "SELECT rpad('waiting' || n, 32, 'x'), 'public', 'anonymous', 'testclient', 'parcels', 'csv', '{}', "
        "now() + interval '1 day' FROM generate_series(1, %s) n",
        [MOST_OPEN_OF_ONE],
    )
    answer = city_client.post(EXPORTS, json={"collection": "streets", "format": "csv"})
    problem(answer, 429)
    assert int(answer.headers["retry-after"]) > 0
    swept.execute("UPDATE core.export SET place = '192.0.2.1'")
    assert city_client.post(EXPORTS, json={"collection": "streets", "format": "csv"}).status_code == 202


def test_what_an_account_asked_for_is_its_own(
    city_client: TestClient, staff: Mapping[Role, Headers], swept: Any
) -> None:
    before = _entries(swept)
    state = made(city_client, staff[Role.ENFORCEMENT], collection="violations", format="csv")
    assert state["state"] == "done", state
    place = f"{EXPORTS}/{state['id']}"
    for headers in (staff[Role.PUBLIC], staff[Role.ADMIN], staff[Role.AUDITOR]):
        problem(city_client.get(place, headers=headers), 404)
        problem(city_client.get(f"{place}/file", headers=headers), 404)
        problem(city_client.delete(place, headers=headers), 404)
    table = city_client.get(f"{place}/file", headers=staff[Role.ENFORCEMENT])
    assert ",plate," in table.text.splitlines()[0]
    assert "no-store" in table.headers["cache-control"] or "private" in table.headers["cache-control"]
    assert _entries(swept) - before == {"personal-data.export": 1, "personal-data.read": 1}


@pytest.mark.parametrize(
    ("asked", "noted"),
    [
        ({"properties": "code"}, 0),
        ({"properties": "code", "filter": "plate LIKE '63%'"}, 1),
        ({"properties": "code", "filter": {"op": "isNull", "args": [{"property": "reporter_name"}]}}, 1),
        ({"properties": "code,plate"}, 1),
    ],
)
def test_who_asks_of_a_person_is_noted_though_the_file_shows_nobody(
    city_client: TestClient, staff: Mapping[Role, Headers], swept: Any, asked: dict[str, Any], noted: int
) -> None:
    before = _entries(swept)
    body = {"collection": "violations", "format": "csv", **asked}
    answer = city_client.post(EXPORTS, json=body, headers=staff[Role.ENFORCEMENT])
    assert answer.status_code == 202, answer.text
    assert (_entries(swept) - before)["personal-data.export"] == noted
    assert "63%" not in str(swept.execute("SELECT detail FROM core.audit_entry").fetchall())


def _entries(owner: Any) -> Counter[str]:
    rows = owner.execute("SELECT action FROM core.audit_entry WHERE subject LIKE 'violations%'")
    return Counter(row[0] for row in rows)


def test_what_is_removed_or_expired_is_not_there(
    city_client: TestClient, swept: Any, base_settings: Settings
) -> None:
    removed = made(city_client, collection="streets", format="csv")
    expired = made(city_client, collection="streets", format="csv")
    assert city_client.delete(f"{EXPORTS}/{removed['id']}").status_code == 204
    swept.execute("UPDATE core.export SET expires_at = now() WHERE id = %s", [expired["id"]])
    for state in (removed, expired):
        problem(city_client.get(f"{EXPORTS}/{state['id']}"), 404, "export_id")
        problem(city_client.get(state["file"]), 404, "export_id")
        problem(city_client.delete(f"{EXPORTS}/{state['id']}"), 404, "export_id")
    assert not (base_settings.data_dir / "exports" / removed["id"]).exists()


def test_a_file_that_is_not_made_yet(city_client: TestClient, swept: Any) -> None:
    swept.execute(
        "INSERT INTO core.export "
        "(id, role, actor, place, collection, format, asked, state, reason, expires_at) "
        "VALUES (repeat('f', 32), 'public', 'anonymous', 'x', 'parcels', 'csv', '{}', 'failed', 'too_slow', "
        "now() + interval '1 day')"
    )
    place = f"{EXPORTS}/{'f' * 32}"
    problem(city_client.get(f"{place}/file"), 409)
    told = city_client.get(place).json()
    assert told["state"] == "failed"
    assert "vùng nhỏ hơn" in told["reason"]


@pytest.mark.parametrize("name", ["x", "../../secret.key", "%00", "a" * 500, "Ấp"])
def test_ids_of_anybodys_making(city_client: TestClient, name: str) -> None:
    for path in (f"{EXPORTS}/{name}", f"{EXPORTS}/{name}/file"):
        assert city_client.get(path).status_code in (400, 404)


def test_a_server_without_workers_says_so(small_city: Logins, base_settings: Settings) -> None:
    app = create_app(base_settings.model_copy(update={"run_jobs": False}), small_city)
    with TestClient(app, raise_server_exceptions=False) as client:
        problem(client.post(EXPORTS, json={"collection": "streets", "format": "csv"}), 503)
